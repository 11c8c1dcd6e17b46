"""Organisations merge, split, are renamed or closed while a round runs: everything at hand goes on or ends, told."""

from decimal import Decimal

import pytest

from core.refusals import Refused
from office.models import Message
from organisations.actions import restructuring
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import market
from pairing.agreements.content import is_as_signed
from pairing.matters import open_matters
from pairing.models import Agreement, DirectoryEntry, Ending, Intention, Issue, Pairing, PairingPartner, Takeover
from pairing.states import AgreementState, EndReason, IntentionState, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, IN_TIME, county, formed, negotiated, sign, signed

pytestmark = pytest.mark.django_db
DAY = AFTER_JULY.date()
DECISION = {"reason": "撤并建制村", "on": DAY, "at": AFTER_JULY}


@pytest.fixture
def place():
    return county()


@pytest.fixture
def successor(place):
    """A village of the same township that takes over; with its own secretary."""
    village = people.village(place.townships[0], "合村")
    people.user("village_secretary", village, name="赵合")
    factories.directory(place.round)
    return village


def merge(place, old, new):
    return restructuring.merge(by=place.organiser, organisation=old, into=new, carry_posts=True, **DECISION)


def told(organisation):
    return [message.subject_text for message in Message.objects.filter(organisation=organisation).order_by("pk")]


def test_a_village_merged_between_proposal_and_answer_is_answered_by_its_successor(place, successor):
    intention = market.propose(
        by=place.secretary, round=place.round, unit=place.unit, village=place.village, side=Side.UNIT, at=IN_TIME
    )
    done = merge(place, place.village, successor)
    moved = Intention.objects.get(pk=intention.pk)
    assert (moved.village, moved.state) == (successor, IntentionState.PROPOSED)
    assert Message.objects.open().filter(organisation=successor, key__endswith=":answer").exists()
    assert not Message.objects.open().filter(organisation=place.village).exists()
    assert any("合村" in sentence for sentence in done.outcome)
    secretary = people.user("village_secretary", successor)
    pairing = market.accept(by=secretary, intention=moved, at=AFTER_JULY)
    assert pairing.village == successor


@pytest.mark.parametrize("far", ["drafted", "confirmed", "half signed"])
def test_a_village_merged_between_intention_and_signing(place, successor, far):
    pairing = formed(place)
    if far != "drafted":
        agreement = negotiated(place, pairing)
    if far == "half signed":
        sign(place, agreement, Side.UNIT)
    merge(place, place.village, successor)
    pairing = Pairing.objects.get(pk=pairing.pk)
    assert (pairing.village, pairing.state) == (successor, PairingState.NEGOTIATING)
    draft = Agreement.objects.under_way().get(pairing=pairing)
    assert (draft.state, draft.village_name, draft.unit_confirmed_at) == (AgreementState.DRAFT, "合村", None)
    voided = Agreement.objects.filter(state=AgreementState.VOID)
    assert [text.village_name for text in voided] == (["青山县马岭村"] if far == "half signed" else [])
    takeover = Takeover.objects.get()
    assert (takeover.former, takeover.successor, takeover.side) == (place.village, successor, Side.VILLAGE)
    assert (takeover.reason, takeover.recorded_by) == ("撤并建制村", place.organiser)
    assert "合村" in told(place.unit)[-1] or "合村" in told(place.unit)[-2]


def test_a_signed_agreement_keeps_the_names_that_it_was_printed_with(client, place, successor):
    agreement = signed(place, formed(place))
    merge(place, place.village, successor)
    kept = Agreement.objects.get(pk=agreement.pk)
    assert (kept.state, kept.village_name, kept.pairing.village) == ("signed", "青山县马岭村", successor)
    assert is_as_signed(kept)
    client.force_login(place.secretary)
    story = client.get(f"{kept.pairing.get_absolute_url()}story/").content.decode()
    assert "合村" in story
    assert "青山县马岭村" in story


@pytest.mark.parametrize(
    ("own", "moving", "kept"),
    [("negotiating", "signed", "moving"), ("signed", "negotiating", "own"), ("signed", "signed", "own")],
)
def test_of_two_pairings_with_the_same_unit_the_farther_one_goes_on(place, successor, own, moving, kept):
    pairings = {
        "own": factories.pairing(place.round, place.unit, successor, state=own),
        "moving": factories.pairing(place.round, place.unit, place.village, state=moving),
    }
    for pairing in pairings.values():
        factories.agreement(pairing, state=AgreementState.SIGNED if pairing.state == "signed" else AgreementState.DRAFT)
    merge(place, place.village, successor)
    standing = Pairing.objects.standing().get()
    assert (standing, standing.village) == (pairings[kept], successor)
    (gone,) = Pairing.objects.exclude(pk=standing.pk)
    assert gone.state in (PairingState.ENDED, PairingState.RELEASED)
    assert gone.end_reason == (EndReason.ORGANISATION_GONE if gone.state == PairingState.ENDED else "")
    assert not Agreement.objects.under_way().filter(pairing=gone).exists()


def test_a_proposal_that_the_successor_has_already_lapses(place, successor):
    for village in (place.village, successor):
        market.propose(
            by=place.secretary, round=place.round, unit=place.unit, village=village, side=Side.UNIT, at=IN_TIME
        )
    merge(place, place.village, successor)
    assert sorted(Intention.objects.values_list("state", flat=True)) == ["lapsed", "proposed"]
    assert Intention.objects.open().get().village == successor


