import pytest

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing import rules
from pairing.actions import agreements as acts
from pairing.agreements.content import Promise, content_hash, is_as_signed
from pairing.models import Agreement, Commitment, NegotiationNote, Pairing, Signature
from pairing.states import AgreementState, PairingState, Side, Turn
from pairing.tests.market import AFTER_JULY, IN_TIME, county, forest_terms, formed, negotiated, sign, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return county()


@pytest.fixture
def draft(place):
    return formed(place).agreements.get()


def revise(place, agreement, side=Side.UNIT, **changes):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    version = changes.pop("version", agreement.version)
    terms = forest_terms(agreement, **changes)
    return acts.revise_agreement(by=person, agreement=agreement, side=side, version=version, terms=terms, at=IN_TIME)


def confirm(place, agreement, side):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    return acts.confirm_agreement(by=person, agreement=agreement, side=side, version=agreement.version, at=IN_TIME)


def turn(agreement):
    return Agreement.objects.with_turn().get(pk=agreement.pk).turn


def asked(organisation):
    return Message.objects.open().filter(organisation=organisation).count()


@pytest.mark.clause("SH-37")
def test_the_two_take_turns_until_both_have_signed(place, draft):
    assert turn(draft) == Turn.UNIT
    draft = revise(place, draft)
    assert turn(draft) == Turn.UNIT
    draft = confirm(place, draft, Side.UNIT)
    assert (turn(draft), asked(place.unit), asked(place.village)) == (Turn.VILLAGE, 0, 1)
    draft = revise(place, draft, Side.VILLAGE, terms="另有约定。")
    assert (turn(draft), draft.unit_confirmed_at) == (Turn.VILLAGE, None)
    draft = confirm(place, draft, Side.VILLAGE)
    assert (turn(draft), asked(place.unit), asked(place.village)) == (Turn.UNIT, 1, 0)
    draft = confirm(place, draft, Side.UNIT)
    assert (draft.state, turn(draft)) == (AgreementState.CONFIRMED, Turn.BOTH)
    assert (asked(place.unit), asked(place.village)) == (1, 1)
    draft = sign(place, draft, Side.VILLAGE)
    assert (draft.state, turn(draft)) == (AgreementState.SIGNING, Turn.UNIT)
    draft = sign(place, draft, Side.UNIT)
    assert (draft.state, turn(draft)) == (AgreementState.SIGNED, Turn.NOBODY)
    assert (asked(place.unit), asked(place.village)) == (0, 0)


@pytest.mark.clause("SH-32")
@pytest.mark.parametrize(("at", "late"), [(IN_TIME, False), (AFTER_JULY, True)])
def test_the_second_signature_seals_the_pairing_with_person_and_moment(place, draft, at, late):
    agreement = signed(place, draft.pairing, at)
    pairing = Pairing.objects.get()
    assert (agreement.is_late, agreement.signed_at) == (late, at)
    assert (pairing.state, pairing.signed_on) == (PairingState.SIGNED, at.date())
    found = list(Signature.objects.order_by("side").values_list("side", "name", "signed_by", "signed_at"))
    assert found == [
        ("unit", "王志远", place.secretary.pk, at),
        ("village", "李桂兰", place.village_secretary.pk, at),
    ]
    assert is_as_signed(agreement)


def test_an_edit_on_an_old_version_is_refused_and_changes_nothing(place, draft):
    revise(place, draft, Side.VILLAGE, terms="村方写的")
    with pytest.raises(acts.Outdated):
        revise(place, draft, Side.UNIT, version=draft.version, terms="单位写的")
    assert Agreement.objects.get().terms == "村方写的"


def test_saving_without_a_change_clears_no_confirmation(place, draft):
    draft = confirm(place, revise(place, draft), Side.UNIT)
    same = revise(place, draft, Side.VILLAGE)
    assert (same.version, same.unit_confirmed_at) == (draft.version, IN_TIME)


def test_a_confirmation_belongs_to_the_version_that_was_read(place, draft):
    draft = confirm(place, revise(place, draft), Side.UNIT)
    with pytest.raises(Refused):
        acts.confirm_agreement(
            by=place.village_secretary, agreement=draft, side=Side.VILLAGE, version=draft.version - 1, at=IN_TIME
        )
    assert Agreement.objects.get().village_confirmed_at is None


@pytest.mark.clause("SH-42")
@pytest.mark.parametrize("missing", ["leader_in_charge", "responsible_dept"])
def test_the_unit_names_leader_and_department_before_it_confirms(place, draft, missing):
    draft = revise(place, draft, **{missing: ""})
    with pytest.raises(Refused, match="SH-42"):
        confirm(place, draft, Side.UNIT)
    assert Agreement.objects.get().unit_confirmed_at is None


@pytest.mark.clause("SF-23")
def test_an_agreement_without_duties_is_not_confirmed(place, draft):
    draft = revise(place, draft, commitments=[])
    with pytest.raises(Refused):
        confirm(place, draft, Side.UNIT)
    assert Agreement.objects.get().unit_confirmed_at is None


