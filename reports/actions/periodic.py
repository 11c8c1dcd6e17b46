"""Writing, handing in, returning and accepting periodic reports; reminding those who are missing."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from duties import filing
from duties.models import Duty
from duties.states import DutyState
from organisations.history import act
from organisations.models import Appointment, Organisation, User
from pairing.models import Round
from pairing.schemes.duty_words import Counted, Desk
from reports.models import PeriodicReport, ReportStep, ReportWords
from reports.notices import periodic as notices
from reports.periodic.contents import CONTENTS
from reports.periodic.drafting import draft_again, draft_one
from reports.querysets.periodic import FILE, MANAGE, RECEIVE
from reports.states import OPEN_REPORTS, ReportState, check_report

MOST_AT_ONCE = 500


def may_write(user: User, report: PeriodicReport) -> bool:
    """The member, or a post of the organisation itself that reports."""
    if report.member:
        return report.member.user_id == user.pk
    return report.organisation is not None and user.can(FILE, report.organisation)


def may_draft(user: User, duty: Duty) -> bool:
    """The same of a report that is not there yet."""
    if duty.member:
        return duty.member.user_id == user.pk
    return duty.organisation is not None and user.can(FILE, duty.organisation)


def receiving_post(user: User, report: PeriodicReport) -> Appointment | None:
    """The post in which the user takes this report in; none where it is their own, or goes to another desk.

    To the organisation department reports go as to those who manage rounds: not to others of the same committee.
    """
    if may_write(user, report):
        return None
    if report.line == Desk.ORGANISATION_DEPARTMENT and not user.can(MANAGE, report.desk):
        return None
    return user.capacity(RECEIVE, report.desk)


def locked(report: PeriodicReport) -> PeriodicReport:
    return PeriodicReport.objects.select_for_update(of=("self",)).with_parts().get(pk=report.pk)


def writable(by: User, report: PeriodicReport) -> tuple[PeriodicReport, Appointment | None]:
    """Locked, and the post in which the user writes it; a member writes as themselves."""
    report = locked(report)
    if report.member:
        if report.member.user_id != by.pk:
            raise Refused(_("A member's report is written by the member."))
        post = None
    else:
        post = by.acting(FILE, report.place)
    if report.state not in OPEN_REPORTS:
        raise Refused(_("This report was handed in. To change it, ask its desk to send it back."))
    if report.duty.state != DutyState.OPEN:
        raise Refused(_("This duty is no longer owed."))
    return report, post


@act(_("drafted a report"))
def draft(*, by: User, duty: Duty, at: datetime) -> PeriodicReport:
    """On demand, once the period is over; the one that exists already, where it does."""
    duty = Duty.objects.select_for_update(of=("self",)).related().get(pk=duty.pk)
    existing = PeriodicReport.objects.filter(duty=duty).first()
    if existing is not None:
        return existing
    if duty.rule is None or duty.rule.counted != Counted.REPORT or duty.state != DutyState.OPEN:
        raise Refused(_("This duty is no longer owed."))
    if not may_draft(by, duty):
        raise Refused(_("Somebody else writes this report."))
    if duty.counts_until >= timezone.localdate(at):
        raise Refused(_("Its period is not over yet. The report is drafted the day after its last day."))
    return draft_one(duty, at)


@act(_("wrote in a report"))
def write(*, by: User, report: PeriodicReport, words: Mapping[str, str], at: datetime) -> PeriodicReport:
    """`words` by section; an empty one is taken out."""
    report, _post = writable(by, report)
    keep_words(report, words)
    return report


@act(_("took the figures of now into a report"))
def refresh(*, by: User, report: PeriodicReport, at: datetime) -> PeriodicReport:
    report, _post = writable(by, report)
    draft_again(report, at)
    return report


@act(_("handed a report in"))
def submit(*, by: User, report: PeriodicReport, words: Mapping[str, str], at: datetime) -> PeriodicReport:
    """With the figures that the page shows; they stay as they are from now on. Fulfils the duty."""
    report, post = writable(by, report)
    keep_words(report, words)
    check_sections(report)
    check_report(report.state, ReportState.SUBMITTED, _("This report was handed in already."))
    report.state, report.submitted_at, report.submitted_by = ReportState.SUBMITTED, at, by
    report.save(update_fields=["state", "submitted_at", "submitted_by"])
    ReportStep.objects.create(report=report, verb=ReportStep.Verb.SUBMITTED, at=at, by=by, acting_as=post)
    filing.file(by=by, duty=report.duty, address=report.get_absolute_url(), at=at)
    notices.tell_submitted(report, at)
    return report


def keep_words(report: PeriodicReport, words: Mapping[str, str]) -> None:
    known = {section.key for section in CONTENTS[report.line].sections}
    for key, text in words.items():
        assert key in known
        if text.strip():
            ReportWords.objects.update_or_create(report=report, section=key, defaults={"words": text.strip()})
        else:
            ReportWords.objects.filter(report=report, section=key).delete()


def check_sections(report: PeriodicReport) -> None:
    written = set(report.words.values_list("section", flat=True))
    missing = [one.name for one in CONTENTS[report.line].sections if one.is_needed and one.key not in written]
    if missing:
        raise Refused(_("Still to be written: %(names)s.") % {"names": "、".join(missing)})


@act(_("sent a report back"))
def give_back(*, by: User, report: PeriodicReport, remark: str, at: datetime) -> PeriodicReport:
    """The duty is owed again; whoever wrote it reads the remark."""
    report, post = receivable(by, report)
    if not remark.strip():
        raise Refused(_("Say what is to be changed."))
    check_report(report.state, ReportState.RETURNED, NOT_WAITING)
    answered(report, ReportState.RETURNED, by, post, remark.strip(), at)
    filing.withdraw(by=by, duty=report.duty, at=at)
    notices.tell_returned(report, remark.strip(), at)
    return report


@act(_("accepted reports"))
def accept(*, by: User, reports: Collection[PeriodicReport], at: datetime) -> int:
    """One or many. Those that wait no longer are left out; returns how many were accepted."""
    keys = sorted(report.pk for report in reports)[:MOST_AT_ONCE]
    rows = PeriodicReport.objects.select_for_update(of=("self",)).with_parts().filter(pk__in=keys).order_by("pk")
    taken = []
    for report in rows:
        post = receiving_post(by, report)
        if post is None:
            raise Refused(wrong_desk(by, report))
        if report.state == ReportState.SUBMITTED:
            taken.append((report, post))
    if not taken:
        raise Refused(NOT_WAITING)
    found = [report.pk for report, _post in taken]
    by.acting(RECEIVE, taken[0][0].desk)
    PeriodicReport.objects.filter(pk__in=found).update(state=ReportState.ACCEPTED, answered_at=at, answered_by=by)
    ReportStep.objects.bulk_create(
        ReportStep(report=report, verb=ReportStep.Verb.ACCEPTED, at=at, by=by, acting_as=post) for report, post in taken
    )
    notices.tell_accepted([report for report, _post in taken], at)
    return len(taken)


def receivable(by: User, report: PeriodicReport) -> tuple[PeriodicReport, Appointment]:
    report = locked(report)
    post = receiving_post(by, report)
    if post is None:
        raise Refused(wrong_desk(by, report))
    by.acting(RECEIVE, report.desk)
    return report, post


def answered(report: PeriodicReport, state: ReportState, by: User, post: Appointment, words: str, at: datetime) -> None:
    report.state, report.answered_at, report.answered_by = state, at, by
    report.save(update_fields=["state", "answered_at", "answered_by"])
    ReportStep.objects.create(report=report, verb=ReportStep.Verb(state), words=words, at=at, by=by, acting_as=post)


def wrong_desk(by: User, report: PeriodicReport):
    if may_write(by, report):
        return _("Nobody takes in their own report: a colleague at the desk does.")
    return _("This report goes to %(name)s and is taken in there.") % {"name": report.desk.name}


@act(_("reminded those whose reports are missing"))
def remind_missing(*, by: User, desk: Organisation, round: Round, period: str, at: datetime) -> int:
    """All that have not reported to this desk for the period, each once a day. Returns how many were told."""
    by.acting(RECEIVE, desk)
    today = timezone.localdate(at)
    rows = PeriodicReport.objects.received_by(by).open().with_parts()
    missing = [
        report
        for report in rows.filter(desk=desk, round=round, period=period).order_by("pk")
        if receiving_post(by, report)
    ]
    if not missing:
        raise Refused(_("All reports of this period are in."))
    told = notices.remind(missing, today, at)
    if not told:
        raise Refused(_("All that are missing were reminded today already. The next reminder is possible tomorrow."))
    return told


NOT_WAITING = _("This report does not wait for an answer.")
