"""The verbs of assessments: set up, change its rules, open, show, adjust, give points, object, reply, freeze."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from core.periods import Period
from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, Organisation, User
from pairing.models import Round
from pairing.models.scheme_change import in_force
from pairing.schemes.assessment import AssessmentRules
from reports.assessment.reckoning import freeze_rows, reckon, resettle
from reports.models import Appeal, Assessed, Assessment, GivenScore, ScoreAdjustment, ScoreLine
from reports.notices import assessment as notices
from reports.querysets.assessment import MANAGE
from reports.states import TRANSITIONS, AssessmentState


@act(_("set up an assessment"))
def set_up(*, by: User, round: Round, period: Period, at: datetime) -> Assessment:
    """From 「考核」 of the scheme in force on the last day; a year takes in its first half where that is frozen."""
    by.acting(MANAGE, round.organiser)
    held = next(each for each in in_force(round) if each.covers(period.last_day))
    rules = held.version.rules.assessment
    if not rules.items:
        raise Refused(_("The scheme of this round names no items of an assessment. Add 考核 to the scheme first."))
    if period.first_day > timezone.localdate(at):
        raise Refused(_("This period has not begun yet."))
    if Assessment.objects.filter(round=round, period=period.key).exists():
        raise Refused(_("There is an assessment of this period already."))
    half = Assessment.objects.filter(round=round, period=f"{period.key}H1", state=AssessmentState.FROZEN).first()
    return Assessment.objects.create(
        round=round, period=period.key, starts_on=period.first_day, ends_on=period.last_day,
        content=rules.model_dump(mode="json"), earlier=half, made_at=at, made_by=by,
    )  # fmt: skip


@act(_("changed the rules of an assessment"))
def change_rules(*, by: User, assessment: Assessment, changes: dict[str, Any], items: dict[str, dict]) -> Assessment:
    """Before it opens: `changes` by the name of the setting, `items` by code of the item."""
    assessment = locked(by, assessment, AssessmentState.DRAFT)
    content = {**assessment.content, **changes}
    content["items"] = [{**each, **items.get(each["key"], {})} for each in content["items"]]
    try:
        kept = AssessmentRules.model_validate(content)
    except ValidationError as error:
        raise Refused(
            _("These numbers don't fit together: the three weights add up to 100, no floor above the full mark.")
        ) from error
    assessment.content = kept.model_dump(mode="json")
    assessment.save(update_fields=["content"])
    return assessment


@act(_("opened an assessment"))
def open_assessment(*, by: User, assessment: Assessment, at: datetime) -> Assessment:
    """Its rules stand from now on; everything is reckoned for the first time."""
    assessment = moved(locked(by, assessment, AssessmentState.DRAFT), AssessmentState.OPEN)
    reckon(assessment, at)
    return assessment


@act(_("reckoned an assessment anew"))
def reckon_anew(*, by: User, assessment: Assessment, at: datetime) -> Assessment:
    assessment = locked(by, assessment, AssessmentState.OPEN, AssessmentState.SHOWN)
    reckon(assessment, at)
    return assessment


@act(_("showed an assessment to the assessed"))
def show(*, by: User, assessment: Assessment, at: datetime) -> Assessment:
    assessment = moved(locked(by, assessment, AssessmentState.OPEN), AssessmentState.SHOWN)
    reckon(assessment, at)
    notices.tell(assessment, notices.SHOWN, "shown", at)
    return assessment


@act(_("froze an assessment"))
def freeze(*, by: User, assessment: Assessment, at: datetime) -> Assessment:
    """Every line with what speaks for it stays as it is, for good: the database refuses any change."""
    assessment = locked(by, assessment, AssessmentState.SHOWN)
    if timezone.localdate(at) <= assessment.ends_on:
        raise Refused(_("The period still runs: freeze the assessment once it is over."))
    waiting = Appeal.objects.filter(assessed__assessment=assessment, replied_at=None).count()
    if waiting:
        raise Refused(_("Reply to the appeals first: %(number)s still wait.") % {"number": waiting})
    reckon(assessment, at)
    freeze_rows(assessment)
    moved(assessment, AssessmentState.FROZEN, frozen_at=at, frozen_by=by)
    notices.tell(assessment, notices.FROZEN, "frozen", at)
    return assessment


@act(_("adjusted a score"))
def adjust(*, by: User, line: ScoreLine, points: Decimal, words: str, at: datetime) -> ScoreAdjustment:
    assessed, post = of_organiser(by, line)
    if not words.strip():
        raise Refused(_("Say why: the assessed read it."))
    if not points:
        raise Refused(_("Say how many points are added or taken off."))
    made = ScoreAdjustment.objects.create(line=line, points=points, words=words.strip(), at=at, by=by, post=post)
    resettle(assessed)
    return made


@act(_("gave points in an assessment"))
def give_points(
    *, by: User, assessed: Assessed, giver: Organisation, points: dict[int, Decimal], at: datetime
) -> list[GivenScore]:  # fmt: skip
    """By the assessed themselves or the other side; `points` by the key of the line."""
    assessed = of_shown(assessed)
    is_own = giver.pk in own_sides(assessed)
    post = by.acting("village.act" if giver.is_village else "unit.act", giver)
    rules = assessed.assessment.rules
    if not (rules.own_weight if is_own else rules.other_weight):
        raise Refused(_("These points don't count in this assessment."))
    if not is_own and giver.pk not in other_sides(assessed):
        raise Refused(_("Only the partner of a pairing gives points beside the assessed."))
    lines = {line.pk: line for line in assessed.lines.all()}
    if any(not 0 <= value <= lines[key].full for key, value in points.items()):
        raise Refused(_("Give no more than the full mark."))
    rows = [
        GivenScore(line=lines[key], giver=giver, is_own=is_own, points=value, at=at, by=by, post=post)
        for key, value in points.items()
    ]
    made = GivenScore.objects.bulk_create(rows)
    resettle(assessed)
    return made


@act(_("objected to an assessment"))
def appeal(*, by: User, assessed: Assessed, line: ScoreLine | None, words: str, at: datetime) -> Appeal:
    """By the assessed, while it is shown to them."""
    assessed = of_shown(assessed)
    post = may_speak(by, assessed)
    if post is None:
        raise Refused(_("Only the assessed object to their assessment."))
    if not words.strip():
        raise Refused(_("Say what is wrong."))
    if assessed.appeals.filter(line=line, replied_at=None).exists():
        raise Refused(_("There is an objection to this already that waits for a reply."))
    made = Appeal.objects.create(assessed=assessed, line=line, words=words.strip(), at=at, by=by, post=post)
    notices.ask_for_reply(made, at)
    return made


@act(_("replied to an appeal"))
def reply(*, by: User, appeal: Appeal, words: str, at: datetime) -> Appeal:
    """What follows from it, the organiser adjusts."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("post__organisation").get(pk=appeal.pk)
    by.acting(MANAGE, appeal.assessed.assessment.round.organiser)
    if appeal.replied_at:
        raise Refused(_("This has been answered already."))
    if not words.strip():
        raise Refused(_("Write the reply."))
    appeal.reply, appeal.replied_at, appeal.replied_by = words.strip(), at, by
    appeal.save(update_fields=["reply", "replied_at", "replied_by"])
    notices.tell_reply(appeal, at)
    return appeal


