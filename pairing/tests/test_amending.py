"""Amendments: a copy that takes the place of the signed text, or is refused where that moved meanwhile."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from pairing.actions import agreements as acts
from pairing.actions import ending
from pairing.actions.amending import drop_amendment, start_amendment
from pairing.agreements.content import Promise, content_hash, is_as_signed
from pairing.agreements.differing import Piece, differences, pieces
from pairing.models import Agreement, Pairing
from pairing.states import AgreementState, PairingState, Side
from pairing.tests.market import AFTER_JULY, IN_TIME, county, forest_terms, formed, sign, signed

pytestmark = pytest.mark.django_db
NEW_END = date(2028, 12, 31)


@pytest.fixture
def place():
    return county()


@pytest.fixture
def base(place):
    return signed(place, formed(place))


def amend(place, base, side=Side.UNIT):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    return start_amendment(by=person, agreement=base, side=side, at=AFTER_JULY)


def rewritten(place, draft, **changes):
    """The unit writes new terms and both confirm them."""
    terms = forest_terms(draft, **({"ends_on": NEW_END} | changes))
    draft = acts.revise_agreement(
        by=place.secretary, agreement=draft, side=Side.UNIT, version=draft.version, terms=terms, at=AFTER_JULY
    )
    for side, person in ((Side.UNIT, place.secretary), (Side.VILLAGE, place.village_secretary)):
        draft = acts.confirm_agreement(by=person, agreement=draft, side=side, version=draft.version, at=AFTER_JULY)
    return draft


@pytest.mark.clause("SH-37")
def test_with_the_second_signature_the_amendment_is_in_force_and_the_old_text_is_replaced(place, base):
    draft = rewritten(place, amend(place, base))
    draft = sign(place, draft, Side.VILLAGE, AFTER_JULY)
    assert Agreement.objects.get(pk=base.pk).state == AgreementState.SIGNED
    sign(place, draft, Side.UNIT, AFTER_JULY)
    old, new = Agreement.objects.order_by("number")
    assert (old.state, new.state, new.amends, new.number) == (AgreementState.SUPERSEDED, "signed", base, 2)
    assert (old.signed_at, new.signed_at, new.is_late) == (IN_TIME, AFTER_JULY, False)
    assert is_as_signed(old)
    pairing = Pairing.objects.get()
    assert (pairing.state, pairing.signed_on, pairing.ends_on) == (PairingState.SIGNED, IN_TIME.date(), NEW_END)


def test_the_copy_says_the_same_until_somebody_edits_it(place, base):
    draft = amend(place, base)
    assert differences(draft) == []
    assert [row.title for row in draft.commitments.all()] == ["经果林苗木", "技术培训"]
    assert (draft.leader_in_charge, draft.edited_side) == ("赵永安", Side.UNIT)
    told = Message.objects.get(organisation=place.village, key=f"agreement:{draft.pk}:started")
    assert place.unit.name in told.subject_text


def test_what_the_amendment_changes_stands_word_for_word_and_field_by_field(place, base):
    terms = "双方每季度会商一次。"
    commitments = [Promise("money", "经果林苗木", Decimal(30_000)), Promise("activity", "技术培训", None, 2)]
    draft = rewritten(place, amend(place, base), terms=terms, commitments=commitments)
    found = {str(each.label): each.pieces for each in differences(Agreement.objects.get(pk=draft.pk))}
    assert list(found) == ["最后一日", "承诺事项", "其他约定"] or len(found) == 3
    assert found[next(label for label in found if "其他" in label)] == [
        Piece("same", "双方每"),
        Piece("removed", "半年"),
        Piece("added", "季度"),
        Piece("same", "会商一次。"),
    ]
    money = "".join(piece.text for pieces in found.values() for piece in pieces if piece.kind == "added")
    assert "30,000" in money


def test_a_sentence_that_came_and_one_that_went_stand_whole():
    assert list(pieces("甲。乙。", "甲。丙丁。乙。")) == [
        Piece("same", "甲。"),
        Piece("added", "丙丁。"),
        Piece("same", "乙。"),
    ]
    assert list(pieces("", "新。")) == [Piece("added", "新。")]
    long = "一" * 5000
    assert [piece.kind for piece in pieces(long, f"{long}二")] == ["removed", "added"]


def test_one_amendment_at_a_time_and_a_double_click_makes_one(place, base):
    first, second = amend(place, base), amend(place, base)
    assert first == second
    with pytest.raises(Refused):
        amend(place, base, Side.VILLAGE)
    assert Agreement.objects.count() == 2


def test_a_text_that_was_replaced_meanwhile_is_not_amended(place, base):
    draft = rewritten(place, amend(place, base))
    for side in Side:
        draft = sign(place, draft, side, AFTER_JULY)
    with pytest.raises(Refused):
        amend(place, base)
    assert amend(place, draft).number == 3


@pytest.mark.parametrize("until", ["drafted", "half signed"])
def test_a_pairing_that_ended_meanwhile_refuses_the_amendment_and_nothing_is_lost(place, base, until):
    draft = amend(place, base)
    if until == "half signed":
        draft = sign(place, rewritten(place, draft), Side.UNIT, AFTER_JULY)
    ending.reselect(
        by=place.village_secretary, pairing=base.pairing, side=Side.VILLAGE, words="单位撤销", at=AFTER_JULY
    )
    with pytest.raises(Refused):
        sign(place, Agreement.objects.get(pk=draft.pk), Side.VILLAGE, AFTER_JULY)
    with pytest.raises(Refused):
        amend(place, base)
    old, kept = Agreement.objects.order_by("number")
    assert (old.state, kept.state, kept.void_reason) == ("signed", "void", "单位撤销")
    assert kept.commitments.count() == 2


def test_a_dropped_amendment_leaves_the_agreement_in_force(place, base):
    draft = sign(place, rewritten(place, amend(place, base)), Side.UNIT, AFTER_JULY)
    drop_amendment(by=place.village_secretary, agreement=draft, side=Side.VILLAGE, words="不改了", at=AFTER_JULY)
    assert list(Agreement.objects.order_by("number").values_list("state", flat=True)) == ["signed", "void"]
    assert not Message.objects.open().filter(key__startswith="agreement:").exists()
    with pytest.raises(Refused):
        drop_amendment(by=place.secretary, agreement=base, side=Side.UNIT, words="也不要了", at=AFTER_JULY)
    assert amend(place, base).number == 3


def test_sending_back_a_half_signed_amendment_keeps_what_it_amends(place, base):
    draft = sign(place, rewritten(place, amend(place, base)), Side.UNIT, AFTER_JULY)
    anew = acts.return_agreement(
        by=place.village_secretary, agreement=draft, side=Side.VILLAGE, words="再议", at=AFTER_JULY
    )
    assert (anew.number, anew.amends, anew.ends_on) == (3, base, NEW_END)
    for side, person in ((Side.UNIT, place.secretary), (Side.VILLAGE, place.village_secretary)):
        anew = acts.confirm_agreement(by=person, agreement=anew, side=side, version=anew.version, at=AFTER_JULY)
    for side in Side:
        anew = sign(place, anew, side, AFTER_JULY)
    states = list(Agreement.objects.order_by("number").values_list("state", flat=True))
    assert states == ["superseded", "void", "signed"]


def test_strangers_amend_nothing(place, base):
    other = county("绿水县")
    for stranger in (other.secretary, place.organiser):
        with pytest.raises(Refused):
            start_amendment(by=stranger, agreement=base, side=Side.UNIT, at=AFTER_JULY)
    assert Agreement.objects.count() == 1


def test_by_the_pages_from_the_agreement_to_the_editor_and_the_difference(client, place, base):
    client.force_login(place.secretary)
    answer = client.post(reverse("amend_agreement", args=[base.pk]))
    draft = Agreement.objects.under_way().get()
    assert answer["Location"] == reverse("edit_agreement", args=[draft.pk])
    rewritten(place, draft, terms="双方每季度会商一次。")
    for name in ("agreement", "sign_agreement"):
        page = client.get(reverse(name, args=[draft.pk])).content.decode()
        assert "<del>半年</del><ins>季度</ins>" in page
    page = client.get(base.pairing.get_absolute_url()).content.decode()
    assert draft.get_absolute_url() in page
    client.post(reverse("drop_amendment", args=[draft.pk]), {"words": "不改了"})
    assert Agreement.objects.get(pk=draft.pk).state == AgreementState.VOID
    assert client.post(reverse("amend_agreement", args=[draft.pk])).status_code == 302
    assert Agreement.objects.count() == 2


def test_the_text_of_an_amendment_says_which_agreement_it_replaces(client, place, base):
    client.force_login(place.secretary)
    draft = rewritten(place, amend(place, base))
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "取代双方于2026年4月20日签订的第1号协议" in page
    assert content_hash(draft) != content_hash(base)


def test_beside_an_amendment_under_way_another_one_is_refused_with_who_must_do_what(client, place, base):
    draft = rewritten(place, amend(place, base))
    client.force_login(place.village_secretary)
    answer = client.post(reverse("amend_agreement", args=[base.pk]), follow=True)
    (refusal,) = [str(message) for message in answer.context["messages"]]
    assert place.unit.name in refusal
    assert "签署" in refusal
    assert "放弃" in refusal
    assert list(Agreement.objects.order_by("number").values_list("pk", flat=True)) == [base.pk, draft.pk]
    drop_amendment(by=place.secretary, agreement=draft, side=Side.UNIT, words="不改了", at=AFTER_JULY)
    assert amend(place, base, Side.VILLAGE).amends == base
