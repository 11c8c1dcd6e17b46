"""The pay of village secretaries: points, what goes back to the village, what somebody gets after leaving."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.refusals import Refused
from members.tests import factories as members
from organisations.tests import factories as people
from pairing.states import PairingState
from pairing.tests import factories as pairs
from pairing.tests.factories import CHINA
from reports.actions.pay import enter_leaving, enter_pay
from reports.models import LeavingAllowance, SecretaryPay

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=CHINA)


class Place:
    """A county whose round goes by the Suifenhe scheme, with so many villages and their secretaries."""

    def __init__(self, villages: int = 1, scheme: str = "suifenhe"):
        self.county = people.county("绥芬河市")
        township = people.township(self.county, "阜宁镇")
        self.villages = [people.village(township, f"建设{number}村") for number in range(villages)]
        self.round = pairs.round(self.county, scheme=scheme)
        unit = people.unit(self.county, "市商务局")
        for village in self.villages:
            pairs.pairing(self.round, unit, village, state=PairingState.SIGNED)
        self.village = self.villages[0]
        self.secretary = members.member(self.village, "王建国")
        self.organiser = people.user("organiser", self.county)

    def pay(self, village=None, member=None, **values) -> SecretaryPay:
        village = village or self.village
        given = {
            "base": Decimal(28000), "base_source": "市财政局文件", "score": Decimal(200), "score_source": "年终考核表",
            "earned": Decimal(0), "earned_source": "", "insurance": Decimal(0), "year": 2026,
        } | values  # fmt: skip
        return enter_pay(
            by=self.organiser, round=self.round, village=village, member=member or self.secretary, at=NOON, **given
        )

    def leaving(self, member, **values) -> LeavingAllowance:
        given = {
            "left_on": date(2025, 3, 1), "years_in_a_row": 4, "years_in_all": 4, "one_off": Decimal(0),
            "one_off_source": "", "year": 2026,
        } | values  # fmt: skip
        return enter_leaving(by=self.organiser, round=self.round, village=self.village, member=member, at=NOON, **given)


@pytest.mark.clause("SF-15")
@pytest.mark.parametrize(
    ("score", "by_points"), [("200", 0), ("201", 50), ("210.5", 525), ("199", -50), ("180", -1000), ("0", -10000)]
)
def test_each_point_above_the_base_score_adds_fifty_yuan_and_each_below_takes_them_off(score, by_points):
    paid = Place().pay(score=Decimal(score))
    assert (paid.by_points, paid.pay) == (by_points, 28000 + by_points)


@pytest.mark.clause("SF-16")
def test_a_tenth_of_what_the_village_earned_goes_back_to_the_village_and_is_no_pay():
    paid = Place().pay(earned=Decimal("123456.78"), earned_source="村账")
    assert (paid.bonus, paid.pay) == (Decimal("12345.68"), 28000)


@pytest.mark.clause("SF-20")
@pytest.mark.parametrize(
    ("in_a_row", "in_all", "regular", "amount"),
    [(9, 9, False, 5000), (9, 14, False, 5000), (10, 10, True, 8400), (22, 25, True, 8400)],
)
def test_ten_years_in_a_row_give_a_share_of_the_present_base_fewer_a_single_sum(in_a_row, in_all, regular, amount):
    place = Place()
    place.pay()
    given = {"one_off": Decimal(5000), "one_off_source": "市委组织部决定"}
    left = place.leaving(members.member(place.village), years_in_a_row=in_a_row, years_in_all=in_all, **given)
    assert (left.is_regular, left.amount) == (regular, amount)


@pytest.mark.clause("SF-20")
def test_the_regular_allowance_follows_the_base_of_the_present_secretary():
    place = Place()
    place.pay()
    left = place.leaving(members.member(place.village), years_in_a_row=12, years_in_all=12)
    place.pay(base=Decimal(30000))
    assert people.reread(left).amount == 9000


def test_what_is_missing_is_refused_and_nothing_is_kept():
    place = Place()
    stranger = members.member(people.village(people.township(people.county("外县"))))
    former = members.member(place.village)
    refused = (
        lambda: place.pay(score_source=" "),
        lambda: place.pay(member=stranger),
        lambda: place.pay(year=2027),
        lambda: place.leaving(former, years_in_a_row=12, years_in_all=12),
        lambda: place.leaving(former),
        lambda: place.leaving(former, years_in_a_row=5, years_in_all=4, one_off=Decimal(1), one_off_source="决定"),
    )
    for attempt in refused:
        with pytest.raises(Refused):
            attempt()
    place.organiser = people.user("village_secretary", place.village)
    with pytest.raises(Refused):
        place.pay()
    assert not SecretaryPay.objects.exists()
    assert not LeavingAllowance.objects.exists()


def test_a_scheme_that_says_nothing_of_pay_has_none():
    with pytest.raises(Refused):
        Place(scheme="shanghai").pay()
    assert not SecretaryPay.objects.exists()


def test_a_secretary_reads_their_own_pay_and_nobody_elses(client):
    place = Place(2)
    user = people.user("village_secretary", place.village)
    place.secretary.user = user
    place.secretary.save()
    mine = place.pay()
    other = place.pay(place.villages[1], members.member(place.villages[1]))
    client.force_login(user)
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("secretary_pays")).context["table"].data.data) == [mine]


def test_the_organiser_enters_it_in_the_form_and_the_sheet_shows_how_it_is_reckoned(client):
    place = Place()
    client.force_login(place.organiser)
    assert "建设0村" in client.get(reverse("secretary_pays")).content.decode()
    address = reverse("enter_pay", args=[place.round.pk, 2026, place.village.pk])
    given = {
        "member": place.secretary.pk, "base": "28000", "base_source": "文件", "score": "210", "score_source": "考核表",
        "earned": "50000", "earned_source": "村账", "insurance": "4428.57",
    }  # fmt: skip
    page = client.post(address, given, follow=True).content.decode()
    assert "¥28,500.00" in page
    assert "¥5,000.00" in page
    assert "（210.00 − 200.00）" in page
    assert client.get(address).status_code == 200
    assert client.post(address, given | {"base": ""}).context["form"].errors.keys() == {"base"}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_many_statements_for_three_as_for_one(client, number):
    place = Place(number)
    for village in place.villages:
        place.pay(village, members.member(village))
    client.force_login(place.organiser)
    client.get(reverse("secretary_pays"))
    with CaptureQueriesContext(connection) as found:
        page = client.get(reverse("secretary_pays"))
    assert page.context["found"] == number
    assert len(found) == 11


def test_the_workbook_holds_the_numbers(client):
    place = Place()
    place.pay(score=Decimal(203))
    client.force_login(place.organiser)
    answer = client.get(reverse("secretary_pays"), {"export": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    header, row = book.get_sheet_by_index(0).to_python()
    assert dict(zip(header, row, strict=True))["全年报酬"] == 28150


def test_the_figures_above_the_list_are_of_the_newest_year_alone_or_of_the_year_asked_for(client):
    place = Place()
    place.pay(year=2025, base=Decimal(20000))
    place.pay(year=2026, base=Decimal(30000))
    client.force_login(place.organiser)
    figures = client.get(reverse("secretary_pays")).context["figures"]
    assert (figures["year"], figures["number"], figures["mean"]) == (2026, 1, 30000)
    figures = client.get(reverse("secretary_pays"), {"year": 2025}).context["figures"]
    assert (figures["year"], figures["number"], figures["mean"]) == (2025, 1, 20000)
