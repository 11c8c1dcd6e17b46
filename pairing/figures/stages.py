"""How far each line of a directory is, and whether the next step is its own: one answer for board, lists, home.

Every condition asks for membership in a set that the database builds once, never row by row.
"""

from datetime import date

from django.db import models
from django.db.models import Case, CharField, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.models import Agreement, DirectoryEntry, Intention, Pairing, PairingPartner, Round
from pairing.schemes.scheme import INTENTION, SIGNING
from pairing.states import PairingState, Side


class Stage(models.IntegerChoices):
    """Of one unit or village within a round, worst first; the step that is most pressing counts."""

    NOTHING = 1, _("nobody yet")
    TO_ANSWER = 2, _("has a proposal to answer")
    TO_CONFIRM = 3, _("has to confirm the agreement")
    TO_SIGN = 4, _("has to sign the agreement")
    WAITING = 5, _("awaiting the other side")  # or done: nothing that is its own to do


# The next step is its own: these are reminded, each measured by a milestone.
BEHIND = {
    Stage.NOTHING: INTENTION,
    Stage.TO_ANSWER: INTENTION,
    Stage.TO_CONFIRM: SIGNING,
    Stage.TO_SIGN: SIGNING,
}


class PublicStage(models.TextChoices):
    """What everybody may know of a village or unit."""

    SIGNED = "signed", _("agreement signed")
    REACHED = "reached", _("intention reached")
    PROPOSED = "proposed", _("proposal made")
    NOBODY = "nobody", _("nobody yet")


PUBLIC_TONES = {
    PublicStage.SIGNED: "done",
    PublicStage.REACHED: "soon",
    PublicStage.PROPOSED: "wait",
    PublicStage.NOBODY: "wait",
}


def standing_pairings(round: Round, state: PairingState | None = None) -> models.QuerySet[Pairing]:
    pairings = Pairing.objects.filter(round=round).standing()
    return pairings.filter(state=state) if state else pairings


def stage_of(round: Round, side: Side) -> Case:
    """Expression over the directory lines of one side."""
    proposals = Intention.objects.filter(round=round).open().order_by()
    negotiated = Agreement.objects.filter(pairing__round=round, pairing__state=PairingState.NEGOTIATING).order_by()
    standing = standing_pairings(round).order_by()
    has_somebody = belongs_to(standing.values(side)) | belongs_to(proposals.values(side))
    if side == Side.UNIT:
        has_somebody |= belongs_to(PairingPartner.objects.joined().filter(pairing__in=standing).values("unit"))
    party = f"pairing__{side}"
    return Case(
        When(belongs_to(proposals.filter(proposed_side=side.other).values(side)), then=Value(Stage.TO_ANSWER)),
        When(belongs_to(negotiated.to_confirm_by(side).values(party)), then=Value(Stage.TO_CONFIRM)),
        When(belongs_to(negotiated.to_sign_by(side).values(party)), then=Value(Stage.TO_SIGN)),
        When(has_somebody, then=Value(Stage.WAITING)),
        default=Value(Stage.NOTHING),
        output_field=IntegerField(),
    )


def belongs_to(parties: models.QuerySet) -> Q:
    return Q(organisation__in=parties)


def public_sets(round: Round) -> dict[PublicStage, models.QuerySet]:
    """Without the inner workings: what makes a line signed, reached or proposed; the first that fits counts."""
    return {
        PublicStage.SIGNED: standing_pairings(round, PairingState.SIGNED).order_by(),
        PublicStage.REACHED: standing_pairings(round, PairingState.NEGOTIATING).order_by(),
        PublicStage.PROPOSED: Intention.objects.filter(round=round).open().order_by(),
    }


def public_stage_of(round: Round, side: Side) -> Coalesce:
    """For the few lines of a page: looked up line by line, where EXISTS would be turned into whole sets."""

    def found(rows: models.QuerySet, stage: PublicStage) -> Subquery:
        own = rows.filter(**{side: OuterRef("organisation")}).order_by()
        return Subquery(own.annotate(public_stage=Value(stage)).values("public_stage")[:1], output_field=CharField())

    steps = [found(rows, stage) for stage, rows in public_sets(round).items()]
    return Coalesce(*steps, Value(PublicStage.NOBODY), output_field=CharField())


def at_public_stage(round: Round, side: Side, stage: str) -> Q:
    """For narrowing a whole directory: by sets."""
    fits = Q()
    for each, rows in public_sets(round).items():
        belongs = Q(organisation__in=rows.values(side))
        if each == stage:
            return fits & belongs
        fits &= ~belongs
    return fits


def lines(round: Round, side: Side | None = None) -> models.QuerySet[DirectoryEntry]:
    """The lines of the newest directory of a round, both sides or one; none before it is published."""
    entries = DirectoryEntry.objects.current(round)
    return entries.filter(side=side) if side else entries


def with_stage(entries: models.QuerySet[DirectoryEntry], round: Round) -> models.QuerySet:
    stage = Case(
        When(side=Side.UNIT, then=stage_of(round, Side.UNIT)),
        default=stage_of(round, Side.VILLAGE),
        output_field=IntegerField(),
    )
    return entries.annotate(stage=stage)


def behind(round: Round) -> models.QuerySet:
    """The lines whose own step is missing, worst first: who has nobody, who owes an answer, who owes a signature."""
    found = with_stage(lines(round), round).filter(stage__lte=max(BEHIND)).order_by("stage", "-side", "pk")
    return measured(found, round)


def measured(entries: models.QuerySet[DirectoryEntry], round: Round) -> models.QuerySet:
    """With the days that measure the next step of each."""
    days = {f"{key}_day": Value(last_day(round, key), models.DateField()) for key in (INTENTION, SIGNING)}
    return entries.annotate(round_pk=Value(round.pk), **days)


def place(line: DirectoryEntry, round: Round, stage: int) -> None:
    """Give a single line what `behind` gives each: its stage and the days that measure it."""
    vars(line).update(
        stage=stage, round_pk=round.pk, **{f"{key}_day": last_day(round, key) for key in (INTENTION, SIGNING)}
    )


def last_day(round: Round, milestone: str) -> date | None:
    deadline = round.deadline(milestone)
    return deadline.last_day if deadline else None


def due_on(line) -> date | None:
    """The last day that counts for the next step of a line of `behind`; None where the round has no deadline.

    Chosen here and not in the database, which would work out the stage anew for each case.
    """
    return getattr(line, f"{BEHIND[Stage(line.stage)]}_day")


def with_partners(
    entries: models.QuerySet[DirectoryEntry], round: Round, *sides: Side
) -> models.QuerySet[DirectoryEntry]:
    """Each line with its organisation, and its standing pairings of this round: one more statement a side."""
    standing = standing_pairings(round).order_by("pk")
    unneeded = ("organisation__search_text", "organisation__search_grams", "organisation__tags")
    return (
        entries.select_related("organisation")
        .defer(*unneeded)
        .prefetch_related(
            *(
                Prefetch(
                    f"organisation__pairings_as_{side}",
                    standing.select_related(side.other).only("round", side, f"{side.other}__name"),
                    to_attr=f"standing_as_{side}",
                )
                for side in sides or Side
            )
        )
    )


def partners(entry: DirectoryEntry) -> list[Organisation]:
    """Whom a line that was read `with_partners` is paired with."""
    side = Side(entry.side)
    return [pairing.party(side.other) for pairing in getattr(entry.organisation, f"standing_as_{side}")]
