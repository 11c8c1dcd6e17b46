"""Every state and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused


class Side(models.TextChoices):
    UNIT = "unit", _("aiding unit")
    VILLAGE = "village", _("paired village")

    @property
    def other(self) -> "Side":
        return Side.VILLAGE if self == Side.UNIT else Side.UNIT


class Origin(models.TextChoices):
    """How the two came together (SH-16, TC-05)."""

    VOLUNTARY = "voluntary", _("voluntary choice")
    ASSIGNED = "assigned", _("assignment")
    VILLAGERS_CHOICE = "villagers_choice", _("choice by villagers")


class RoundState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class IntentionState(models.TextChoices):
    PROPOSED = "proposed", _("awaiting an answer")
    ACCEPTED = "accepted", _("intention reached")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OVERRULED = "overruled", _("decided by the organiser")
    LAPSED = "lapsed", _("lapsed, the place is taken")
    COUNTERED = "countered", _("answered with a counter-proposal")


class PartnerState(models.TextChoices):
    """Of a unit beside the lead of a consortium (SH-13)."""

    INVITED = "invited", _("invited, awaiting an answer")
    JOINED = "joined", _("joined")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")


class PairingState(models.TextChoices):
    NEGOTIATING = "negotiating", _("negotiating the agreement")
    SIGNED = "signed", _("agreement signed")
    RELEASED = "released", _("released")
    ENDED = "ended", _("ended")


STANDING = (PairingState.NEGOTIATING, PairingState.SIGNED)  # those that take a place on both sides


class EndReason(models.TextChoices):
    """Why a signed pairing no longer stands. One whose term has merely run out stays signed: `is_expired` says so."""

    EARLY = "early", _("ended early by both sides")
    RESELECTION = "reselection", _("back to the pool for re-selection")
    TARGETS_MET = "targets_met", _("closed, its targets met")
    ORGANISATION_GONE = "organisation_gone", _("one side merged or closed")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("being negotiated")
    CONFIRMED = "confirmed", _("confirmed by both, to be signed")
    SIGNING = "signing", _("signed by one side")
    SIGNED = "signed", _("signed by both sides")
    SUPERSEDED = "superseded", _("replaced by an amendment")
    VOID = "void", _("void")


UNDER_WAY = (AgreementState.DRAFT, AgreementState.CONFIRMED, AgreementState.SIGNING)  # at most one of a pairing
SEALED = (AgreementState.SIGNED, AgreementState.SUPERSEDED)  # signed by both, unchangeable


class EndingState(models.TextChoices):
    """Of the proposal to end a signed pairing."""

    PROPOSED = "proposed", _("awaiting an answer")
    DONE = "done", _("ended")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed, the pairing ended otherwise")


class Turn(models.TextChoices):
    """Whose turn it is with an agreement (pairing/agreements/turns.py derives it)."""

    UNIT = "unit", _("the unit's turn")
    VILLAGE = "village", _("the village's turn")
    BOTH = "both", _("both sides' turn")
    NOBODY = "nobody", _("nothing to do")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("to be confirmed by the other side")
    CONFIRMED = "confirmed", _("confirmed by both sides")


class TargetState(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    CLAIMED = "claimed", _("claimed, to be confirmed")
    MET = "met", _("met")


class LetterState(models.TextChoices):
    DRAWN = "drawn", _("drawn up, to be signed")
    SIGNING = "signing", _("signed by one party")
    SIGNED = "signed", _("signed by unit and organiser")
    VOID = "void", _("void")


class Signatory(models.TextChoices):
    """Who signs a responsibility letter (QX-05)."""

    UNIT = "unit", _("aiding unit")
    ORGANISER = "organiser", _("organiser of the round")


class CommitmentState(models.TextChoices):
    DRAFT = "draft", _("not published")
    PROMISED = "promised", _("promised")
    UNDER_WAY = "under_way", _("under way")
    CLAIMED = "claimed", _("said to be fulfilled")
    FULFILLED = "fulfilled", _("fulfilled")
    UNFULFILLED = "unfulfilled", _("not fulfilled")


class IssueState(models.TextChoices):
    """Of a line of the issue ledger (问题台账): closed after a confirmation, never on a claim."""

    OPEN = "open", _("raised, nobody assigned")
    ASSIGNED = "assigned", pgettext_lazy("issue", "assigned")
    UNDER_WAY = "under_way", pgettext_lazy("issue", "in progress")
    CLAIMED = "claimed", _("claimed solved, to be confirmed")
    CONFIRMED = "confirmed", _("confirmed, to be closed")
    CLOSED = "closed", pgettext_lazy("issue", "closed")
    REOPENED = "reopened", _("re-opened")
    WITHDRAWN = "withdrawn", _("withdrawn")


UNSOLVED = (IssueState.OPEN, IssueState.ASSIGNED, IssueState.UNDER_WAY, IssueState.CLAIMED, IssueState.REOPENED)
OVER = (IssueState.CLOSED, IssueState.WITHDRAWN)  # nothing more is to be done with an issue


class SuggestionState(models.TextChoices):
    SENT = "sent", _("awaiting a reply")
    ANSWERED = "answered", _("answered")


class EntryState(models.TextChoices):
    """Of an offer or a request on the board of resources (SH-25)."""

    OPEN = "open", pgettext_lazy("board of resources", "open")
    MATCHED = "matched", _("matched")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class ExchangeState(models.TextChoices):
    """Of one who asks for an offer, or answers a request, until both say that it took place."""

    ASKED = "asked", _("asked, awaiting an answer")
    ACCEPTED = "accepted", _("agreed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DONE = "done", _("done, to be confirmed")
    CONFIRMED = "confirmed", _("done, confirmed by both")


# By the class of the state first: "draft" of a round and "draft" of an agreement are equal as texts.
TRANSITIONS: dict[type[models.TextChoices], dict] = {
    RoundState: {
        RoundState.DRAFT: (RoundState.OPEN,),
        RoundState.OPEN: (RoundState.CLOSED,),
        RoundState.CLOSED: (),
    },
    IntentionState: {
        IntentionState.PROPOSED: (
            IntentionState.ACCEPTED,
            IntentionState.DECLINED,
            IntentionState.WITHDRAWN,
            IntentionState.OVERRULED,
            IntentionState.LAPSED,
            IntentionState.COUNTERED,
        ),
        IntentionState.ACCEPTED: (IntentionState.OVERRULED, IntentionState.WITHDRAWN),
        IntentionState.DECLINED: (),
        IntentionState.WITHDRAWN: (),
        IntentionState.OVERRULED: (),
        IntentionState.LAPSED: (),
        IntentionState.COUNTERED: (),
    },
    PartnerState: {
        PartnerState.INVITED: (PartnerState.JOINED, PartnerState.DECLINED, PartnerState.LEFT),
        PartnerState.JOINED: (PartnerState.LEFT,),
        PartnerState.DECLINED: (),
        PartnerState.LEFT: (),
    },
    PairingState: {
        PairingState.NEGOTIATING: (PairingState.SIGNED, PairingState.RELEASED),
        PairingState.SIGNED: (PairingState.ENDED,),
        PairingState.RELEASED: (),
        PairingState.ENDED: (),
    },
    AgreementState: {
        AgreementState.DRAFT: (AgreementState.CONFIRMED, AgreementState.VOID),
        AgreementState.CONFIRMED: (AgreementState.SIGNING, AgreementState.DRAFT, AgreementState.VOID),
        AgreementState.SIGNING: (AgreementState.SIGNED, AgreementState.VOID),
        AgreementState.SIGNED: (AgreementState.SUPERSEDED,),
        AgreementState.SUPERSEDED: (),
        AgreementState.VOID: (),
    },
    EndingState: {
        EndingState.PROPOSED: (EndingState.DONE, EndingState.DECLINED, EndingState.WITHDRAWN, EndingState.LAPSED),
        EndingState.DONE: (),
        EndingState.DECLINED: (),
        EndingState.WITHDRAWN: (),
        EndingState.LAPSED: (),
    },
    PlanState: {
        PlanState.DRAFT: (PlanState.PROPOSED,),
        PlanState.PROPOSED: (PlanState.CONFIRMED, PlanState.DRAFT),
        PlanState.CONFIRMED: (),
    },
    TargetState: {
        TargetState.NOT_BEGUN: (TargetState.UNDER_WAY, TargetState.CLAIMED),
        TargetState.UNDER_WAY: (TargetState.CLAIMED,),
        TargetState.CLAIMED: (TargetState.MET, TargetState.UNDER_WAY),
        TargetState.MET: (),
    },
    LetterState: {
        LetterState.DRAWN: (LetterState.SIGNING, LetterState.VOID),
        LetterState.SIGNING: (LetterState.SIGNED, LetterState.VOID),
        LetterState.SIGNED: (),
        LetterState.VOID: (),
    },
    CommitmentState: {
        CommitmentState.DRAFT: (CommitmentState.PROMISED,),
        CommitmentState.PROMISED: (
            CommitmentState.UNDER_WAY,
            CommitmentState.CLAIMED,
            CommitmentState.UNFULFILLED,
        ),
        CommitmentState.UNDER_WAY: (CommitmentState.CLAIMED, CommitmentState.UNFULFILLED),
        CommitmentState.CLAIMED: (CommitmentState.FULFILLED, CommitmentState.UNDER_WAY),
        CommitmentState.FULFILLED: (),
        CommitmentState.UNFULFILLED: (CommitmentState.CLAIMED,),
    },
    IssueState: {
        IssueState.OPEN: (IssueState.ASSIGNED, IssueState.WITHDRAWN),
        IssueState.ASSIGNED: (IssueState.UNDER_WAY, IssueState.CLAIMED, IssueState.WITHDRAWN),
        IssueState.UNDER_WAY: (IssueState.ASSIGNED, IssueState.CLAIMED, IssueState.WITHDRAWN),
        IssueState.CLAIMED: (IssueState.CONFIRMED, IssueState.UNDER_WAY),
        IssueState.CONFIRMED: (IssueState.CLOSED, IssueState.REOPENED),
        IssueState.CLOSED: (IssueState.REOPENED,),
        IssueState.REOPENED: (
            IssueState.ASSIGNED,
            IssueState.UNDER_WAY,
            IssueState.CLAIMED,
            IssueState.WITHDRAWN,
        ),
        IssueState.WITHDRAWN: (),
    },
    SuggestionState: {SuggestionState.SENT: (SuggestionState.ANSWERED,), SuggestionState.ANSWERED: ()},
    EntryState: {
        EntryState.OPEN: (EntryState.MATCHED, EntryState.WITHDRAWN, EntryState.EXPIRED),
        EntryState.MATCHED: (EntryState.OPEN,),
        EntryState.WITHDRAWN: (),
        EntryState.EXPIRED: (),
    },
    ExchangeState: {
        ExchangeState.ASKED: (ExchangeState.ACCEPTED, ExchangeState.DECLINED, ExchangeState.WITHDRAWN),
        ExchangeState.ACCEPTED: (ExchangeState.DONE, ExchangeState.WITHDRAWN),
        ExchangeState.DECLINED: (),
        ExchangeState.WITHDRAWN: (),
        ExchangeState.DONE: (ExchangeState.CONFIRMED, ExchangeState.ACCEPTED),
        ExchangeState.CONFIRMED: (),
    },
}

# What a badge says without words: late | soon | done | wait (templates/parts).
TONES: dict[type[models.TextChoices], dict] = {
    RoundState: {RoundState.DRAFT: "wait", RoundState.OPEN: "soon", RoundState.CLOSED: "done"},
    IntentionState: {IntentionState.PROPOSED: "soon", IntentionState.ACCEPTED: "done"},
    PartnerState: {PartnerState.INVITED: "soon", PartnerState.JOINED: "done"},
    PairingState: {PairingState.NEGOTIATING: "soon", PairingState.SIGNED: "done"},
    AgreementState: {
        AgreementState.DRAFT: "soon",
        AgreementState.CONFIRMED: "soon",
        AgreementState.SIGNING: "soon",
        AgreementState.SIGNED: "done",
    },
    EndingState: {EndingState.PROPOSED: "soon", EndingState.DONE: "done"},
    PlanState: {PlanState.DRAFT: "wait", PlanState.PROPOSED: "soon", PlanState.CONFIRMED: "done"},
    TargetState: {TargetState.CLAIMED: "soon", TargetState.MET: "done"},
    LetterState: {LetterState.DRAWN: "soon", LetterState.SIGNING: "soon", LetterState.SIGNED: "done"},
    CommitmentState: {
        CommitmentState.CLAIMED: "soon",
        CommitmentState.FULFILLED: "done",
        CommitmentState.UNFULFILLED: "late",
    },
    IssueState: {
        IssueState.OPEN: "soon",
        IssueState.ASSIGNED: "soon",
        IssueState.UNDER_WAY: "soon",
        IssueState.CLAIMED: "soon",
        IssueState.CONFIRMED: "done",
        IssueState.CLOSED: "done",
        IssueState.REOPENED: "late",
    },
    SuggestionState: {SuggestionState.SENT: "soon", SuggestionState.ANSWERED: "done"},
    EntryState: {EntryState.OPEN: "soon", EntryState.MATCHED: "done"},
    ExchangeState: {
        ExchangeState.ASKED: "soon",
        ExchangeState.ACCEPTED: "soon",
        ExchangeState.DONE: "soon",
        ExchangeState.CONFIRMED: "done",
    },
}


def check_transition(now, then, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step. `then` is a member of its enum."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
