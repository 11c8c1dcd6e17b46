"""The village tells the unit what its money did, with a receipt; the unit sees where each gift is and is named or not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse

from core.refusals import Refused
from funds.actions import feedback as acts
from funds.models import Entry, Feedback, NameConsent
from funds.querysets.feedback import gifts_of, with_whereabouts
from funds.tests.disclosing import JULY, SPRING, place, published
from funds.tests.playing import Place, entered
from office.models import Message

assert place
pytestmark = pytest.mark.django_db
DAYS = {"starts_on": SPRING, "ends_on": JULY.date()}


def sent(place: Place, **changes) -> Feedback:
    values = {"pairing": place.pairing, "words": "苗木成活九成。", "at": JULY} | DAYS
    return acts.send_feedback(by=place.village_secretary, **(values | changes))


@pytest.mark.clause("SH-54")
def test_the_village_tells_and_the_unit_confirms_that_it_read_it(place, client):
    feedback = sent(place)
    assert (feedback.received, feedback.spent, feedback.cash) == (20_000, 3_000, 17_000)
    assert feedback.head == place.fund.head
    client.force_login(place.secretary)
    page = client.get(feedback.get_absolute_url()).content.decode()
    assert "苗木成活九成。" in page
    assert "¥3,000.00" in page
    feedback.refresh_from_db()
    assert feedback.read_at is None  # looking alone is no receipt
    client.post(feedback.get_absolute_url())
    feedback.refresh_from_db()
    assert feedback.read_by == place.secretary
    assert not Message.objects.filter(key=f"feedback:{feedback.pk}:sent").open().exists()


@pytest.mark.clause("SH-54")
def test_the_unit_asks_and_the_answer_meets_it_within_the_days_of_the_rules(place):
    asked = acts.ask_for_feedback(by=place.secretary, pairing=place.pairing, at=JULY, **DAYS)
    assert asked.due_on == JULY.date() + timedelta(days=15)
    with pytest.raises(Refused):
        acts.ask_for_feedback(by=place.secretary, pairing=place.pairing, at=JULY, **DAYS)
    assert sent(place).pk == asked.pk
    assert Feedback.objects.count() == 1


def test_nobody_speaks_for_the_other_side_and_what_was_sent_stays(place, client):
    for who in (place.secretary, place.stranger, place.organiser):
        with pytest.raises(Refused):
            acts.send_feedback(by=who, pairing=place.pairing, words="好", at=JULY, **DAYS)
    with pytest.raises(Refused):
        acts.ask_for_feedback(by=place.village_secretary, pairing=place.pairing, at=JULY, **DAYS)
    assert not Feedback.objects.exists()
    feedback = sent(place)
    with pytest.raises(Refused):
        acts.note_read(by=place.village_secretary, feedback=feedback, at=JULY)
    with pytest.raises(Error), transaction.atomic():
        Feedback.objects.update(words="别的")
    client.force_login(place.stranger)
    assert client.get(feedback.get_absolute_url()).status_code == 404
    assert client.get(reverse("write_feedback", args=[place.pairing.pk])).status_code == 404


def test_what_came_first_is_spent_first(place):
    entered(place, "receipt", "5000.00", at=JULY, on=JULY.date())
    entered(place, "spending", "18000.00", at=JULY, on=JULY.date())
    gifts = with_whereabouts(gifts_of(place.secretary)).order_by("number")
    assert [(gift.used, gift.left) for gift in gifts] == [
        (Decimal("20000.00"), Decimal("0.00")), (Decimal("1000.00"), Decimal("4000.00")),
    ]  # fmt: skip
    published(place)
    assert [gift.is_published for gift in gifts.all()] == [True, False]


def test_the_statement_of_a_year_is_the_workbook_of_the_list(place, client):
    client.force_login(place.secretary)
    address = reverse("gifts") + "?year=2026"
    assert "¥17,000.00" in client.get(address).content.decode()
    assert client.get(address + "&export=xlsx").status_code == 200
    client.force_login(place.village_secretary)
    assert client.get(address).status_code == 404


def test_a_giver_says_for_each_gift_whether_the_name_is_shown_and_takes_it_back(place, client):
    published(place)
    gift, page = Entry.objects.get(kind="receipt"), reverse("open_village_csv", args=[place.village.pk])
    client.force_login(place.village_secretary)
    assert client.post(reverse("gift_name", args=[gift.pk]), {"shown": "yes"}).status_code == 404
    assert not NameConsent.objects.exists()
    client.force_login(place.secretary)
    for shown in ("yes", "no"):
        client.post(reverse("gift_name", args=[gift.pk]), {"shown": shown})
        assert (place.unit.name in client.get(page).content.decode()) == (shown == "yes")
