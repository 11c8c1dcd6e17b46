import pytest

from core.refusals import Refused
from pairing.states import (
    TONES,
    TRANSITIONS,
    AgreementState,
    CommitmentState,
    EndingState,
    EntryState,
    ExchangeState,
    IntentionState,
    IssueState,
    LetterState,
    PairingState,
    PartnerState,
    PlanState,
    RoundState,
    SuggestionState,
    TargetState,
    check_transition,
    tone,
)

KINDS = (
    RoundState,
    IntentionState,
    PartnerState,
    PairingState,
    AgreementState,
    EndingState,
    PlanState,
    TargetState,
    LetterState,
    CommitmentState,
    IssueState,
    SuggestionState,
    EntryState,
    ExchangeState,
)


def test_every_state_is_listed_with_its_ways_onward():
    assert set(TRANSITIONS) == set(TONES) == set(KINDS)
    for kind in KINDS:
        assert list(TRANSITIONS[kind]) == list(kind)
        assert all(type(then) is kind for ways in TRANSITIONS[kind].values() for then in ways)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (RoundState.DRAFT, {RoundState.OPEN}),
        (RoundState.OPEN, {RoundState.CLOSED}),
        (RoundState.CLOSED, set()),
        (IntentionState.PROPOSED, set(IntentionState) - {IntentionState.PROPOSED}),
        (IntentionState.ACCEPTED, {IntentionState.OVERRULED, IntentionState.WITHDRAWN}),
        (IntentionState.DECLINED, set()),
        (IntentionState.WITHDRAWN, set()),
        (IntentionState.OVERRULED, set()),
        (IntentionState.LAPSED, set()),
        (IntentionState.COUNTERED, set()),
        (PartnerState.INVITED, {PartnerState.JOINED, PartnerState.DECLINED, PartnerState.LEFT}),
        (PartnerState.JOINED, {PartnerState.LEFT}),
        (PartnerState.DECLINED, set()),
        (PartnerState.LEFT, set()),
        (PairingState.NEGOTIATING, {PairingState.SIGNED, PairingState.RELEASED}),
        (PairingState.SIGNED, {PairingState.ENDED}),
        (PairingState.RELEASED, set()),
        (PairingState.ENDED, set()),
        (AgreementState.DRAFT, {AgreementState.CONFIRMED, AgreementState.VOID}),
        (AgreementState.CONFIRMED, {AgreementState.SIGNING, AgreementState.DRAFT, AgreementState.VOID}),
        (AgreementState.SIGNING, {AgreementState.SIGNED, AgreementState.VOID}),
        (AgreementState.SIGNED, {AgreementState.SUPERSEDED}),
        (AgreementState.SUPERSEDED, set()),
        (AgreementState.VOID, set()),
        (PlanState.DRAFT, {PlanState.PROPOSED}),
        (PlanState.PROPOSED, {PlanState.CONFIRMED, PlanState.DRAFT}),
        (PlanState.CONFIRMED, set()),
        (TargetState.NOT_BEGUN, {TargetState.UNDER_WAY, TargetState.CLAIMED}),
        (TargetState.UNDER_WAY, {TargetState.CLAIMED}),
        (TargetState.CLAIMED, {TargetState.MET, TargetState.UNDER_WAY}),
        (TargetState.MET, set()),
        (LetterState.DRAWN, {LetterState.SIGNING, LetterState.VOID}),
        (LetterState.SIGNING, {LetterState.SIGNED, LetterState.VOID}),
        (LetterState.SIGNED, set()),
        (CommitmentState.DRAFT, {CommitmentState.PROMISED}),
        (CommitmentState.CLAIMED, {CommitmentState.FULFILLED, CommitmentState.UNDER_WAY}),
        (CommitmentState.FULFILLED, set()),
        (CommitmentState.UNFULFILLED, {CommitmentState.CLAIMED}),
        (EndingState.PROPOSED, set(EndingState) - {EndingState.PROPOSED}),
        (EndingState.DONE, set()),
        (IssueState.OPEN, {IssueState.ASSIGNED, IssueState.WITHDRAWN}),
        (IssueState.CLAIMED, {IssueState.CONFIRMED, IssueState.UNDER_WAY}),
        (IssueState.CONFIRMED, {IssueState.CLOSED, IssueState.REOPENED}),
        (IssueState.CLOSED, {IssueState.REOPENED}),
        (IssueState.WITHDRAWN, set()),
        (SuggestionState.ANSWERED, set()),
        (EntryState.MATCHED, {EntryState.OPEN}),
        (ExchangeState.DONE, {ExchangeState.CONFIRMED, ExchangeState.ACCEPTED}),
        (ExchangeState.CONFIRMED, set()),
    ],
)
def test_a_step_that_is_not_listed_is_refused_with_its_sentence(now, allowed):
    for then in type(now):
        if then in allowed:
            check_transition(now.value, then, "no")
        else:
            with pytest.raises(Refused, match=r"^no$"):
                check_transition(now.value, then, "no")


def test_the_tone_of_a_round_is_not_that_of_an_agreement_with_the_same_word():
    assert (tone(RoundState.DRAFT), tone(AgreementState.DRAFT)) == ("wait", "soon")
