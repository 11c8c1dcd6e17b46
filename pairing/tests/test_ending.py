"""A signed pairing ends: early by consent, for re-selection, closed; and somebody else answers for it (SH-35, SH-42)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import ending as acts
from pairing.actions import market
from pairing.actions.amending import start_amendment
from pairing.actions.responsibility import change_responsible
from pairing.actions.rounds import close_round
from pairing.agreements.closing import NotYet
from pairing.agreements.responsibles import current
from pairing.models import Ending, Pairing, Responsible, Target
from pairing.states import EndingState, EndReason, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, county, formed, signed, statements

pytestmark = pytest.mark.django_db
DAY = AFTER_JULY.date()


@pytest.fixture
def place():
    return county(units_per_village=1, villages_per_unit=1)


@pytest.fixture
def pairing(place):
    return signed(place, formed(place)).pairing


def propose(place, pairing, words="单位搬迁"):
    return acts.propose_end(by=place.secretary, pairing=pairing, side=Side.UNIT, words=words, at=AFTER_JULY)


def reread(pairing):
    return Pairing.objects.get(pk=pairing.pk)


def asked(organisation):
    return Message.objects.open().filter(organisation=organisation, key__startswith="ending").count()


def test_it_ends_early_only_with_the_consent_of_the_other_side(place, pairing):
    ending = propose(place, pairing)
    assert (reread(pairing).state, asked(place.village), asked(place.unit)) == (PairingState.SIGNED, 1, 0)
    with pytest.raises(Refused):
        acts.agree_to_end(by=place.secretary, ending=ending, at=AFTER_JULY)
    assert reread(pairing).state == PairingState.SIGNED
    for _click in range(2):
        acts.agree_to_end(by=place.village_secretary, ending=ending, words="同意", at=AFTER_JULY)
    ended = reread(pairing)
    assert (ended.state, ended.ended_on, ended.end_reason) == (PairingState.ENDED, DAY, EndReason.EARLY)
    kept = Ending.objects.get()
    assert (kept.words, kept.proposed_by, kept.answered_by) == ("单位搬迁", place.secretary, place.village_secretary)
    assert asked(place.village) == 0
    assert Message.objects.filter(key=f"ending:{ending.pk}:outcome").count() == 2


def test_declined_or_withdrawn_it_stands(place, pairing):
    ending = propose(place, pairing)
    with pytest.raises(Refused):
        acts.decline_end(by=place.village_secretary, ending=ending, words=" ", at=AFTER_JULY)
    acts.decline_end(by=place.village_secretary, ending=ending, words="项目未完", at=AFTER_JULY)
    again = propose(place, pairing, "再议")
    acts.withdraw_end(by=place.secretary, ending=again, at=AFTER_JULY)
    assert list(Ending.objects.values_list("state", flat=True)) == [EndingState.DECLINED, EndingState.WITHDRAWN]
    assert (reread(pairing).state, asked(place.village)) == (PairingState.SIGNED, 0)


@pytest.mark.clause("SH-35")
@pytest.mark.parametrize("who", ["secretary", "village_secretary", "organiser"])
def test_either_side_or_the_organiser_releases_it_and_both_are_back_in_the_pool(place, pairing, who):
    side = {"secretary": Side.UNIT, "village_secretary": Side.VILLAGE, "organiser": None}[who]
    common = {"round": place.round, "unit": place.unit, "village": place.village, "side": Side.UNIT, "at": AFTER_JULY}
    with pytest.raises(Refused):
        market.propose(by=place.secretary, **common)
    acts.reselect(by=getattr(place, who), pairing=pairing, side=side, words="双方需求不合", at=AFTER_JULY)
    released = reread(pairing)
    assert (released.state, released.end_reason) == (PairingState.ENDED, EndReason.RESELECTION)
    assert (Ending.objects.get().words, Ending.objects.get().side) == ("双方需求不合", side or "")
    assert Message.objects.filter(key__endswith=":outcome", key__startswith="ending").count() == 2
    market.propose(by=place.secretary, **common)


def test_re_selection_needs_a_reason_and_the_scheme(place, pairing):
    with pytest.raises(Refused):
        acts.reselect(by=place.secretary, pairing=pairing, side=Side.UNIT, words="", at=AFTER_JULY)
    forbidding(place.round)
    with pytest.raises(Refused):
        acts.reselect(by=place.secretary, pairing=pairing, side=Side.UNIT, words="不合", at=AFTER_JULY)
    assert reread(pairing).state == PairingState.SIGNED


def forbidding(round):
    """The round under a version of its scheme that knows no re-selection."""
    newest = round.scheme_version
    content = newest.content | {"renewal": {"reselection_allowed": False, "clause_of": {}}}
    round.scheme_version = type(newest).objects.create(
        scheme=newest.scheme, number=newest.number + 1, text=newest.text, content=content
    )
    round.save()


@pytest.mark.parametrize("state", [PairingState.NEGOTIATING, PairingState.RELEASED])
def test_only_what_was_signed_ends(place, state):
    fields = {"released_at": AFTER_JULY} if state == PairingState.RELEASED else {}
    pairing = factories.pairing(place.round, place.unit, place.village, state=state, **fields)
    for attempt in (propose, lambda place, pairing: reselect(place, pairing)):
        with pytest.raises(Refused):
            attempt(place, pairing)
    assert not Ending.objects.exists()


def reselect(place, pairing):
    return acts.reselect(by=place.organiser, pairing=pairing, side=None, words="因", at=AFTER_JULY)


def test_when_it_ends_otherwise_the_waiting_proposal_lapses(place, pairing):
    propose(place, pairing)
    reselect(place, pairing)
    assert list(Ending.objects.values_list("state", flat=True)) == [EndingState.LAPSED, EndingState.DONE]
    assert asked(place.village) == 0


def test_strangers_and_those_who_do_not_sign_end_nothing(place, pairing):
    other = county("绿水县")
    officer = people.user("liaison_officer", place.unit)
    for stranger in (other.secretary, other.organiser, officer, place.village_secretary):
        with pytest.raises(Refused):
            acts.propose_end(by=stranger, pairing=pairing, side=Side.UNIT, words="因", at=AFTER_JULY)
        with pytest.raises(Refused):
            acts.close_pairing(by=stranger, pairing=pairing, words="因", at=AFTER_JULY)
    assert not Ending.objects.exists()


def test_in_a_closed_round_nothing_ends_any_more(place, pairing):
    place.round.state, place.round.closed_at = "closed", AFTER_JULY
    place.round.save()
    with pytest.raises(Refused):
        propose(place, pairing)
    with pytest.raises(Refused):
        reselect(place, pairing)


def test_a_round_is_not_closed_while_a_proposal_to_end_a_pairing_awaits_its_answer(place, pairing):
    proposed = propose(place, pairing)
    with pytest.raises(NotYet) as refusal:
        close_round(by=place.organiser, round=place.round, at=AFTER_JULY)
    assert [unmet.records for unmet in refusal.value.unmet] == [[pairing]]
    acts.decline_end(by=place.village_secretary, ending=proposed, words="再帮一程", at=AFTER_JULY)
    assert close_round(by=place.organiser, round=place.round, at=AFTER_JULY).state == "closed"


def test_in_a_round_that_was_closed_all_the_same_a_proposal_is_answered_with_a_sentence(place, pairing):
    proposed = propose(place, pairing)
    type(place.round).objects.filter(pk=place.round.pk).update(state="closed", closed_at=AFTER_JULY)
    village = {"by": place.village_secretary, "ending": proposed, "at": AFTER_JULY}
    for answer in (acts.agree_to_end, acts.decline_end):
        with pytest.raises(Refused):
            answer(words="因", **village)
    assert Ending.objects.get().state == "proposed"


@pytest.mark.clause("QX-06")
def test_closing_is_refused_with_the_list_until_every_target_is_met():
    place = county(scheme="qianxi")
    pairing = signed(place, formed(place)).pairing
    close = {"by": place.organiser, "pairing": pairing, "words": "目标实现", "at": AFTER_JULY}
    with pytest.raises(NotYet) as refused:
        acts.close_pairing(**close)
    assert [each.records for each in refused.value.unmet] == [[pairing]]
    target = Target.objects.create(pairing=pairing, name="村有路")
    with pytest.raises(NotYet):
        acts.close_pairing(**close)
    with pytest.raises(NotYet):
        propose(place, pairing)
    target.claimed_side, target.claimed_at, target.claimed_by = Side.UNIT, AFTER_JULY, place.secretary
    target.confirmed_at, target.confirmed_by, target.state = AFTER_JULY, place.village_secretary, "met"
    target.save()
    acts.close_pairing(**close)
    assert (reread(pairing).state, reread(pairing).end_reason) == (PairingState.ENDED, EndReason.TARGETS_MET)


@pytest.mark.clause("SH-42")
def test_who_answers_for_it_changes_without_a_new_agreement(place, pairing):
    signed_text = pairing.agreements.get()
    change = {"by": place.secretary, "pairing": pairing, "side": Side.UNIT, "reason": "人事变动", "at": AFTER_JULY}
    for _click in range(2):
        change_responsible(**change, kind="leader", name="钱进", since=DAY)
    change_responsible(**change, kind="department", name="科技科", since=DAY + timedelta(days=30))
    change_responsible(
        **change | {"by": place.village_secretary, "side": Side.VILLAGE}, kind="liaison", name="周全", since=DAY
    )
    assert Responsible.objects.count() == 3
    names = lambda on: [each.name for each in current(pairing, signed_text, on)]  # noqa: E731
    assert names(DAY - timedelta(days=1)) == ["赵永安", "造林科"]
    assert names(DAY) == ["钱进", "造林科", "周全"]
    assert names(DAY + timedelta(days=30)) == ["钱进", "科技科", "周全"]
    assert Message.objects.filter(key__startswith="responsible", organisation=place.village).count() == 2
    signed_text.refresh_from_db()
    assert signed_text.leader_in_charge == "赵永安"
    amendment = start_amendment(by=place.secretary, agreement=signed_text, side=Side.UNIT, at=AFTER_JULY)
    assert (amendment.leader_in_charge, amendment.responsible_dept) == ("钱进", "造林科")


def test_the_village_names_its_liaison_officer_only(place, pairing):
    with pytest.raises(Refused):
        change_responsible(
            by=place.village_secretary, pairing=pairing, side=Side.VILLAGE, kind="leader", name="某", since=DAY,
            reason="因", at=AFTER_JULY,
        )  # fmt: skip
    assert not Responsible.objects.exists()


def test_by_the_pages_one_proposes_and_the_other_agrees(client, place, pairing):
    address = reverse("end_pairing", args=[pairing.pk])
    client.force_login(place.secretary)
    client.post(address, {"words": "单位搬迁"})
    client.force_login(place.village_secretary)
    assert "单位搬迁" in client.get(address).content.decode()
    assert address in client.get(pairing.get_absolute_url()).content.decode()
    client.post(address, {"verb": "decline", "words": ""})
    assert Ending.objects.get().state == EndingState.PROPOSED
    client.post(address, {"verb": "agree"})
    assert reread(pairing).state == PairingState.ENDED
    story = client.get(reverse("pairing_story", args=[pairing.pk])).content.decode()
    assert "单位搬迁" in story


def test_by_the_pages_the_organiser_sees_what_is_still_to_be_done(client):
    place = county(scheme="qianxi")
    pairing = signed(place, formed(place)).pairing
    client.force_login(place.organiser)
    for address in (reverse("close_pairing", args=[pairing.pk]), reverse("close_round", args=[place.round.pk])):
        page = client.post(address, {"words": "已实现"}).content.decode()
        assert pairing.get_absolute_url() in page
    assert reread(pairing).state == PairingState.SIGNED
    client.post(reverse("reselect", args=[pairing.pk]), {"words": "改派"})
    assert reread(pairing).end_reason == EndReason.RESELECTION


def test_by_the_page_a_change_of_the_responsible_person_shows_at_once(client, place, pairing):
    client.force_login(place.secretary)
    data = {"kind": "leader", "name": "钱进", "since": "2026-07-01", "reason": "人事变动"}
    client.post(reverse("change_responsible", args=[pairing.pk]), data)
    assert "钱进" in client.get(pairing.get_absolute_url()).content.decode()
    assert Message.objects.filter(organisation=place.village, key__startswith="responsible").exists()


def test_pages_of_a_signed_pairing_stay_within_their_statements(client, place, pairing):
    client.force_login(place.secretary)
    assert statements(client, pairing.get_absolute_url()) <= 12
    for name in ("pairing_story", "end_pairing", "change_responsible", "reselect"):
        assert statements(client, reverse(name, args=[pairing.pk])) <= 12
