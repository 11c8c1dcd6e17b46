"""County and township see what is in the funds and what is not published; they remind, note checks, approve nothing."""

import uuid
from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from funds.actions import feedback, objections, supervising
from funds.models import MoneyCheck
from funds.querysets.supervision import supervised, with_figures
from funds.tests.disclosing import JULY, MAY, SPRING, place, published
from funds.tests.playing import Place, entered
from office.models import Message
from organisations.tests import factories as people
from pairing.tests import factories as pairings

assert place
pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(place: Place):
    return people.user("township_supervisor", place.township)


@pytest.mark.clause("SH-52")
def test_county_and_township_see_balances_overdue_feedback_and_unpublished_money(place, supervisor, client):
    feedback.ask_for_feedback(
        by=place.secretary,
        pairing=place.pairing,
        starts_on=SPRING,
        ends_on=SPRING,
        at=timezone.now() - timedelta(days=90),
    )
    other = people.user("township_supervisor", people.township(place.county, "青山县远山乡"))
    for who in (supervisor, place.organiser):
        client.force_login(who)
        (row,) = client.get(reverse("money_watch")).context["table"].rows
        shown = [
            row.get_cell_value(name) for name in ("cash", "received", "unpublished", "unpublished_amount", "untold")
        ]
        assert shown == [17_000, 20_000, 2, 23_000, 1]
        page = client.get(reverse("money_watch"), {"only": "untold"}).content.decode()
        assert place.village.name in page
        page = client.get(reverse("money_checks", args=[place.village.pk])).content.decode()
        assert "逾期未反馈" in page
    client.force_login(other)
    assert list(client.get(reverse("money_watch")).context["table"].rows) == []
    for who in (place.village_secretary, place.secretary, place.stranger):
        client.force_login(who)
        assert client.get(reverse("money_watch")).status_code == 404
    feedback.send_feedback(
        by=place.village_secretary,
        pairing=place.pairing,
        starts_on=SPRING,
        ends_on=SPRING,
        words="路通了",
        at=timezone.now(),
    )
    assert with_figures(supervised(supervisor), timezone.localdate()).get().untold == 0


def test_balances_what_is_not_published_and_what_nobody_confirmed(place, supervisor, client):
    entered(place, "sent", "500.00", at=MAY, on=SPRING)
    long_ago = timezone.now() - timedelta(days=40)
    asked = {"kind": "question", "words": "多少钱？", "key": uuid.uuid4(), "at": long_ago}
    objections.raise_objection(by=None, village=place.village, **asked)
    row = with_figures(supervised(supervisor), timezone.localdate()).get()
    assert (row.cash, row.received, row.unpublished, row.unpublished_amount) == (17_000, 20_000, 2, 23_000)
    assert (row.late, row.unmatched, row.objected) == (2, 1, 1)
    client.force_login(supervisor)
    page = client.get(reverse("money_watch")).content.decode()
    assert "¥17,000.00" in page
    published(place)
    row = with_figures(supervised(supervisor), timezone.localdate()).get()
    assert (row.unpublished, row.late, row.late_since) == (0, 0, None)


@pytest.mark.clause("SH-52")
def test_a_check_is_noted_and_never_changed(place, supervisor, client):
    client.force_login(supervisor)
    address = reverse("money_checks", args=[place.village.pk])
    assert client.post(address, {"words": "查看凭证12份，相符。"}).status_code == 302
    assert "查看凭证12份，相符。" in client.get(address).content.decode()
    with pytest.raises(Error), transaction.atomic():
        MoneyCheck.objects.update(words="别的")
    for who in (place.village_secretary, place.secretary, place.stranger):
        client.force_login(who)
        assert client.post(address, {"words": "好"}).status_code == 404
        with pytest.raises(Refused):
            supervising.note_check(by=who, village=place.village, words="好", at=timezone.now())
    assert MoneyCheck.objects.count() == 1


def test_an_auditor_reads_the_supervision_and_what_was_asked_and_acts_on_nothing(place, supervisor, client):
    auditor = people.user("auditor", place.county)
    supervising.note_check(by=supervisor, village=place.village, words="查看凭证12份，相符。", at=timezone.now())
    asked = {"kind": "question", "words": "修路花了多少？", "contact": "0857-4222333", "key": uuid.uuid4()}
    made = objections.raise_objection(by=None, village=place.village, at=timezone.now(), **asked)
    client.force_login(auditor)
    village = reverse("money_checks", args=[place.village.pk])
    for address, words in (
        (reverse("money_watch"), "¥17,000.00"), (reverse("money_figures"), place.village.name),
        (village, "查看凭证12份，相符。"), (reverse("objections"), "修路花了多少"), (made.get_absolute_url(), "修路花了多少"),
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert words in page, address
        for part in ("<textarea", "0857-4222333", reverse("remind_of_disclosure")):
            assert part not in page, (address, part)
    told = Message.objects.count()
    for address in (village, reverse("remind_of_disclosure")):
        assert client.post(address, {"words": "好"}).status_code == 404
    client.post(made.get_absolute_url(), {"words": "好"})
    for verb, given in (
        (supervising.note_check, {"village": place.village, "words": "好"}),
        (supervising.remind_late, {}), (objections.answer_objection, {"objection": made, "words": "好"}),
    ):  # fmt: skip
        with pytest.raises(Refused), transaction.atomic():
            verb(by=auditor, at=timezone.now(), **given)
    made.refresh_from_db()
    assert (MoneyCheck.objects.count(), made.answer, Message.objects.count()) == (1, "", told)
    client.force_login(supervisor)
    assert "0857-4222333" in client.get(made.get_absolute_url()).content.decode()
    client.force_login(people.user("auditor", people.county("白水县")))
    assert client.get(village).status_code == 404
    assert client.get(made.get_absolute_url()).status_code == 404


def test_villages_that_are_late_are_reminded_once_a_day(place, supervisor):
    at = JULY + timedelta(days=30)
    assert supervising.remind_late(by=supervisor, at=at) == 1
    with pytest.raises(Refused):
        supervising.remind_late(by=place.organiser, at=at)
    assert supervising.remind_late(by=supervisor, at=at + timedelta(days=1)) == 1
    assert Message.objects.filter(organisation=place.village, key__startswith="disclosure:remind").count() == 2
    published(place)
    with pytest.raises(Refused):
        supervising.remind_late(by=supervisor, at=at + timedelta(days=2))


def test_the_list_asks_the_same_number_of_statements(place, client, django_assert_max_num_queries):
    client.force_login(place.organiser)
    client.get(reverse("money_watch"))
    with django_assert_max_num_queries(12):
        client.get(reverse("money_watch"))
    for number in range(2):
        village = people.village(place.township, f"远村{number}")
        pairing = pairings.pairing(place.pairing.round, place.unit, village, state="signed")
        secretary = people.user("village_secretary", village)
        entered(place, "receipt", "10.00", into=pairing, by=secretary)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("money_watch")).content.decode()
    assert page.count("¥10.00") >= 2
