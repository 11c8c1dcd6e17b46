"""Circulars and arrangement notices: write, issue to those below, read, remind, withdraw, correct (TN-28, AH-22)."""

from datetime import date, datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from duties import filing
from duties.models import Duty
from office import inbox
from organisations.history import act, note_capacity
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.personal import check_nothing_personal
from pairing.schemes.duty_words import Counted
from reports.circulars.drafting import arrangement_of, body_of, title_of
from reports.circulars.sending import KEY, reading_permission, recipients_of, tell
from reports.inspection.states import Addressee, InspectionState, Matter, NoticeKind, NoticeState, check_transition
from reports.models import CommendationLine, Inspection, Notice, NoticeReceipt, NoticeTask

WRITE = "inspection.manage"
COUNTS_AS = {NoticeKind.CIRCULAR: Counted.CIRCULAR, NoticeKind.ARRANGEMENT: Counted.ARRANGEMENT}
UNDER_WAY = (NoticeState.DRAFT, NoticeState.ISSUED)


@act(_("began a circular"))
def write_circular(*, by: User, inspection: Inspection, at: datetime) -> Notice:
    """Drafted from what was found; the person corrects and adds words."""
    by.acting(WRITE, inspection.organisation)
    inspection = Inspection.objects.select_for_update(no_key=True, of=("self",)).get(pk=inspection.pk)
    if inspection.state != InspectionState.CLOSED:
        raise Refused(_("A circular is written once a second person has confirmed the inspection."))
    if inspection.circulars.filter(state__in=UNDER_WAY).exists():
        raise Refused(_("There is a circular on this inspection already."))
    return Notice.objects.create(
        kind=NoticeKind.CIRCULAR, organisation=inspection.organisation, round=inspection.round, inspection=inspection,
        year=timezone.localdate(at).year, title=title_of(inspection), body=body_of(inspection),
        to=list(Addressee), written_at=at, written_by=by,
    )  # fmt: skip


@act(_("began an arrangement notice"))
def write_arrangement(*, by: User, organisation: Organisation, round: Round, year: int, at: datetime) -> Notice:
    by.acting(WRITE, organisation)
    return Notice.objects.create(
        kind=NoticeKind.ARRANGEMENT, organisation=organisation, round=round, year=year, matter=Matter.OVERALL,
        title=f"关于做好{year}年结对工作的通知", body=arrangement_of(round.rules.name, round.name, year),
        to=list(Addressee), written_at=at, written_by=by,
    )  # fmt: skip


@act(_("changed a circular or notice"))
def change_notice(
    *, by: User, notice: Notice, title: str, number: str, matter: str, to: list[str], body: str, attachments: str
) -> Notice:
    notice = drafted(by, notice)
    if not title.strip():
        raise Refused(_("Give it a title."))
    notice.title, notice.number, notice.matter = title.strip(), number.strip(), matter
    notice.to, notice.body, notice.attachments = to, body.strip(), attachments.strip()
    notice.save()
    return notice


@act(_("added a task to a notice"))
def add_task(*, by: User, notice: Notice, what: str, who: str, due_on: date) -> NoticeTask:
    notice = drafted(by, notice)
    if not what.strip() or not who.strip():
        raise Refused(_("A task says what is to be done and by whom."))
    return NoticeTask.objects.create(notice=notice, what=what.strip(), who=who.strip(), due_on=due_on)


@act(_("took a task out of a notice"))
def remove_task(*, by: User, task: NoticeTask) -> None:
    drafted(by, task.notice)
    task.delete()


@act(_("threw away the draft of a circular or notice"))
def drop_draft(*, by: User, notice: Notice) -> None:
    drafted(by, notice).delete()


@act(_("issued a circular or notice"))
def issue_notice(*, by: User, notice: Notice, at: datetime) -> Notice:
    """Sent to each recipient with a receipt; what it corrects is replaced; the duty that asks for it is met."""
    notice = drafted(by, notice)
    check_complete(notice)
    recipients = recipients_of(notice)
    if not recipients:
        raise Refused(_("There is nobody below to whom it could be sent: choose other recipients."))
    if notice.corrects:
        end(notice.corrects, NoticeState.CORRECTED, by, at)
    notice.state, notice.issued_at, notice.issued_by = NoticeState.ISSUED, at, by
    notice.save()
    NoticeReceipt.objects.bulk_create(NoticeReceipt(notice=notice, organisation=each) for each in recipients)
    tell(notice, recipients, gettext_noop("Read and confirm that you have read it: %(title)s"), at)
    if duty := duty_of(notice):
        filing.file(by=by, duty=duty, address=notice.get_absolute_url(), at=at)
    return notice


@act(_("confirmed having read a circular or notice"))
def confirm_reading(*, by: User, notice: Notice, organisation: Organisation, at: datetime) -> NoticeReceipt:
    """For the organisation, by whoever acts for it; the first reader counts."""
    post = by.capacity(reading_permission(organisation), organisation)
    if post is None:
        raise Refused(_("None of your posts reads this for %(name)s.") % {"name": organisation.name})
    note_capacity(post)
    receipt = NoticeReceipt.objects.select_for_update().filter(notice=notice, organisation=organisation).first()
    if receipt is None:
        raise Refused(_("This was not sent to %(name)s.") % {"name": organisation.name})
    if receipt.read_at is None:
        receipt.read_at, receipt.read_by = at, by
        receipt.save(update_fields=["read_at", "read_by"])
        inbox.settle(key=KEY.format(pk=notice.pk), organisations=[organisation], at=at)
    return receipt


