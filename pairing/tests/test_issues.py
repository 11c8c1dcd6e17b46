from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.actions import issues as acts
from pairing.actions import solving
from pairing.agreements import closing
from pairing.issues import reminders as issue_reminders
from pairing.issues.standing import offered
from pairing.models import Issue, IssueStep, Pairing, Round
from pairing.states import IssueState, PairingState, RoundState, Side
from pairing.tests.market import IN_TIME
from pairing.tests.promising import DAY, signed_under

pytestmark = pytest.mark.django_db


def raised(place, pairing=None, *, by=None, **fields):
    fields.setdefault("kind", Issue.Kind.SALES)
    fields.setdefault("title", "猕猴桃销路不畅")
    fields.setdefault("at", IN_TIME)
    if pairing is None:
        fields.setdefault("organisation", place.village)
    return acts.raise_issue(by=by or place.village_secretary, pairing=pairing, **fields)


def owned(place, **fields):
    """Raised by the village for its unit to solve."""
    _place, pairing = place
    return raised(_place, pairing, owner=_place.unit, **fields)


def claimed(place, issue):
    return solving.claim_solved(by=place.secretary, issue=issue, words="已联系两家超市收购", at=IN_TIME)


def confirmed(place, issue):
    return solving.confirm_solved(by=place.village_secretary, issue=claimed(place, issue), at=IN_TIME)


def waiting(organisation, permission):
    return Message.objects.open().filter(organisation=organisation, permission=permission).count()


@pytest.fixture
def signed(db):
    return signed_under("town")


@pytest.mark.clause("TN-17")
def test_an_issue_goes_from_the_one_side_to_the_other_and_is_closed_after_the_confirmation(signed):
    place, _pairing = signed
    kinds = {Issue.Kind.FUNDS, Issue.Kind.INFORMATION, Issue.Kind.SALES}
    issue = next(owned(signed, kind=kind) for kind in sorted(kinds))
    assert (issue.state, issue.side, issue.due_on) == (IssueState.ASSIGNED, Side.VILLAGE, DAY + timedelta(days=30))
    assert waiting(place.unit, "unit.act") == 1
    issue = acts.start_issue(by=place.secretary, issue=issue, words="下周到村", at=IN_TIME)
    issue = claimed(place, issue)
    assert (waiting(place.unit, "unit.act"), waiting(place.village, "village.act")) == (0, 1)
    with pytest.raises(Refused):
        solving.close_issue(by=place.organiser, issue=issue, at=IN_TIME)
    issue = solving.confirm_solved(by=place.village_secretary, issue=issue, at=IN_TIME)
    assert (waiting(place.village, "village.act"), waiting(place.round.organiser, "issue.manage")) == (0, 1)
    issue = solving.close_issue(by=place.organiser, issue=issue, words="核实销号", at=IN_TIME)
    assert (issue.state, issue.closed_at, Message.objects.open().count()) == (IssueState.CLOSED, IN_TIME, 0)
    assert list(issue.steps.values_list("verb", "by")) == [
        ("raised", place.village_secretary.pk), ("started", place.secretary.pk), ("claimed", place.secretary.pk),
        ("confirmed", place.village_secretary.pk), ("closed", place.organiser.pk),
    ]  # fmt: skip


def test_only_somebody_other_than_the_solver_confirms(signed):
    place, pairing = signed
    colleague = people.user("liaison_officer", place.unit)
    supervisor = people.user("township_supervisor", place.townships[0])
    issue = claimed(place, owned(signed))
    for person in (place.secretary, colleague, supervisor):
        with pytest.raises(Refused):
            solving.confirm_solved(by=person, issue=issue, at=IN_TIME)
        with pytest.raises(Refused):
            solving.return_claim(by=person, issue=issue, words="没有", at=IN_TIME)
    people.appointment(place.secretary, "village_secretary", place.village)  # the same person on the other side
    with pytest.raises(Refused, match=r"You said|本人"):
        solving.confirm_solved(by=place.secretary, issue=issue, at=IN_TIME)
    people.appointment(place.secretary, "organiser", place.root)
    with pytest.raises(Refused):
        solving.confirm_solved(by=place.secretary, issue=issue, at=IN_TIME)
    assert reread(issue).state == IssueState.CLAIMED
    assert solving.confirm_solved(by=place.organiser, issue=issue, at=IN_TIME).state == IssueState.CONFIRMED
    assert pairing.issues.get().claimed_by == place.secretary


