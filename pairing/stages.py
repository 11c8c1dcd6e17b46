"""How far each line of a directory is, and whether the next step is its own: one answer for board, lists, home.

Every condition asks for membership in a set that the database builds once, never row by row.
"""

from django.db import models
from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from pairing.models import Agreement, DirectoryEntry, Intention, Pairing, Round
from pairing.scheme import INTENTION, SIGNING
from pairing.states import AgreementState, PairingState, Side, Turn


class Stage(models.TextChoices):
    """Of one unit or village within a round; the step that is most pressing counts."""

    NOTHING = "nothing", _("nobody yet")
    TO_ANSWER = "to_answer", _("has a proposal to answer")
    ASKED = "asked", _("proposed, awaiting an answer")
    TO_CONFIRM = "to_confirm", _("has to confirm the agreement")
    TO_SIGN = "to_sign", _("has to sign the agreement")
    WAITING = "waiting", _("awaiting the other side")
    SIGNED = "signed", _("agreement signed")


# The next step is its own: these are reminded.
BEHIND = (Stage.NOTHING, Stage.TO_ANSWER, Stage.TO_CONFIRM, Stage.TO_SIGN)
# The milestone that each stage is measured by.
DUE = {
    Stage.NOTHING: INTENTION,
    Stage.TO_ANSWER: INTENTION,
    Stage.ASKED: INTENTION,
    Stage.TO_CONFIRM: SIGNING,
    Stage.TO_SIGN: SIGNING,
    Stage.WAITING: SIGNING,
}
# What a public page shows of it.
PUBLIC_TONES = {Stage.SIGNED: "done", Stage.NOTHING: "wait", Stage.ASKED: "wait", Stage.TO_ANSWER: "wait"}


def standing_pairings(round: Round, state: PairingState | None = None) -> models.QuerySet[Pairing]:
    pairings = Pairing.objects.filter(round=round).standing()
    return pairings.filter(state=state) if state else pairings


def agreements_for(round: Round, side: Side, state: tuple[AgreementState, ...]) -> models.QuerySet[Agreement]:
    """Agreements in these states that wait for `side`."""
    negotiated = Agreement.objects.filter(
        pairing__round=round, pairing__state=PairingState.NEGOTIATING, state__in=state
    )
    return negotiated.with_turn().filter(turn__in=[Turn[side.name], Turn.BOTH])


def stage_of(round: Round, side: Side) -> Case:
    """Expression over the directory lines of one side."""
    open_proposals = Intention.objects.filter(round=round).open()

    def belongs_to(rows: models.QuerySet, through: str = "") -> Q:
        return Q(organisation__in=rows.order_by().values(f"{through}{side}"))

    to_confirm = agreements_for(round, side, (AgreementState.DRAFT,))
    to_sign = agreements_for(round, side, (AgreementState.CONFIRMED, AgreementState.SIGNING))
    steps = [
        (belongs_to(open_proposals.filter(proposed_side=side.other)), Stage.TO_ANSWER),
        (belongs_to(to_confirm, "pairing__"), Stage.TO_CONFIRM),
        (belongs_to(to_sign, "pairing__"), Stage.TO_SIGN),
        (belongs_to(standing_pairings(round, PairingState.NEGOTIATING)), Stage.WAITING),
        (belongs_to(standing_pairings(round, PairingState.SIGNED)), Stage.SIGNED),
        (belongs_to(open_proposals), Stage.ASKED),
    ]
    return Case(
        *(When(condition, then=Value(stage)) for condition, stage in steps),
        default=Value(Stage.NOTHING),
        output_field=CharField(),
    )


def public_stage_of(round: Round, side: Side) -> Case:
    """Without the inner workings: nobody yet, proposed, intention reached, signed."""
    steps = [
        (standing_pairings(round, PairingState.SIGNED), Stage.SIGNED),
        (standing_pairings(round, PairingState.NEGOTIATING), Stage.WAITING),
        (Intention.objects.filter(round=round).open(), Stage.ASKED),
    ]
    return Case(
        *(When(organisation__in=rows.order_by().values(side), then=Value(stage)) for rows, stage in steps),
        default=Value(Stage.NOTHING),
        output_field=CharField(),
    )


def lines(round: Round, side: Side) -> models.QuerySet[DirectoryEntry]:
    """The lines of the newest directory of a round; none before it is published."""
    return DirectoryEntry.objects.filter(directory=round.newest_directory, side=side)


def behind(round: Round, side: Side) -> models.QuerySet[DirectoryEntry]:
    """The lines whose own step is missing, each with its `stage`."""
    return lines(round, side).annotate(stage=stage_of(round, side)).filter(stage__in=BEHIND)
