"""Inspections: plan, draw, replace a village, look, hand on, confirm (TN-28, TN-30, P-17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from office import inbox
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.issues import raise_issue
from pairing.models import Issue, Pairing, Round
from pairing.states import RoundState
from reports.inspection.drawing import draw, hash_of, new_seed, strata_of, villages_of
from reports.inspection.filling import Asked, Measure, measures
from reports.inspection.states import InspectionState, check_transition
from reports.models import CheckLine, InspectedVillage, Inspection, InspectionIssue

INSPECT = "inspection.manage"
CONFIRM_KEY = "inspection:{pk}:confirm:{second}"
KIND = "inspection"


@dataclass(frozen=True)
class Plan:
    """What is decided before the draw."""

    title: str
    is_planned: bool
    on: date
    since: date
    until: date
    among: str
    strata: str
    size: int
    purpose: str = ""


@act(_("planned an inspection"))
def plan_inspection(*, by: User, organisation: Organisation, round: Round, plan: Plan, at: datetime) -> Inspection:
    by.acting(INSPECT, organisation)
    if round.state == RoundState.DRAFT or round.newest_directory_id is None:
        raise Refused(_("Choose a round whose directory is published: the villages are drawn from it."))
    inspection = Inspection(organisation=organisation, round=round, planned_at=at, planned_by=by, **vars(plan))
    check_plan(inspection)
    inspection.save()
    return inspection


@act(_("changed the plan of an inspection"))
def change_plan(*, by: User, inspection: Inspection, plan: Plan) -> Inspection:
    """Before the draw only: afterwards it would be another draw."""
    inspection = locked(by, inspection)
    if inspection.state != InspectionState.PLANNED:
        raise Refused(_("The villages are drawn already; plan another inspection instead."))
    for name, value in vars(plan).items():
        setattr(inspection, name, value)
    check_plan(inspection)
    inspection.save()
    return inspection


@act(_("drew the villages of an inspection"))
def draw_villages(*, by: User, inspection: Inspection, at: datetime, seed: str = "") -> list[InspectedVillage]:
    """Once and for all. `seed`: drawn by the machine where none is given."""
    inspection = locked(by, inspection)
    move(inspection, InspectionState.UNDER_WAY)
    listed = villages_of(inspection.round, inspection.organisation, inspection.among)
    if not listed:
        raise Refused(_("There is no village to draw from below %(name)s.") % {"name": inspection.organisation.name})
    inspection.seed, inspection.listed = seed or new_seed(), len(listed)
    inspection.list_hash = hash_of(village.pk for village in listed)
    drawn = draw(strata_of(listed, inspection.strata), inspection.size, inspection.seed)
    inspection.shares = [[each.name, len(each.listed), len(each.drawn)] for each in drawn]
    checklist = inspection.round.rules.inspection.checklist
    inspection.items = [item.model_dump(mode="json") for item in checklist]
    inspection.drawn_at, inspection.drawn_by = at, by
    inspection.save()
    order = [(key, each.name) for each in drawn for key in each.drawn]
    places = InspectedVillage.objects.bulk_create(
        InspectedVillage(inspection=inspection, village_id=key, stratum=stratum, position=number)
        for number, (key, stratum) in enumerate(order, 1)
    )
    begin_checklists(inspection, places, at)
    return places


@act(_("took another village into an inspection"))
def replace_village(
    *, by: User, place: InspectedVillage, village: Organisation, reason: str, at: datetime
) -> InspectedVillage:
    """By hand, of the same list, with a reason that stays on the page."""
    inspection = working(by, place.inspection)
    if not reason.strip():
        raise Refused(_("Say why the village that was drawn is not looked at; the reason stays on the page."))
    if place.findings.exists() or InspectedVillage.objects.filter(instead_of=place).exists():
        raise Refused(_("This village was looked at or replaced already."))
    if village.pk not in {each.pk for each in villages_of(inspection.round, inspection.organisation, inspection.among)}:
        raise Refused(_("%(name)s is not on the list from which was drawn.") % {"name": village.name})
    if inspection.places.filter(village=village).exists():
        raise Refused(_("%(name)s is in the sample already.") % {"name": village.name})
    taken = InspectedVillage.objects.create(
        inspection=inspection, village=village, stratum=place.stratum, position=place.position,
        instead_of=place, reason=reason.strip(),
    )  # fmt: skip
    begin_checklists(inspection, [taken], at)
    return taken


@act(_("filled the checklists of an inspection from the records"))
def fill_again(*, by: User, inspection: Inspection, at: datetime) -> int:
    """What was counted on the day of the draw is counted anew; remarks and results stay."""
    inspection = working(by, inspection)
    lines = CheckLine.objects.filter(place__in=inspection.places.standing()).select_related("place__village")
    found = measures(asked_of(inspection, [line.place.village for line in lines], at))
    evidence = {item.key: str(item.evidence) for item in inspection.checklist}
    changed = [fill(line, found.get((line.place.village_id, evidence[line.item])), at) for line in lines]
    CheckLine.objects.bulk_update(changed, ["value", "of", "url", "filled_at"])
    return len(changed)


@act(_("recorded what an inspection found at a village"))
def record_check(
    *,
    by: User,
    place: InspectedVillage,
    looked_on: date,
    words: str,
    results: Mapping[str, tuple[str, str]],
    at: datetime,
) -> InspectedVillage:
    """`results`: by the code of the item, the result and a remark; it may be recorded in parts."""
    working(by, place.inspection)
    if looked_on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
    lines = list(place.lines.select_for_update())
    for line in lines:
        line.result, line.words = results.get(line.item, (line.result, line.words))
    CheckLine.objects.bulk_update(lines, ["result", "words"])
    place.looked_on, place.words, place.recorded_at, place.recorded_by = looked_on, words.strip(), at, by
    place.save(update_fields=["looked_on", "words", "recorded_at", "recorded_by"])
    return place


@act(_("raised an issue from an inspection"))
def raise_finding(*, by: User, place: InspectedVillage, title: str, kind: str, words: str, at: datetime) -> Issue:
    """Into the ledger of the pairing where the village has one in the round, else about the village alone."""
    inspection = working(by, place.inspection)
    pairing = Pairing.objects.standing().filter(round=inspection.round, village=place.village).order_by("pk").first()
    issue = raise_issue(
        by=by, pairing=pairing, organisation=place.village, title=title, kind=kind, words=words,
        source=Issue.Source.INSPECTION, source_words=inspection.title, source_url=place.get_absolute_url(), at=at,
    )  # fmt: skip
    InspectionIssue.objects.create(place=place, issue=issue)
    return issue


@act(_("handed an inspection on to be confirmed"))
def submit_inspection(*, by: User, inspection: Inspection, at: datetime) -> Inspection:
    inspection = locked(by, inspection)
    check_transition(inspection.state, InspectionState.SUBMITTED, _("Draw the villages and look at them first."))
    missing = inspection.places.standing().filter(lines__result="").distinct().select_related("village")
    if names := "、".join(place.village.name for place in missing):
        raise Refused(_("Still without all results: %(names)s.") % {"names": names})
    inspection.state, inspection.submitted_at, inspection.submitted_by = InspectionState.SUBMITTED, at, by
    inspection.words = ""
    inspection.save()
    inbox.tell(
        organisations=[inspection.organisation], permission=INSPECT, kind=KIND, at=at, body="",
        subject=gettext_noop("An inspection waits for a second person to confirm it: %(title)s"),
        params={"title": inspection.title}, url=inspection.get_absolute_url(),
        key=key_of(inspection, at),
    )  # fmt: skip
    return inspection


@act(_("sent an inspection back"))
def return_inspection(*, by: User, inspection: Inspection, words: str, at: datetime) -> Inspection:
    inspection = locked(by, inspection)
    check_second_person(by, inspection)
    move(inspection, InspectionState.UNDER_WAY)
    if not words.strip():
        raise Refused(_("Say what is to be looked at again."))
    settle(inspection, at)
    inspection.words, inspection.submitted_at, inspection.submitted_by = words.strip(), None, None
    inspection.save()
    return inspection


@act(_("confirmed an inspection"))
def confirm_inspection(*, by: User, inspection: Inspection, at: datetime) -> Inspection:
    """Closed for good: the database refuses every later change."""
    inspection = locked(by, inspection)
    move(inspection, InspectionState.CLOSED)
    check_second_person(by, inspection)
    settle(inspection, at)
    inspection.confirmed_at, inspection.confirmed_by = at, by
    inspection.save()
    return inspection


@act(_("gave up an inspection"))
def drop_inspection(*, by: User, inspection: Inspection, words: str) -> Inspection:
    inspection = locked(by, inspection)
    move(inspection, InspectionState.DROPPED)
    if not words.strip():
        raise Refused(_("Say why it is not carried out."))
    inspection.words = words.strip()
    inspection.save()
    return inspection


def check_plan(inspection: Inspection) -> None:
    if not inspection.title.strip() or inspection.size < 1:
        raise Refused(_("An inspection has a name and looks at one village at least."))
    if inspection.since > inspection.until:
        raise Refused(_("The first day must not be after the last."))


def check_second_person(by: User, inspection: Inspection) -> None:
    """Nobody confirms what they handed on or recorded themselves."""
    own = inspection.places.filter(recorded_by=by).exists()
    if own or by.pk in (inspection.submitted_by_id, inspection.drawn_by_id):
        raise Refused(_("Somebody else confirms it: you drew the villages, recorded results or handed it on."))


def locked(by: User, inspection: Inspection) -> Inspection:
    """The inspection as it is now, for somebody who inspects for its organisation."""
    by.acting(INSPECT, inspection.organisation)
    rows = Inspection.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "round__scheme_version").get(pk=inspection.pk)


def working(by: User, inspection: Inspection) -> Inspection:
    inspection = locked(by, inspection)
    if inspection.state != InspectionState.UNDER_WAY:
        raise Refused(_("This can't be done now: the inspection is “%(state)s”.") % state_of(inspection))
    return inspection


def move(inspection: Inspection, then: InspectionState) -> None:
    sentence = _("This can't be done now: the inspection is “%(state)s”.") % state_of(inspection)
    check_transition(inspection.state, then, sentence)
    inspection.state = then


def state_of(inspection: Inspection) -> dict[str, str]:
    return {"state": inspection.get_state_display()}


def key_of(inspection: Inspection, submitted_at: datetime) -> str:
    return CONFIRM_KEY.format(pk=inspection.pk, second=int(submitted_at.timestamp()))


def settle(inspection: Inspection, at: datetime) -> None:
    assert inspection.submitted_at is not None
    inbox.settle(key=key_of(inspection, inspection.submitted_at), at=at)


def begin_checklists(inspection: Inspection, places: list[InspectedVillage], at: datetime) -> None:
    villages = list(Organisation.objects.filter(pk__in=[place.village_id for place in places]))
    found = measures(asked_of(inspection, villages, at))
    CheckLine.objects.bulk_create(
        fill(CheckLine(place=place, item=item.key, position=number), found.get((place.village_id, item.evidence)), at)
        for place in places
        for number, item in enumerate(inspection.checklist, 1)
    )


def asked_of(inspection: Inspection, villages: list[Organisation], at: datetime) -> Asked:
    until = min(inspection.until, timezone.localdate(at))
    return Asked(inspection.round, villages, inspection.since, max(until, inspection.since))


def fill(line: CheckLine, measure: Measure | None, at: datetime) -> CheckLine:
    if measure is not None:
        line.value, line.of, line.url, line.filled_at = measure.value, measure.of, measure.url, at
    return line