def test_what_a_village_solves_itself_without_a_pairing_is_confirmed_by_staff_above(signed):
    place, _pairing = signed
    supervisor = people.user("township_supervisor", place.townships[0])
    issue = raised(place, by=supervisor, owner=place.village, source=Issue.Source.INSPECTION)
    assert (issue.pairing, issue.side, waiting(place.village, "village.act")) == (None, "", 1)
    issue = solving.claim_solved(by=place.village_secretary, issue=issue, words="已整改", at=IN_TIME)
    committee = people.user("village_committee", place.village)
    with pytest.raises(Refused):
        solving.confirm_solved(by=committee, issue=issue, at=IN_TIME)
    assert waiting(place.village, "issue.manage") == 1
    assert solving.confirm_solved(by=supervisor, issue=issue, at=IN_TIME).state == IssueState.CONFIRMED


def test_a_claim_is_sent_back_with_words_and_a_closed_issue_opened_again(signed):
    place, _pairing = signed
    issue = claimed(place, owned(signed))
    with pytest.raises(Refused):
        solving.return_claim(by=place.village_secretary, issue=issue, words=" ", at=IN_TIME)
    issue = solving.return_claim(by=place.village_secretary, issue=issue, words="只卖出一半", at=IN_TIME)
    assert (issue.state, issue.claimed_by, waiting(place.unit, "unit.act")) == (IssueState.UNDER_WAY, None, 1)
    issue = confirmed(place, issue)
    issue = solving.close_issue(by=place.village_secretary, issue=issue, at=IN_TIME)
    with pytest.raises(Refused):
        solving.reopen_issue(by=place.village_secretary, issue=issue, words="", at=IN_TIME)
    issue = solving.reopen_issue(by=place.village_secretary, issue=issue, words="今年又滞销", at=IN_TIME)
    assert (issue.state, issue.closed_at, waiting(place.unit, "unit.act")) == (IssueState.REOPENED, None, 1)
    assert confirmed(place, issue).state == IssueState.CONFIRMED


def test_who_assigns_whom(signed):
    place, pairing = signed
    bureau = people.unit(place.root, "县交通局")
    issue = raised(place, pairing)
    assert (issue.state, waiting(place.round.organiser, "issue.manage")) == (IssueState.OPEN, 1)
    with pytest.raises(Refused):
        acts.assign_issue(by=place.village_secretary, issue=issue, owner=bureau, at=IN_TIME)
    issue = acts.assign_issue(by=place.organiser, issue=issue, owner=bureau, words="请牵头", at=IN_TIME)
    assert (waiting(place.round.organiser, "issue.manage"), waiting(bureau, "unit.act")) == (0, 1)
    post = place.secretary.appointments.get()
    with pytest.raises(Refused):
        acts.assign_issue(by=place.organiser, issue=issue, owner=bureau, post=post, at=IN_TIME)
    issue = acts.assign_issue(by=place.village_secretary, issue=issue, owner=place.unit, post=post, at=IN_TIME)
    assert (issue.owner, issue.owner_post, waiting(bureau, "unit.act")) == (place.unit, post, 0)


def test_the_deadline_is_the_schemes_and_is_put_off_with_a_reason_by_somebody_else_than_the_owner(signed):
    _place, _pairing = signed
    place, pairing = signed_under("shanghai", issue_days=7)
    issue = raised(place, pairing, owner=place.unit)
    later = issue.due_on + timedelta(days=10)
    assert issue.due_on == DAY + timedelta(days=7)
    with pytest.raises(Refused):
        acts.change_deadline(by=place.secretary, issue=issue, due_on=later, words="等审批", at=IN_TIME)
    with pytest.raises(Refused):
        acts.change_deadline(by=place.village_secretary, issue=issue, due_on=later, words="", at=IN_TIME)
    with pytest.raises(Refused):
        acts.change_deadline(by=place.organiser, issue=issue, due_on=DAY - timedelta(days=1), words="提前", at=IN_TIME)
    acts.change_deadline(by=place.village_secretary, issue=issue, due_on=later, words="等审批", at=IN_TIME)
    step = IssueStep.objects.get(verb="due_changed")
    assert (reread(issue).due_on, step.words, step.due_on) == (later, "等审批", later)


def test_withdrawn_by_the_side_that_raised_it_and_answered_in_words_by_whoever_takes_part(signed):
    place, _pairing = signed
    issue = owned(signed)
    stranger = people.user("branch_secretary", people.unit(place.root))
    with pytest.raises(Refused):
        acts.answer_issue(by=stranger, issue=issue, words="我来看看", at=IN_TIME)
    acts.answer_issue(by=place.secretary, issue=issue, words="本周内答复", at=IN_TIME)
    with pytest.raises(Refused):
        acts.withdraw_issue(by=place.secretary, issue=issue, words="不办了", at=IN_TIME)
    acts.withdraw_issue(by=place.village_secretary, issue=issue, words="已自行解决", at=IN_TIME)
    assert (reread(issue).state, Message.objects.open().count()) == (IssueState.WITHDRAWN, 0)
    with pytest.raises(Refused):
        acts.answer_issue(by=place.secretary, issue=issue, words="?", at=IN_TIME)