def locked(by: User, assessment: Assessment, *states: AssessmentState) -> Assessment:
    found = Assessment.objects.select_for_update(of=("self",)).select_related("round__organiser").get(pk=assessment.pk)
    by.acting(MANAGE, found.round.organiser)
    if found.state not in states:
        raise Refused(
            _("The assessment is “%(state)s”: this is no longer possible, or not yet.")
            % {"state": found.get_state_display()}
        )
    return found


def moved(assessment: Assessment, state: AssessmentState, **values: Any) -> Assessment:
    assert state in TRANSITIONS[AssessmentState][AssessmentState(assessment.state)]
    for name, value in {"state": state, **values}.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=["state", *values])
    return assessment


def of_organiser(by: User, line: ScoreLine) -> tuple[Assessed, Appointment]:
    assessment = locked(by, line.assessed.assessment, AssessmentState.OPEN, AssessmentState.SHOWN)
    return line.assessed, by.acting(MANAGE, assessment.round.organiser)


def of_shown(assessed: Assessed) -> Assessed:
    found = Assessed.objects.related().get(pk=assessed.pk)
    state = Assessment.objects.select_for_update().get(pk=found.assessment_id).state
    if state != AssessmentState.SHOWN:
        raise Refused(_("This is possible while the assessment is shown to the assessed, before it is frozen."))
    return found


def own_sides(assessed: Assessed) -> set[int]:
    """Who speaks for themselves: of a pairing its unit; the village is the other side."""
    return {assessed.pairing.unit_id if assessed.pairing else assessed.organisation_id or 0}


def other_sides(assessed: Assessed) -> set[int]:
    if assessed.pairing:
        return {assessed.pairing.village_id}
    pairings = assessed.assessment.round.pairings.filter(signed_on__isnull=False)
    if assessed.side == "unit":
        return set(pairings.filter(unit=assessed.organisation_id).values_list("village", flat=True))
    return set(pairings.filter(village=assessed.organisation_id).values_list("unit", flat=True))


def may_speak(by: User, assessed: Assessed) -> Appointment | None:
    """The post in which the user speaks for the assessed; of a pairing both sides do."""
    if assessed.pairing:
        return by.capacity("unit.act", assessed.pairing.unit) or by.capacity("village.act", assessed.pairing.village)
    assert assessed.organisation is not None
    return by.capacity("village.act" if assessed.organisation.is_village else "unit.act", assessed.organisation)