@pytest.mark.parametrize(("amount", "warned"), [(19_999, True), (20_000, False), (30_000, False)])
def test_less_money_for_a_weak_village_than_the_scheme_names_is_warned_not_refused(place, draft, amount, warned):
    draft = revise(place, draft, commitments=[Promise("money", "资助", amount)])
    assert ("SH-46" in str(rules.money_warning(draft))) is warned
    assert confirm(place, draft, Side.UNIT).unit_confirmed_at == IN_TIME


def test_sending_back_clears_the_confirmations_and_keeps_the_words(place, draft):
    draft = confirm(place, revise(place, draft), Side.UNIT)
    back = acts.return_agreement(
        by=place.village_secretary, agreement=draft, side=Side.VILLAGE, words="资金请写明用途", at=IN_TIME
    )
    assert (back.state, back.unit_confirmed_at, turn(back)) == (AgreementState.DRAFT, None, Turn.UNIT)
    assert NegotiationNote.objects.get().words == "资金请写明用途"


def test_after_one_signature_the_text_becomes_void_and_a_copy_is_negotiated_on(place, draft):
    agreement = sign(place, negotiated(place, draft.pairing), Side.UNIT)
    with pytest.raises(Refused):
        revise(place, agreement, Side.VILLAGE, terms="改")
    anew = acts.return_agreement(
        by=place.village_secretary, agreement=agreement, side=Side.VILLAGE, words="再商量", at=IN_TIME
    )
    old = Agreement.objects.get(pk=agreement.pk)
    assert (old.state, old.void_reason, old.signatures.count()) == (AgreementState.VOID, "再商量", 1)
    assert (anew.number, anew.state, anew.signatures.count()) == (2, AgreementState.DRAFT, 0)
    assert [row.title for row in anew.commitments.all()] == ["经果林苗木", "技术培训"]
    assert (asked(place.unit), asked(place.village)) == (1, 0)


def test_only_the_text_that_was_shown_is_signed_by_ones_own_name(place, draft):
    agreement = negotiated(place, draft.pairing)
    right = {"by": place.secretary, "agreement": agreement, "side": Side.UNIT, "at": IN_TIME}
    for wrong in (
        {"name": "王志远", "shown_hash": "0" * 64},
        {"name": "别人", "shown_hash": content_hash(agreement)},
    ):
        with pytest.raises(Refused):
            acts.sign_agreement(**right, **wrong)
    assert not Signature.objects.exists()


def test_one_person_with_a_post_on_both_sides_signs_for_one_only(place, draft):
    people.appointment(place.secretary, "village_secretary", place.village)
    agreement = sign(place, negotiated(place, draft.pairing), Side.UNIT)
    with pytest.raises(Refused):
        acts.sign_agreement(
            by=place.secretary,
            agreement=agreement,
            side=Side.VILLAGE,
            name="王志远",
            shown_hash=content_hash(agreement),
            at=IN_TIME,
        )
    assert Signature.objects.get().side == Side.UNIT


def test_a_second_click_on_confirm_or_sign_does_nothing_twice(place, draft):
    draft = revise(place, draft)
    for _click in range(2):
        confirmed = acts.confirm_agreement(
            by=place.secretary, agreement=draft, side=Side.UNIT, version=draft.version, at=IN_TIME
        )
    agreement = confirm(place, confirmed, Side.VILLAGE)
    for _click in range(2):
        agreement = sign(place, agreement, Side.UNIT)
    assert (agreement.state, Signature.objects.count()) == (AgreementState.SIGNING, 1)


def test_a_liaison_officer_negotiates_but_does_not_sign(place, draft):
    officer = people.user("liaison_officer", place.unit, name="陈国平")
    agreement = negotiated(place, draft.pairing)
    with pytest.raises(Refused):
        acts.sign_agreement(
            by=officer,
            agreement=agreement,
            side=Side.UNIT,
            name="陈国平",
            shown_hash=content_hash(agreement),
            at=IN_TIME,
        )
    assert not Signature.objects.exists()


def test_strangers_do_nothing_with_an_agreement(place, draft):
    other = county("绿水县")
    for stranger in (other.secretary, other.village_secretary, other.organiser, place.organiser):
        for side in Side:
            common = {"by": stranger, "agreement": draft, "side": side, "at": IN_TIME}
            for attempt in (
                lambda c: acts.revise_agreement(**c, version=1, terms=forest_terms(draft)),
                lambda c: acts.confirm_agreement(**c, version=1),
                lambda c: acts.return_agreement(**c, words="不"),
                lambda c: acts.sign_agreement(**c, name=c["by"].name, shown_hash=content_hash(draft)),
                lambda c: acts.attach_scan(**c, upload=("扫描.pdf", b"%PDF-1.4")),
            ):
                with pytest.raises(Refused):
                    attempt(common)
    assert Agreement.objects.filter(pk=draft.pk, version=1, state=AgreementState.DRAFT).exists()
    assert (Commitment.objects.count(), Signature.objects.count(), NegotiationNote.objects.count()) == (0, 0, 0)