@act(_("reminded those who have not read a circular or notice"))
def remind_readers(*, by: User, notice: Notice, at: datetime) -> int:
    """Once a day at most, those who have not read it."""
    by.acting(WRITE, notice.organisation)
    if notice.state != NoticeState.ISSUED:
        raise Refused(_("Only of what is in force is reminded."))
    today = timezone.localdate(at)
    waiting = notice.receipts.filter(read_at=None).exclude(reminded_at__date=today)
    unread = [receipt.organisation for receipt in waiting.select_related("organisation")]
    if not unread:
        raise Refused(_("Everybody has read it, or was reminded today."))
    tell(notice, unread, gettext_noop("Not read yet: %(title)s"), at, key=f"notice:{notice.pk}:reminded:{today}")
    return waiting.update(reminded_at=at)


@act(_("withdrew a circular or notice"))
def withdraw_notice(*, by: User, notice: Notice, reason: str, at: datetime) -> Notice:
    by.acting(WRITE, notice.organisation)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn; the recipients read it."))
    notice = end(notice, NoticeState.WITHDRAWN, by, at, reason.strip())
    told = Organisation.objects.filter(pk__in=notice.receipts.values("organisation"))
    tell(notice, list(told), gettext_noop("Withdrawn: %(title)s"), at, key=f"notice:{notice.pk}:withdrawn")
    return notice


@act(_("began the correction of a circular or notice"))
def correct_notice(*, by: User, notice: Notice, at: datetime) -> Notice:
    """A new draft with the same words; once issued it takes the place of this one, which stays as it is."""
    by.acting(WRITE, notice.organisation)
    if notice.state != NoticeState.ISSUED:
        raise Refused(_("Only what is in force is corrected."))
    if notice.corrections.filter(state=NoticeState.DRAFT).exists():
        raise Refused(_("A correction is being written already."))
    copied = ("kind", "organisation", "round", "inspection", "year", "title", "number", "matter", "to", "body")
    fields = {name: getattr(notice, name) for name in (*copied, "attachments")}
    made = Notice.objects.create(**fields, corrects=notice, written_at=at, written_by=by)
    NoticeTask.objects.bulk_create(
        NoticeTask(notice=made, what=task.what, who=task.who, due_on=task.due_on) for task in notice.tasks.all()
    )
    names = ("organisation_id", "position", "award", "reason")
    CommendationLine.objects.bulk_create(
        CommendationLine(notice=made, **{name: getattr(line, name) for name in names}) for line in notice.awards.all()
    )
    return made


def end(notice: Notice, then: NoticeState, by: User, at: datetime, reason: str = "") -> Notice:
    """It is no longer in force; the duty that it met is owed again."""
    notice = locked(notice)
    check_transition(notice.state, then, _("This is not in force any more."))
    notice.state, notice.withdrawn_at, notice.withdrawn_by, notice.reason = then, at, by, reason
    notice.save()
    inbox.settle(key=KEY.format(pk=notice.pk), at=at)
    for duty in Duty.objects.filter(filings__address=notice.get_absolute_url(), filings__withdrawn_at=None):
        filing.withdraw(by=by, duty=duty, at=at)
    return notice


def check_complete(notice: Notice) -> None:
    if not notice.body.strip():
        raise Refused(_("Write the text first."))
    if notice.kind == NoticeKind.ARRANGEMENT and not notice.tasks.exists():
        raise Refused(_("An arrangement notice names one task at least: what, who, by when."))
    if notice.kind == NoticeKind.COMMENDATION:
        if not notice.awards.exists():
            raise Refused(_("A commendation list names one organisation at least."))
        check_nothing_personal(*notice.awards.values_list("reason", flat=True))
    other = notice.inspection and notice.inspection.circulars.filter(state=NoticeState.ISSUED)
    if other and other.exclude(pk=notice.corrects_id or 0).exists():
        raise Refused(_("There is a circular on this inspection already."))


def duty_of(notice: Notice) -> Duty | None:
    """What the issuer owes of this kind for the half-year inspected, or for the year arranged, if it is not met."""
    if notice.kind not in COUNTS_AS:
        return None
    rows = Duty.objects.open().filter(organisation=notice.organisation, round=notice.round, done__lt=F("least"))
    for duty in rows.related().order_by("due_on", "pk"):
        counts = duty.rule is not None and duty.rule.counted == COUNTS_AS[NoticeKind(notice.kind)]
        if counts and is_of_period(duty, notice) and not duty.filings.filter(withdrawn_at=None).exists():
            return duty
    return None


def is_of_period(duty: Duty, notice: Notice) -> bool:
    if notice.inspection:
        return duty.starts_on <= notice.inspection.until and notice.inspection.since <= duty.counts_until
    return duty.starts_on.year <= notice.year <= duty.counts_until.year


def locked(notice: Notice) -> Notice:
    rows = Notice.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "round", "inspection", "corrects").get(pk=notice.pk)


def drafted(by: User, notice: Notice) -> Notice:
    """The draft as it is now, for somebody who writes for its organisation."""
    by.acting(WRITE, notice.organisation)
    notice = locked(notice)
    if notice.state != NoticeState.DRAFT:
        raise Refused(_("It is issued: write a correction instead."))
    return notice
