"""The next round from the last, and renewing in it what stood in the last (SH-05, SH-34, TN-05)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.actions.directory import move_organisation
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import take_scheme
from pairing.actions.renewing import answer_renewal
from pairing.actions.responsibility import change_responsible
from pairing.actions.rolling_over import roll_over
from pairing.actions.rounds import close_round, open_round
from pairing.agreements import expiry
from pairing.models import Agreement, DirectoryEntry, Pairing, PairingPartner, RenewalAnswer, Round, TaskProposal
from pairing.schemes.terms import next_terms
from pairing.states import AgreementState, PairingState, PartnerState, RoundState, Side
from pairing.tests import factories
from pairing.tests.factories import SCHEMES
from pairing.tests.market import AFTER_JULY, IN_TIME, County, county, formed, signed, statements

pytestmark = pytest.mark.django_db
LATER = AFTER_JULY + timedelta(days=3 * 365)


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def former(place):
    return signed(place, formed(place)).pairing


def prepared(place, version=None) -> Round:
    version = version or place.round.scheme_version
    terms = next_terms(version.rules, place.round, starts_on=LATER.date())
    return roll_over(by=place.organiser, round=place.round, scheme_version=version, terms=terms, at=LATER)


def following(place) -> Round:
    return open_round(by=place.organiser, round=prepared(place), at=LATER)


def answer(place, round, pairing, side, consents=True, words=""):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    return answer_renewal(by=person, round=round, pairing=pairing, side=side, consents=consents, words=words, at=LATER)


def asked(organisation, round):
    return Message.objects.open().filter(organisation=organisation, key__startswith=f"renewal:{round.pk}:").count()


@pytest.mark.clause("SH-05")
def test_the_next_round_is_numbered_keeps_its_scheme_and_takes_the_directory_along(place, former):
    made = prepared(place)
    assert (made.number, made.previous, made.state) == (place.round.number + 1, place.round, RoundState.DRAFT)
    assert made.scheme_version == place.round.scheme_version
    listed = lambda round: set(  # noqa: E731
        DirectoryEntry.objects.current(round).values_list("organisation", "side")
    )
    assert listed(made) == listed(place.round)
    with pytest.raises(Refused):
        prepared(place)
    assert Round.objects.count() == 2


def test_a_closed_organisation_is_not_carried_over_and_a_stranger_rolls_nothing_over(place):
    gone = people.unit(place.root, "撤销局")
    factories.directory(place.round)
    Organisation.objects.filter(pk=gone.pk).update(closed_on=LATER.date())
    terms = next_terms(place.round.rules, place.round, starts_on=LATER.date())
    version = place.round.scheme_version
    with pytest.raises(Refused):
        roll_over(by=place.secretary, round=place.round, scheme_version=version, terms=terms, at=LATER)
    made = prepared(place)
    assert not DirectoryEntry.objects.current(made).filter(organisation=gone).exists()


@pytest.mark.clause("SH-05")
def test_the_running_round_keeps_its_version_when_the_scheme_is_edited_and_the_next_takes_the_new_one(place, former):
    text = (
        (SCHEMES / "shanghai.yaml")
        .read_text(encoding="utf-8")
        .replace("每年资金不低于元: 20000", "每年资金不低于元: 30000")
    )
    newer = take_scheme(by=place.organiser, text=text, at=LATER)
    running = Round.objects.get(pk=place.round.pk)
    assert running.rules.pairing.weak_village_yuan == 20_000
    made = prepared(place, newer)
    assert made.rules.pairing.weak_village_yuan == 30_000
    assert Round.objects.get(pk=place.round.pk).scheme_version == place.round.scheme_version


def test_the_task_base_goes_along_as_drafts(place):
    committee = place.townships[0]
    TaskProposal.objects.create(
        round=place.round, committee=committee, side=Side.VILLAGE, suggested=5, suggested_weak=2,
        issued_at=IN_TIME, issued_by=place.organiser,
    )  # fmt: skip
    made = prepared(place)
    carried = TaskProposal.objects.get(round=made)
    assert (carried.committee, carried.suggested, carried.suggested_weak, carried.issued_at) == (committee, 5, 2, None)


@pytest.mark.clause("SH-34", "TN-05")
def test_two_consents_renew_with_a_link_and_the_terms_of_the_last_agreement(place, former):
    change_responsible(
        by=place.secretary, pairing=former, side=Side.UNIT, kind="leader", name="钱进", since=IN_TIME.date(),
        reason="人事变动", at=AFTER_JULY,
    )  # fmt: skip
    round = following(place)
    assert (asked(place.unit, round), asked(place.village, round)) == (1, 1)
    answer(place, round, former, Side.UNIT)
    assert (Pairing.objects.count(), asked(place.unit, round)) == (1, 0)
    for _click in range(2):
        answer(place, round, former, Side.VILLAGE)
    renewed = Pairing.objects.get(renews=former)
    assert (renewed.round, renewed.unit, renewed.village) == (round, place.unit, place.village)
    assert (renewed.state, former.renewed_by) == (PairingState.NEGOTIATING, renewed)
    kept = {each.side: (each.consents, each.answered_by, each.answered_at) for each in RenewalAnswer.objects.all()}
    assert kept == {Side.UNIT: (True, place.secretary, LATER), Side.VILLAGE: (True, place.village_secretary, LATER)}
    draft = renewed.agreements.get()
    assert (draft.state, draft.starts_on, draft.ends_on) == (AgreementState.DRAFT, round.starts_on, round.ends_on)
    assert [row.title for row in draft.commitments.all()] == ["经果林苗木", "技术培训"]
    assert (draft.leader_in_charge, draft.responsible_dept) == ("钱进", "造林科")
    assert Pairing.objects.get(pk=former.pk).state == PairingState.SIGNED


def test_who_declines_says_why_and_both_are_asked_to_choose_anew(place, former):
    round = following(place)
    to_choose = Message.objects.filter(key=f"round:{round.pk}:choose")
    assert not to_choose.exists()
    answer(place, round, former, Side.VILLAGE)
    with pytest.raises(Refused):
        answer(place, round, former, Side.UNIT, consents=False)
    answer(place, round, former, Side.UNIT, consents=False, words="任务已满")
    assert set(to_choose.values_list("organisation", flat=True)) == {place.unit.pk, place.village.pk}
    assert (asked(place.unit, round), asked(place.village, round)) == (0, 0)
    assert not Pairing.objects.filter(renews=former).exists()
    answer(place, round, former, Side.UNIT)
    assert Pairing.objects.filter(renews=former).exists()


@pytest.mark.clause("SH-34")
def test_a_village_that_changed_township_is_renewed_with_its_new_area(place, former):
    new_township = people.township(place.root, "银水镇")
    move_organisation(by=place.organiser, organisation=place.village, parent=new_township)
    place.village_secretary = people.reread(place.village_secretary)
    round = following(place)
    line = DirectoryEntry.objects.current(round).get(organisation=place.village)
    old_line = DirectoryEntry.objects.current(place.round).get(organisation=place.village)
    assert (line.township, old_line.township) == ("银水镇", place.townships[0].name)
    for side in Side:
        answer(place, round, former, side)
    assert Pairing.objects.get(renews=former).village == place.village


def test_the_rules_of_the_new_round_hold_for_a_renewal(place, former):
    round = following(place)
    Round.objects.filter(pk=round.pk).update(units_per_village=1)
    other = people.unit(place.root, "别的局")
    factories.pairing(round, other, place.village)
    with pytest.raises(Refused):
        answer(place, round, former, Side.UNIT)
    assert not RenewalAnswer.objects.exists()


@pytest.mark.parametrize("state", [PairingState.NEGOTIATING, PairingState.ENDED])
def test_only_a_signed_pairing_of_the_round_before_is_renewed(place, state):
    fields = {"ended_on": IN_TIME.date(), "end_reason": "early"} if state == PairingState.ENDED else {}
    former = factories.pairing(place.round, place.unit, place.village, state=state, **fields)
    round = following(place)
    with pytest.raises(Refused):
        answer(place, round, former, Side.UNIT)
    assert (asked(place.unit, round), RenewalAnswer.objects.count()) == (0, 0)


def test_one_consent_is_enough_where_the_scheme_asks_for_no_more(place, former):
    content = place.round.scheme_version.content | {"renewal": {"needs_both": False, "clause_of": {}}}
    version = type(place.round.scheme_version).objects.create(
        scheme=place.round.scheme_version.scheme, number=2, text="…", content=content
    )
    round = open_round(by=place.organiser, round=prepared(place, version), at=LATER)
    answer(place, round, former, Side.VILLAGE)
    assert Pairing.objects.filter(renews=former).exists()


def test_strangers_renew_nothing(place, former):
    round, other = following(place), county("绿水县")
    for stranger in (other.secretary, other.organiser, place.organiser, place.village_secretary):
        with pytest.raises(Refused):
            answer_renewal(by=stranger, round=round, pairing=former, side=Side.UNIT, consents=True, at=LATER)
    assert not RenewalAnswer.objects.exists()


@pytest.mark.clause("SH-05")
def test_the_closed_round_stays_readable_and_its_pairings_are_renewed_all_the_same(client, place, former):
    close_round(by=place.organiser, round=place.round, at=LATER)
    round = following(place)
    for side in Side:
        answer(place, round, former, side)
    client.force_login(place.secretary)
    page = client.get(former.get_absolute_url()).content.decode()
    assert Pairing.objects.get(renews=former).get_absolute_url() in page
    assert client.get(place.round.get_absolute_url()).status_code == 200


@pytest.mark.clause("SH-38")
def test_both_sides_are_told_thirty_and_seven_days_before_the_term_ends_once_each(place, former):
    def told():
        return Message.objects.filter(key__startswith=f"pairing:{former.pk}:expires").count()

    Pairing.objects.filter(pk=former.pk).update(ends_on=LATER.date())
    for days, expected in ((31, 0), (30, 2), (29, 2), (8, 2), (6, 4), (0, 4), (-1, 4)):
        expiry.remind_expiring(at=LATER - timedelta(days=days))
        expiry.remind_expiring(at=LATER - timedelta(days=days))
        assert told() == expected, days
    assert "青山县马岭村" in Message.objects.filter(organisation=place.unit).latest("pk").subject_text


def test_a_missed_day_catches_up_with_the_nearer_stage_only(place, former):
    Pairing.objects.filter(pk=former.pk).update(ends_on=LATER.date())
    assert expiry.remind_expiring(at=LATER - timedelta(days=3)) == 2
    keys = set(Message.objects.filter(key__contains=":expires:").values_list("key", flat=True))
    assert keys == {f"pairing:{former.pk}:expires:7"}


@pytest.mark.clause("SH-38")
def test_a_term_that_is_over_shows_in_the_list_and_on_the_page(client, place, former):
    Pairing.objects.filter(pk=former.pk).update(ends_on=IN_TIME.date() - timedelta(days=400))
    client.force_login(place.secretary)
    ended, ending = (client.get(f"{reverse('pairings')}?term={term}") for term in ("ended", "30"))
    assert [answer.context["table"].paginator.count for answer in (ended, ending)] == [1, 0]
    assert "note-late" in client.get(former.get_absolute_url()).content.decode()


def test_by_the_pages_from_the_last_round_to_the_renewed_pairing(client, place, former):
    client.force_login(place.organiser)
    address = reverse("next_round", args=[place.round.pk])
    shown = client.get(address).context["form"]
    data = {name: "" if (value := shown[name].value()) is None else value for name in shown.fields}
    made = client.post(address, {**data, "starts_on": shown["starts_on"].value().isoformat()})
    round = Round.objects.exclude(pk=place.round.pk).get()
    assert made["Location"] == round.get_absolute_url()
    client.post(reverse("open_round", args=[round.pk]))
    renew = reverse("renew_pairing", args=[former.pk])
    client.force_login(place.secretary)
    assert renew in client.get("/").content.decode()
    client.post(renew, {"verb": "consent"})
    client.force_login(place.village_secretary)
    page = client.get(renew).content.decode()
    assert "王志远" in page
    assert "经果林苗木" in page
    done = client.post(renew, {"verb": "consent"})
    assert done["Location"] == Pairing.objects.get(renews=former).get_absolute_url()
    client.force_login(place.organiser)
    renewals = reverse("renewals", args=[round.pk])
    assert renew in client.get(f"{renewals}?outcome=renewed").content.decode()
    assert renew not in client.get(f"{renewals}?outcome=declined").content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_pages_take_the_same_statements_whatever_the_rows(client, place, former, more):
    for _number in range(more):
        unit, village = people.unit(place.root), people.village(place.townships[0])
        factories.agreement(
            factories.pairing(place.round, unit, village, state=PairingState.SIGNED), state=AgreementState.SIGNED
        )
    factories.directory(place.round)
    round = following(place)
    client.force_login(place.organiser)
    assert statements(client, reverse("renewals", args=[round.pk])) == 9
    client.force_login(place.secretary)
    assert statements(client, reverse("renew_pairing", args=[former.pk])) == 12


@pytest.mark.parametrize("more", [0, 5])
def test_rolling_over_takes_the_same_statements_for_any_number_of_pairings(
    django_assert_num_queries, place, former, more
):
    for _number in range(more):
        factories.pairing(
            place.round, people.unit(place.root), people.village(place.townships[0]), state=PairingState.SIGNED
        )
    factories.directory(place.round)
    terms = replace(next_terms(place.round.rules, place.round, starts_on=LATER.date()), milestones=())
    version = place.round.scheme_version
    organiser = type(place.organiser).objects.get(pk=place.organiser.pk)
    organiser.posts  # noqa: B018 - read once
    with django_assert_num_queries(40):
        made = roll_over(by=organiser, round=place.round, scheme_version=version, terms=terms, at=LATER)
        open_round(by=organiser, round=made, at=LATER)
    assert Message.objects.filter(key__startswith=f"renewal:{made.pk}:").count() == 2 * (more + 1)
    assert Agreement.objects.count() == 1


@pytest.mark.clause("SH-13", "SH-34")
def test_a_renewed_pairing_asks_the_partners_of_the_former_one_again(place):
    bank, gone = people.unit(place.root, "农商行"), people.unit(place.root, "水利局")
    factories.directory(place.round)
    pairing = formed(place)
    joined = {"state": PartnerState.JOINED, "answered_at": IN_TIME, "answered_by": place.organiser}
    for unit in (bank, gone):
        PairingPartner.objects.create(pairing=pairing, unit=unit, share=30, contribution="小额贷款", **joined)
    former = signed(place, pairing).pairing
    Organisation.objects.filter(pk=gone.pk).update(closed_on=LATER.date())
    round = following(place)
    for side in Side:
        answer(place, round, former, side)
    row = PairingPartner.objects.get(pairing__renews=former)
    assert (row.unit, row.share, row.contribution, row.state) == (bank, 30, "小额贷款", PartnerState.INVITED)
    assert Message.objects.open().filter(organisation=bank, key=f"partner:{row.pk}:answer").exists()
