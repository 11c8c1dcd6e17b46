"""Contests: three comparisons of the scheme, each with its outcome; selection and support (YD-03)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from members.tests import factories as members
from office.models import Message
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.tests.factories import as_written
from reports.actions import contests as acts
from reports.figures.measures import named
from reports.models import Contest, ContestEntry, ContestSupport
from reports.praise.states import ContestState
from reports.tests.factories import reported
from reports.tests.inspecting import AT, Place, place
from visits.models import Activity

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 1, 1), date(2026, 8, 31)
CODES = ("industry_service", "big_growers", "farmer_links")


def opened(here: Place, **changes) -> Contest:
    fields: dict[str, Any] = {
        "title": "三比三看", "among": "village", "since": SINCE, "until": UNTIL, "due_on": date(2026, 9, 30)
    }  # fmt: skip
    plan = acts.Plan(**(fields | changes))
    return acts.open_contest(by=here.organiser, organisation=here.root, round=here.round, plan=plan, at=AT)


def secretary(here: Place, number: int = 0) -> User:
    return people.user("village_secretary", here.villages[number])


def handed_in(here: Place, contest: Contest, number: int = 0) -> ContestEntry:
    written = dict.fromkeys(CODES, ("办了三期培训", "亩均增收八百元"))
    village = here.villages[number]
    return acts.hand_in_sheet(by=secretary(here, number), contest=contest, organisation=village, written=written, at=AT)


def served(here: Place, state: str, on: date) -> None:
    done = {"answered_at": AT, "answered_by": here.organiser} if state == "confirmed" else {}
    Activity.objects.create(
        pairing=here.pairings[0], unit=here.units[0], side="unit", nature="other", kind="industry_service",
        name="比产业服务、看增收效益", on=on, state=state, entered_at=AT, entered_by=here.organiser, **done,
    )  # fmt: skip


def test_the_scheme_names_three_comparisons_with_their_outcomes_and_figures_that_exist():
    rules = as_written("yudu")[1].contest
    assert [(each.name, each.outcome) for each in rules.comparisons] == [
        ("产业服务", "增收效益"), ("大户培植", "龙头发展"), ("联农带户", "辐射能力"),
    ]  # fmt: skip
    assert {each.clause for each in rules.comparisons} == {"YD-03"}
    assert all(named(figure) for each in rules.comparisons for figure in each.figures)
    kinds = {kind.key for kind in as_written("yudu")[1].activity_kinds}
    assert {each.key for each in rules.comparisons} <= kinds
    assert as_written("town")[1].contest.comparisons == []


SHEET = {f"{part}_{code}": f"{code} {part}" for code in CODES for part in ("done", "outcome")}


@pytest.mark.clause("YD-03")
def test_a_village_writes_of_each_comparison_what_it_did_and_what_came_of_it_beside_the_figures(client):
    here = place("yudu")
    village, author = here.villages[0], secretary(here)
    for state, on in (
        ("confirmed", date(2026, 5, 1)),
        ("submitted", date(2026, 6, 1)),
        ("confirmed", date(2025, 6, 1)),
    ):
        served(here, state, on)
    reported(author, "extra_income", village, "26万元", since=SINCE, until=date(2026, 6, 30), round=here.round)
    client.force_login(here.organiser)
    days = {"since": SINCE, "until": UNTIL, "due_on": "2026-09-30"}
    client.post(reverse("new_contest"), days | {"round": here.round.pk, "title": "三比三看", "among": "village"})
    contest = Contest.objects.get()
    assert [each.words for each in contest.comparisons] == [
        "比产业服务、看增收效益", "比大户培植、看龙头发展", "比联农带户、看辐射能力",
    ]  # fmt: skip
    assert Message.objects.filter(key=f"contest:{contest.pk}:open").count() == 6

    client.force_login(author)
    address = reverse("contest_sheet", args=[contest.pk, village.pk])
    beside = client.get(address).context["rows"][0][1]
    assert [(figure["name"], figure["words"]) for figure in beside] == [
        ("比产业服务、看增收效益", "1 / 2"), ("农民增收", "26万元（年度总结）"),
    ]  # fmt: skip
    missing = client.post(address, SHEET | {"outcome_big_growers": ""})
    assert list(missing.context["form"].errors) == ["outcome_big_growers"]
    assert not ContestEntry.objects.exists()
    client.post(address, SHEET)
    lines = ContestEntry.objects.get().lines.all()
    assert [(line.item, line.done, line.outcome) for line in lines] == [
        (code, f"{code} done", f"{code} outcome") for code in CODES
    ]
    assert [figure["words"] for figure in lines[0].figures] == ["1 / 2", "26万元（年度总结）"]


@pytest.mark.clause("YD-03")
def test_the_organiser_selects_with_a_reason_tells_the_result_and_notes_policy_funds_and_training(client):
    here = place("yudu")
    contest = opened(here)
    entry = handed_in(here, contest)
    client.force_login(here.organiser)
    client.post(reverse("contest_step", args=[contest.pk, "close"]))
    assert people.reread(contest).state == ContestState.OPEN  # nobody is selected yet
    client.post(reverse("select_entry", args=[entry.pk]), {"why": "增收最多"})
    client.post(reverse("contest_step", args=[contest.pk, "close"]))
    assert people.reread(contest).state == ContestState.CLOSED
    wrong = {"kind": "policy", "words": "优先立项", "amount": "100", "on": timezone.localdate().isoformat()}
    answer = client.post(reverse("support_entry", args=[entry.pk]), wrong)
    assert list(answer.context["form"].errors) == ["amount"]
    for kind, amount in (("policy", ""), ("funds", "50000"), ("training", "")):
        support = {"kind": kind, "words": f"支持{kind}", "amount": amount, "on": timezone.localdate().isoformat()}
        client.post(reverse("support_entry", args=[entry.pk]), support)
    assert set(entry.supports.values_list("kind", "amount")) == {
        ("policy", None), ("funds", Decimal(50000)), ("training", None),
    }  # fmt: skip
    client.force_login(secretary(here, 5))
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "增收最多" in page
    assert "支持training" in page


def test_townships_compete_through_whoever_reports_for_them():
    here = place("yudu")
    contest = opened(here, among="township")
    township = people.user("township_supervisor", Organisation.objects.get(name="东镇"))
    place_of = township.appointments.get().organisation
    written = dict.fromkeys(CODES, ("做", "成"))
    with pytest.raises(Refused):
        acts.hand_in_sheet(by=secretary(here), contest=contest, organisation=place_of, written=written, at=AT)
    entry = acts.hand_in_sheet(by=township, contest=contest, organisation=place_of, written=written, at=AT)
    assert entry.organisation == place_of
    with pytest.raises(Refused):  # another village does not compete among townships
        acts.hand_in_sheet(by=secretary(here), contest=contest, organisation=here.villages[0], written=written, at=AT)


def test_a_scheme_without_comparisons_holds_no_contest():
    here = place("town")
    with pytest.raises(Refused):
        opened(here)
    assert not Contest.objects.exists()


def test_a_sheet_written_anew_is_to_be_selected_again_and_stays_once_the_result_is_told():
    here = place("yudu")
    contest = opened(here)
    entry = handed_in(here, contest)
    acts.select_entry(by=here.organiser, entry=entry, why="好")
    entry = handed_in(here, contest)
    assert (people.reread(entry).is_selected, ContestEntry.objects.count(), entry.lines.count()) == (False, 1, 3)
    acts.select_entry(by=here.organiser, entry=entry, why="好")
    acts.close_contest(by=here.organiser, contest=contest, at=AT)
    with pytest.raises(Refused):
        handed_in(here, contest)
    with pytest.raises(InternalError), transaction.atomic():
        entry.lines.update(outcome="改过")
    with pytest.raises(InternalError), transaction.atomic():
        ContestEntry.objects.filter(pk=entry.pk).update(why="改过")
    assert people.reread(entry).why == "好"


def test_names_of_the_roster_are_refused_at_their_box(client):
    here = place("yudu")
    members.household(here.villages[0], "王大爷")
    contest = opened(here)
    client.force_login(secretary(here))
    sheet = {f"{part}_{code}": "好" for code in CODES for part in ("done", "outcome")}
    answer = client.post(
        reverse("contest_sheet", args=[contest.pk, here.villages[0].pk]), sheet | {"done_farmer_links": "带动王大爷"}
    )
    assert list(answer.context["form"].errors) == ["done_farmer_links"]
    assert not ContestEntry.objects.exists()


def test_others_read_no_sheet_before_the_result_and_decide_nothing(client):
    here = place("yudu")
    contest = opened(here)
    first, second = handed_in(here, contest), handed_in(here, contest, 1)
    neighbour, stranger = secretary(here, 5), people.user("organiser", people.county("白水县"))
    for user in (neighbour, stranger):
        client.force_login(user)
        assert client.get(first.get_absolute_url()).status_code == 404
        assert client.post(reverse("select_entry", args=[first.pk]), {"why": "x"}).status_code == 404
        assert client.post(reverse("contest_step", args=[contest.pk, "close"])).status_code == 404
        assert client.get(reverse("contest_sheet", args=[contest.pk, here.villages[0].pk])).status_code == 404
    assert people.reread(contest).state == ContestState.OPEN
    acts.select_entry(by=here.organiser, entry=first, why="好")
    acts.close_contest(by=here.organiser, contest=contest, at=AT)
    seen = ContestEntry.objects.visible_to(neighbour)
    assert (first in seen, second in seen) == (True, False)
    with pytest.raises(Refused):
        acts.note_support(by=here.organiser, entry=second, kind="policy", words="x", amount=None, on=AT.date(), at=AT)
    assert not ContestSupport.objects.exists()


def test_pages_ask_as_much_for_one_row_as_for_three(client, django_assert_max_num_queries):
    here = place("yudu")
    contest = opened(here)
    client.force_login(here.organiser)
    for number in (0, 1, 2):
        handed_in(here, contest, number)
        if number != 1:
            with django_assert_max_num_queries(19):
                assert client.get(contest.get_absolute_url()).status_code == 200
            with django_assert_max_num_queries(16):
                assert client.get(reverse("contests")).status_code == 200