def test_a_unit_closed_in_mid_term_ends_its_pairings_and_the_village_is_told_and_free_again(place):
    pairing = signed(place, formed(place)).pairing
    place.secretary.appointments.all()
    restructuring.close(by=place.organiser, organisation=place.unit, **DECISION)
    ended = Pairing.objects.get(pk=pairing.pk)
    assert (ended.state, ended.end_reason, ended.ended_on) == (PairingState.ENDED, EndReason.ORGANISATION_GONE, DAY)
    assert Ending.objects.get().words == "撤并建制村"
    assert any("青山县林业局" in sentence for sentence in told(place.village))
    assert Agreement.objects.get().state == AgreementState.SIGNED
    newest = DirectoryEntry.objects.current(type(place.round).objects.get(pk=place.round.pk))
    assert set(newest.values_list("organisation", flat=True)) == {place.village.pk}


def test_a_unit_closed_while_it_negotiates_and_proposes_leaves_nothing_open(place):
    other = people.village(place.townships[0], "别的村")
    factories.directory(place.round)
    formed(place)
    proposal = factories.intention(place.round, place.unit, other)
    restructuring.close(by=place.organiser, organisation=place.unit, **DECISION)
    assert Pairing.objects.get().state == PairingState.RELEASED
    assert Agreement.objects.get().state == AgreementState.VOID
    assert Intention.objects.get(pk=proposal.pk).state == IntentionState.LAPSED
    assert not Message.objects.open().filter(key__startswith="agreement:").exists()


def test_after_a_renaming_what_is_not_signed_yet_is_printed_with_the_new_name(place):
    agreement = negotiated(place, formed(place))
    restructuring.rename(by=place.organiser, organisation=place.village, name="新马岭村", code="", **DECISION)
    text = Agreement.objects.get(pk=agreement.pk)
    assert (text.state, text.village_name, text.village_confirmed_at) == (AgreementState.DRAFT, "新马岭村", None)
    line = DirectoryEntry.objects.current(type(place.round).objects.get(pk=place.round.pk))
    assert line.get(organisation=place.village).name == "新马岭村"
    assert not Takeover.objects.exists()


def test_when_a_unit_is_split_and_goes_on_its_pairings_stay_and_the_parts_are_listed(place):
    pairing = signed(place, formed(place)).pairing
    part = restructuring.Part("青山县草原局")
    restructuring.split(by=place.organiser, organisation=place.unit, parts=[part], goes_on=True, **DECISION)
    assert Pairing.objects.get(pk=pairing.pk).unit == place.unit
    listed = DirectoryEntry.objects.current(type(place.round).objects.get(pk=place.round.pk))
    assert set(listed.filter(side=Side.UNIT).values_list("name", flat=True)) == {"青山县林业局", "青山县草原局"}


def test_a_lead_merged_into_its_own_partner_leads_as_that_one_alone(place):
    partner = people.unit(place.root, "伙伴局")
    factories.directory(place.round)
    pairing = formed(place)
    joined = {"state": "joined", "answered_at": IN_TIME, "answered_by": place.organiser}
    row = PairingPartner.objects.create(pairing=pairing, unit=partner, share=Decimal(30), **joined)
    merge(place, place.unit, partner)
    row.refresh_from_db()
    assert (Pairing.objects.get().unit, row.state) == (partner, "left")
    assert (Agreement.objects.get().unit_name, Agreement.objects.get().partners) == ("伙伴局", [])


def test_a_partner_is_followed_by_its_successor_and_drops_out_where_that_leads_already(place):
    partner, third = people.unit(place.root, "伙伴局"), people.unit(place.root, "第三局")
    factories.directory(place.round)
    pairing = formed(place)
    joined = {"state": "joined", "answered_at": IN_TIME, "answered_by": place.secretary}
    row = PairingPartner.objects.create(pairing=pairing, unit=partner, share=Decimal(30), **joined)
    merge(place, partner, third)
    row.refresh_from_db()
    assert (row.unit, row.state) == (third, "joined")
    assert [each["name"] for each in Agreement.objects.get().partners] == ["第三局"]
    merge(place, third, place.unit)
    row.refresh_from_db()
    assert (row.state, Agreement.objects.get().partners) == ("left", [])


def test_issues_go_over_with_whoever_has_to_solve_them(place, successor):
    pairing = signed(place, formed(place)).pairing
    issue = Issue.objects.create(
        pairing=pairing, organisation=place.village, title="缺水", kind="infrastructure", raised_at=IN_TIME,
        due_on=DAY, owner=place.village, state="assigned",
    )  # fmt: skip
    merge(place, place.village, successor)
    issue.refresh_from_db()
    assert (issue.organisation, issue.owner) == (successor, successor)


def test_what_is_refused_hands_nothing_over(place, successor):
    formed(place)
    with pytest.raises(Refused):
        restructuring.merge(by=place.secretary, organisation=place.village, into=successor, **DECISION)
    assert Pairing.objects.get().village == place.village
    assert Organisation.objects.get(pk=place.village.pk).closed_on is None


def test_everything_open_in_the_hands_of_a_post_is_listed(place):
    other = people.unit(place.root, "别的局")
    pairing = formed(place)
    proposal = factories.intention(place.round, other, place.village)
    Issue.objects.create(
        pairing=pairing, organisation=place.village, title="缺水", kind="infrastructure", raised_at=IN_TIME,
        due_on=DAY, owner=place.village, state="assigned",
    )  # fmt: skip
    assert [address for _title, address in open_matters(place.secretary, place.unit)] == [pairing.get_absolute_url()]
    titles = [title for title, _address in open_matters(place.village_secretary, place.village)]
    assert len(titles) == 2
    assert any("别的局" in title for title in titles)
    assert any("缺水" in title for title in titles)
    proposal.state, proposal.answered_at = IntentionState.DECLINED, IN_TIME
    proposal.save()
    assert len(open_matters(place.village_secretary, place.village)) == 1