def test_whatever_finds_an_issue_raises_it_with_a_way_back(signed):
    place, pairing = signed
    found = {"source": Issue.Source.DIARY, "source_words": "民情日记 4月20日", "source_url": "/diary/7/"}
    issue = raised(place, pairing, by=place.secretary, **found)
    assert {name: getattr(issue, name) for name in found} == found
    public = acts.raise_issue(
        by=None, organisation=place.village, title="路灯不亮", kind=Issue.Kind.INFRASTRUCTURE,
        source=Issue.Source.VILLAGER, at=IN_TIME,
    )  # fmt: skip
    assert (public.raised_by, public.steps.get().by) == (None, None)
    for address in ("https://example.org/", "//example.org"):
        with pytest.raises(Refused):
            raised(place, pairing, source_url=address)
    with pytest.raises(Refused):
        raised(place, pairing, by=people.user("branch_secretary", people.unit(place.root)))
    with pytest.raises(Refused):
        raised(place, pairing, title=" ")
    assert Issue.objects.count() == 2


def test_the_journal_and_a_closed_round_are_kept_by_the_database(signed):
    place, pairing = signed
    issue = owned(signed)
    for change in (
        lambda: IssueStep.objects.update(words="改"),
        lambda: IssueStep.objects.all().delete(),
        lambda: Issue.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
            change()
    Round.objects.filter(pk=place.round.pk).update(state=RoundState.CLOSED, closed_at=IN_TIME)
    assert offered(place.village_secretary, Issue.objects.get()) == []
    with pytest.raises(Refused):
        claimed(place, issue)
    with pytest.raises(Refused):
        raised(place, Pairing.objects.get(pk=pairing.pk))
    with pytest.raises(InternalError, match="closed round"), transaction.atomic():
        Issue.objects.update(title="改")
    assert not Issue.objects.overdue(DAY + timedelta(days=400)).exists()


def test_after_a_pairing_has_ended_its_issues_are_still_solved_and_no_new_ones_raised(signed):
    place, pairing = signed
    issue = owned(signed)
    pairing.state, pairing.ended_on, pairing.end_reason = PairingState.ENDED, DAY, "early"
    pairing.save()
    assert confirmed(place, issue).state == IssueState.CONFIRMED
    with pytest.raises(Refused):
        raised(place, pairing)


def test_closing_lists_the_pairings_with_an_open_issue_where_the_scheme_asks(signed):
    place, pairing = signed
    owned(signed)
    assert list(closing.of_pairing(pairing)) == []
    place, pairing = signed_under("shanghai", closing={"needs_no_open_issues": True})
    assert closing.unmet_in(closing.of_pairing(pairing)) == []
    issue = raised(place, pairing, owner=place.unit)
    with CaptureQueriesContext(connection) as asked:
        (finding,) = closing.of_pairing(pairing)
        assert list(finding.held) == [pairing]
    assert len(asked) == 1
    confirmed(place, issue)
    assert len(closing.unmet_in(closing.of_pairing(pairing))) == 1
    solving.close_issue(by=place.organiser, issue=issue, at=IN_TIME)
    assert closing.unmet_in(closing.of_pairing(pairing)) == []


def test_once_a_day_each_owner_is_told_how_many_are_overdue(signed):
    place, pairing = signed
    for _number in range(2):
        owned(signed)
    raised(place, pairing)  # nobody is named
    confirmed(place, owned(signed))
    late = IN_TIME + timedelta(days=31)
    assert issue_reminders.remind_overdue(at=IN_TIME + timedelta(days=30)) == 0
    with CaptureQueriesContext(connection) as asked:
        assert issue_reminders.remind_overdue(at=late) == 2
    assert len(asked) == 5
    assert issue_reminders.remind_overdue(at=late + timedelta(hours=3)) == 0
    told = Message.objects.open().filter(kind=issue_reminders.KIND)
    assert {(each.organisation, each.params["count"]) for each in told} == {(place.unit, 2), (place.round.organiser, 1)}
    assert "2" in told.get(organisation=place.unit).subject_text
    assert issue_reminders.remind_overdue(at=late + timedelta(days=1)) == 2
    assert told.count() == 2
