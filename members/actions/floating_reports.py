"""What floating members tell: reports, deeds, difficulties - by their own link, or through somebody who says why."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from core.tokens import keyed_hash, new_token
from members.actions.floating import acting_desk, check_not_after, check_sound, locked
from members.actions.floating_difficulties import pass_on
from members.floating.halves import HalfYear, half_of
from members.models import CheckInLink, FloatingDeed, FloatingRecord, HalfYearReport
from members.notices import floating as notices
from members.querysets.floating import KEEP
from members.states import AWAY
from organisations.history import act
from organisations.models import User
from pairing.models import Issue

VALID_FOR = timedelta(days=30)
DEAD = _("This link is not valid: mistyped, too old, or withdrawn. Ask your Party branch at home for a new one.")
SOURCE = gettext_noop("half-yearly report of a floating member")


@act(_("made a check-in link"))
def make_link(*, by: User, record: FloatingRecord, at: datetime) -> CheckInLink:
    """`link.token` is readable now and never again; the link before is void."""
    record = locked(record)
    acting_desk(by, record)
    check_away(record)
    record.links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    token = new_token()
    link = CheckInLink.objects.create(
        record=record, token_hash=hashed(token), made_at=at, made_by=by, expires_at=at + VALID_FOR
    )
    link.token = token
    return link


@act(_("withdrew a check-in link"))
def revoke_link(*, by: User, record: FloatingRecord, at: datetime) -> None:
    record = locked(record)
    acting_desk(by, record)
    if not record.links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by):
        raise Refused(_("There is no link to withdraw."))


def open_link(token: str, at: datetime) -> CheckInLink:
    """The link of a token, or the one refusal that says nothing about why."""
    link = CheckInLink.objects.select_related("record__member", "record__origin", "record__scheme_version")
    found = link.filter(token_hash=hashed(token)).first()
    if found is None or not found.is_open(at) or found.record.member.erased_at or found.record.state not in AWAY:
        raise Refused(DEAD)
    return found


@act(_("sent the half-yearly report of a floating member"))
def report_half_year(
    *,
    by: User | None,
    record: FloatingRecord,
    half: HalfYear,
    channel: str,
    work: str,
    at: datetime,
    on: date,
    thinking: str = "",
    skills: str = "",
    difficulty: str = "",
    delegate_reason: str = "",
    link: CheckInLink | None = None,
) -> HalfYearReport:
    """To the origin, once per half-year (SF-33). The same once more is no second report: it answers with the first."""
    record = locked(record)
    reason = speaker(by, record, link, delegate_reason, at)
    check_away(record)
    check_half(half, on, at)
    said = {"channel": channel, "work": work.strip(), "thinking": thinking.strip(), "skills": skills.strip()}
    if earlier := record.reports.filter(year=half.year, half=half.half).first():
        if all(getattr(earlier, name) == value for name, value in said.items()):
            return earlier
        raise Refused(_("The report of this half-year is here already."))
    report = HalfYearReport(record=record, year=half.year, half=half.half, reported_on=on, **said)
    report.entered_at, report.entered_by, report.delegate_reason = at, by, reason
    report.save()
    notices.tell_report(record, f"{half.year}-{half.half}", at)
    if difficulty.strip():
        url = record.get_absolute_url()
        pass_on(record, difficulty, source=Issue.Source.CHECK_IN, source_words=str(_(SOURCE)), url=url, at=at)
    return report


@act(_("entered a deed of a floating member"))
def enter_deed(
    *,
    by: User | None,
    record: FloatingRecord,
    kind: str,
    on: date,
    words: str,
    at: datetime,
    people: int | None = None,
    link: CheckInLink | None = None,
) -> FloatingDeed:
    """A good deed for home or people led into work; the origin confirms it afterwards. Twice the same counts once."""
    record = locked(record)
    check_speaker(by, record, link, at)
    check_away(record)
    check_not_after(on, at)
    values = {"kind": kind, "on": on, "people": people, "words": words.strip()}
    if earlier := record.deeds.filter(**values).first():
        return earlier
    deed = FloatingDeed(record=record, entered_at=at, entered_by=by, **values)
    check_sound(deed)
    deed.save()
    notices.tell_deed(record, deed.pk, at)
    return deed


@act(_("confirmed a deed of a floating member"))
def confirm_deed(*, by: User, deed: FloatingDeed, at: datetime) -> FloatingDeed:
    """By the origin, and by somebody else than whoever entered it; a second time changes nothing."""
    record = locked(deed.record)
    deed = FloatingDeed.objects.select_for_update(no_key=True, of=("self",)).get(pk=deed.pk)
    by.acting(KEEP, record.origin)
    if deed.confirmed_at:
        return deed
    if by.pk in (deed.entered_by_id, record.member.user_id):
        raise Refused(_("Somebody else than whoever entered it has to confirm it."))
    deed.confirmed_at, deed.confirmed_by = at, by
    deed.save(update_fields=["confirmed_at", "confirmed_by"])
    notices.settle_deed(deed.pk, at)
    return deed


def speaker(by: User | None, record: FloatingRecord, link: CheckInLink | None, reason: str, at: datetime) -> str:
    """The reason why somebody else speaks for the member; empty where the member speaks by link or account."""
    if not check_speaker(by, record, link, at):
        return ""
    if not reason.strip():
        raise Refused(_("Say why you enter it for the member."))
    return reason.strip()


def check_speaker(by: User | None, record: FloatingRecord, link: CheckInLink | None, at: datetime) -> bool:
    """Whether a delegate speaks, who acts for one of the two places; else it is the member, by link or account."""
    if link is not None:
        check_link(link, record, at)
        return False
    if by is None:
        raise Refused(DEAD)
    if record.member.user_id == by.pk:
        return False
    acting_desk(by, record)
    return True


def check_link(link: CheckInLink, record: FloatingRecord, at: datetime) -> None:
    """As it is now: it may have been withdrawn while the form was open."""
    link = CheckInLink.objects.select_for_update(no_key=True, of=("self",)).get(pk=link.pk)
    if link.record_id != record.pk or not link.is_open(at):
        raise Refused(DEAD)


def check_away(record: FloatingRecord) -> None:
    if record.state not in AWAY:
        raise Refused(_("This is for members who are away: they left and are not back yet."))


def check_half(half: HalfYear, on: date, at: datetime) -> None:
    """The half-year that runs, or the one before it."""
    check_not_after(on, at)
    now = half_of(on)
    if half not in (now, now.before):
        raise Refused(_("A report is about the half-year that runs, or the one before it."))


def hashed(token: str) -> str:
    return keyed_hash("members.check_in", token)
