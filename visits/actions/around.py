"""Investment leads and joint meetings of committees: record, go on to the next stage (XY-23, SF-22)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act, note_capacity
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing
from visits.doorstep import LOG
from visits.models import CommitteeMeeting, InvestmentLead, LeadStep
from visits.states import LeadStage, check_lead

EDIT = "village.edit"
HOLD = "round.manage"


@act(_("recorded an investment lead"))
def record_lead(
    *, by: User, village: Organisation, name: str, words: str, stage: str, on: date, at: datetime
) -> InvestmentLead:
    """By a unit paired with the village, by its township, or by the village."""
    if village.kind != Kind.VILLAGE or village.closed_on:
        raise Refused(_("Choose the village for which the firm is to be won."))
    post, unit = bringing(by, village)
    check_day(on, at)
    if not name.strip():
        raise Refused(_("Name the firm or the project."))
    note_capacity(post)
    lead = InvestmentLead.objects.create(
        village=village, unit=unit, name=name.strip(), words=words.strip(), stage=stage, stage_on=on,
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    LeadStep.objects.create(lead=lead, stage=stage, on=on, noted_at=at, noted_by=by)
    return lead


@act(_("noted how far an investment lead is"))
def move_lead(*, by: User, lead: InvestmentLead, stage: str, on: date, words: str, at: datetime) -> InvestmentLead:
    lead = InvestmentLead.objects.select_for_update(no_key=True, of=("self",)).select_related("village").get(pk=lead.pk)
    post, _unit = bringing(by, lead.village)
    check_lead(lead.stage, LeadStage(stage))
    check_day(on, at)
    if on < lead.stage_on:
        raise Refused(_("On that day an earlier stage was not reached yet; choose a later day."))
    if stage == LeadStage.GIVEN_UP and not words.strip():
        raise Refused(_("Say why it was given up."))
    note_capacity(post)
    lead.stage, lead.stage_on = stage, on
    lead.save(update_fields=["stage", "stage_on"])
    LeadStep.objects.create(lead=lead, stage=stage, on=on, words=words.strip(), noted_at=at, noted_by=by)
    return lead


@act(_("recorded a joint meeting of a committee"))
def record_meeting(
    *,
    by: User,
    organisation: Organisation,
    on: date,
    title: str,
    attended: str,
    minutes: str,
    decided: str = "",
    at: datetime,
) -> CommitteeMeeting:
    """By the organiser, for the committee itself: no pairing is named (SF-22)."""
    by.acting(HOLD, organisation)
    check_day(on, at)
    if not all(each.strip() for each in (title, attended, minutes)):
        raise Refused(_("A meeting has a name, those who took part, and minutes."))
    texts = {"title": title, "attended": attended, "minutes": minutes, "decided": decided}
    stripped = {name: text.strip() for name, text in texts.items()}
    return CommitteeMeeting.objects.create(organisation=organisation, on=on, recorded_at=at, recorded_by=by, **stripped)


def bringing(by: User, village: Organisation) -> tuple[Appointment, Organisation | None]:
    """The post in which somebody deals with leads of the village, and the unit, where it is one."""
    paired = Pairing.objects.standing().filter(village=village).select_related("unit").order_by("pk")
    for pairing in paired:
        if post := by.capacity(LOG, pairing.unit):
            return post, pairing.unit
    post = by.capacity(EDIT, village) or by.capacity(LOG, village)
    if post is None:
        raise Refused(_("Leads are recorded by the unit paired with the village, by its township and by the village."))
    return post, None


def brings(user: User, village: Organisation) -> bool:
    try:
        bringing(user, village)
    except Refused:
        return False
    return True


def check_day(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
