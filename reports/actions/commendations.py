"""Commendation lists: drafted from the records, adjusted, issued as a circular with its own verbs (AH-28)."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.personal import check_nothing_personal
from pairing.states import RoundState
from reports.actions.notices import WRITE, drafted
from reports.inspection.states import Addressee, Matter, NoticeKind
from reports.models import CommendationLine, Notice
from reports.praise.awarding import KNOWN, Basis, body_of, proposed, title_of
from reports.praise.comparing import may_rank

LONGEST = CommendationLine._meta.get_field("reason").max_length


@act(_("drafted a commendation list"))
def write_commendation(
    *, by: User, organisation: Organisation, round: Round, basis: Basis, award: str, at: datetime
) -> Notice:
    """With the best by the records and by the assessment, each with the reason; the organiser adjusts it."""
    by.acting(WRITE, organisation)
    if round.state == RoundState.DRAFT:
        raise Refused(_("Choose a round that is open."))
    if basis.since > basis.until:
        raise Refused(_("The first day must not be after the last."))
    if (basis.measure or basis.assessment) and not may_rank(round):
        raise Refused(_("The scheme does not put organisations in an order: begin an empty list and add them by hand."))
    if basis.assessment and (basis.assessment.state not in KNOWN or basis.assessment.round_id != round.pk):
        raise Refused(_("Choose an assessment of this round whose results were shown."))
    notice = Notice.objects.create(
        kind=NoticeKind.COMMENDATION, organisation=organisation, round=round, year=basis.until.year,
        matter=Matter.SPECIAL, title=title_of(basis.until.year), body=body_of(round, basis), to=list(Addressee),
        written_at=at, written_by=by,
    )  # fmt: skip
    CommendationLine.objects.bulk_create(
        CommendationLine(notice=notice, position=number, organisation=one, award=award.strip(), reason=why[:LONGEST])
        for number, (one, why) in enumerate(proposed(organisation, round, basis), 1)
    )
    return notice


@act(_("put an organisation on a commendation list"))
def commend(*, by: User, notice: Notice, organisation: Organisation, award: str, reason: str) -> CommendationLine:
    notice = drafted(by, notice)
    if notice.kind != NoticeKind.COMMENDATION:
        raise Refused(_("This is no commendation list."))
    if not Organisation.objects.under(notice.organisation).open().filter(pk=organisation.pk).exists():
        raise Refused(_("%(name)s does not lie below the committee that commends.") % {"name": organisation.name})
    if notice.awards.filter(organisation=organisation).exists():
        raise Refused(_("%(name)s stands on the list already.") % {"name": organisation.name})
    check_line(award, reason)
    last = notice.awards.aggregate(last=Max("position"))["last"] or 0
    return CommendationLine.objects.create(
        notice=notice, position=last + 1, organisation=organisation, award=award.strip(), reason=reason.strip()
    )


@act(_("changed a line of a commendation list"))
def change_line(*, by: User, line: CommendationLine, award: str, reason: str) -> CommendationLine:
    drafted(by, line.notice)
    check_line(award, reason)
    line.award, line.reason = award.strip(), reason.strip()
    line.save(update_fields=["award", "reason"])
    return line


@act(_("took an organisation off a commendation list"))
def remove_line(*, by: User, line: CommendationLine) -> None:
    drafted(by, line.notice)
    line.delete()


def check_line(award: str, reason: str) -> None:
    """The list is published: nothing in it belongs to a person."""
    if not award.strip() or not reason.strip():
        raise Refused(_("Each line says what it is commended as, and why."))
    check_nothing_personal(award, reason)
