"""Figures of aid money by year and quarter: each with what it is of, of the villages that one supervises alone."""

from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from funds import figures
from funds.actions import objections
from funds.querysets.supervision import supervised
from funds.tests.disclosing import JULY, place, published
from funds.tests.playing import entered
from funds.tests.test_open_round import more_villages
from organisations.models import Organisation
from pairing.tests.factories import CHINA

assert place
pytestmark = pytest.mark.django_db
ADDRESS = reverse("money_figures")
TODAY = date(2026, 11, 20)
QUARTERS = {one.key: one for one in figures.periods(TODAY)}


def counted(place, key: str) -> figures.Figures:
    villages = supervised(place.organiser)
    return figures.figures(Organisation.objects.villages(), villages.count(), QUARTERS[key], TODAY)


def test_money_by_source_and_use_and_publication_with_denominators(place):
    published(place)
    entered(place, "goods", at=JULY, on=JULY.date())
    entered(place, "investment", "300000.00", at=JULY, on=JULY.date())
    entered(place, "spending", "777.00", at=JULY, on=JULY.date())
    spring, summer, year = (counted(place, key) for key in ("2026Q2", "2026Q3", "2026"))
    assert [(one.promised, one.received, one.spent) for one in spring.sources] == [
        (50000, 20000, 3000), (None, 0, 0), (None, 0, None), (None, 0, None)
    ]  # fmt: skip
    assert [(one.received, one.left) for one in summer.sources] == [(0, -777), (8000, 8000), (0, None), (300000, None)]
    assert spring.told == {"due": 2, "published": 2, "late": 0}
    assert summer.told == {"due": 2, "published": 0, "late": 2}  # since 15 October
    assert year.told == {"due": 4, "published": 2, "late": 2}
    assert [of for _use, of in year.uses] == [3777]
    assert (year.with_money, year.villages) == (1, Organisation.objects.villages().count())


def test_replies_count_as_in_time_by_the_day_of_the_rules(place):
    for number, day in enumerate((10, 31)):
        asked = objections.raise_objection(
            by=None, village=place.village, kind="question", words="路修到哪里了？", at=JULY,
            key=f"00000000-0000-4000-8000-00000000000{number}",
        )  # fmt: skip
        at = datetime(2026, 7, day, 9, 0, tzinfo=CHINA)
        objections.answer_objection(by=place.village_secretary, objection=asked, words="修到三组。", at=at)
    assert counted(place, "2026Q3").asked == {"of": 2, "in_time": 1}


def test_the_page_is_for_those_who_supervise(place, client):
    client.force_login(place.organiser)
    page = client.get(ADDRESS, {"period": "2026Q2"}).content.decode()
    for part in ("¥20,000.00", "¥3,000.00", place.village.name, "2026年第2季度"):
        assert part in page, part
    assert client.get(ADDRESS, {"period": "nonsense"}).status_code == 200
    for who in (place.secretary, place.village_secretary):
        client.force_login(who)
        assert client.get(ADDRESS).status_code == 404


def test_the_same_number_of_statements_for_one_village_and_for_three(place, client, django_assert_num_queries):
    client.force_login(place.organiser)
    client.get(ADDRESS)
    cache.clear()
    with django_assert_num_queries(16):
        client.get(ADDRESS, {"period": "2026Q3"})
    more_villages(place, 2)
    cache.clear()
    with django_assert_num_queries(16):
        page = client.get(ADDRESS, {"period": "2026Q3"}).content.decode()
    assert page.count("¥100.00") == 2
