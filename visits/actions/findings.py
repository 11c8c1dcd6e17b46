"""Findings of visits: noted at the door, answered by a measure, a goodwill visit or an issue (XY-09, XY-11)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from core.refusals import Refused
from members.actions.aids import note_aid
from members.models import Aid, HardshipPlan
from members.ruling import ruling_between
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.issues import raise_issue
from pairing.models import Issue, Pairing
from visits import doorstep
from visits.models import Activity, Finding, FindingAnswer, HouseholdVisit

Answer = Aid | HardshipPlan | Activity | Issue
COLUMNS: dict[type, str] = {Aid: "aid", HardshipPlan: "plan", Activity: "activity", Issue: "issue"}


def note_findings(*, by: User, visit: HouseholdVisit, topics: Iterable[str], at: datetime) -> list[Finding]:
    """Of those topics that have words; part of recording or completing the visit, whose act it is."""
    wanted = [topic for topic in Finding.Topic if topic in set(topics) and getattr(visit, topic)]
    if not wanted:
        return []
    pairing = pairing_of(visit)
    due_on = visit.on + timedelta(days=visit.rules.measure_days)
    known = set(visit.findings.values_list("topic", flat=True))
    return Finding.objects.bulk_create(
        Finding(
            visit=visit, topic=topic, pairing=pairing, found_on=visit.on, due_on=due_on, noted_at=at, noted_by=by
        )
        for topic in wanted
        if topic not in known
    )  # fmt: skip


@act(_("linked an answer to a finding"))
def answer_finding(*, by: User, finding: Finding, record: Answer, at: datetime) -> FindingAnswer:
    """By an existing record: help, a plan, an activity of the pairing since, an issue from the same visit."""
    finding = locked(finding)
    check_open(by, finding)
    check_fits(finding, record)
    return link(by, finding, record, at)


@act(_("gave help because of a finding"))
def help_because(*, by: User, finding: Finding, service: str, words: str, on: date, at: datetime) -> FindingAnswer:
    """Noted in the pair like any other help, and linked in the same step."""
    finding = locked(finding)
    check_open(by, finding)
    if finding.visit.pair is None:
        raise Refused(_("Nobody helps here in a pair. Name a helper first, or choose another answer."))
    aid = note_aid(by=by, pair=finding.visit.pair, sort=Aid.Sort.AID, service=service, on=on, words=words, at=at)
    return link(by, finding, aid, at)


@act(_("raised an issue from a household visit"))
def raise_from_visit(
    *, by: User, visit: HouseholdVisit, finding: Finding | None, title: str, kind: str, words: str, at: datetime
) -> Issue:
    """Straight into the ledger; the issue leads back to the visit, and answers the finding where one is named."""
    if not doorstep.reads_words(by, visit):
        raise Refused(_("Only those who read the words of the visit raise an issue from it."))
    if finding is not None:
        finding = locked(finding)
        check_open(by, finding)
    about = ledger_place(visit)
    place = {"pairing": about} if isinstance(about, Pairing) else {"organisation": about}
    issue = raise_issue(
        by=by, title=title, kind=kind, words=words, at=at, source=Issue.Source.VISIT,
        source_words=gettext("Visit at the door of %(day)s") % {"day": localized_date(visit.on)},
        source_url=visit.get_absolute_url(), **place,
    )  # fmt: skip
    if finding is not None:
        link(by, finding, issue, at)
    return issue


@act(_("said that a finding needs no measure"))
def settle_finding(*, by: User, finding: Finding, words: str, at: datetime) -> Finding:
    finding = locked(finding)
    check_open(by, finding)
    if not words.strip():
        raise Refused(_("Say why no measure is needed."))
    finding.settled_at, finding.settled_by, finding.settled_words = at, by, words.strip()
    finding.save(update_fields=["settled_at", "settled_by", "settled_words"])
    return finding


def pairing_of(visit: HouseholdVisit) -> Pairing | None:
    if visit.pair is not None and visit.pair.pairing_id:
        return visit.pair.pairing
    return ruling_between(visit.unit, visit.village).pairing


def ledger_place(visit: HouseholdVisit) -> Pairing | Organisation:
    """Between the two sides, where both are paired; else the visitor's own organisation."""
    return pairing_of(visit) or visit.unit


def link(by: User, finding: Finding, record: Answer, at: datetime) -> FindingAnswer:
    return FindingAnswer.objects.create(finding=finding, given_at=at, given_by=by, **{COLUMNS[type(record)]: record})


def locked(finding: Finding) -> Finding:
    rows = Finding.objects.select_for_update(no_key=True, of=("self",))
    return rows.with_visit().select_related("pairing__round").get(pk=finding.pk)


def check_open(by: User, finding: Finding) -> None:
    if not doorstep.reads_words(by, finding.visit):
        raise Refused(_("Findings are answered by whoever helps, by those who say who helps, and by the village."))
    if finding.visit.withdrawn_at:
        raise Refused(_("The visit of this finding was taken back."))
    if finding.settled_at:
        raise Refused(_("It was said already that this finding needs no measure."))


def check_fits(finding: Finding, record: Answer) -> None:
    """Only what has to do with it: of the same pair, of the same pairing, or raised from the same visit."""
    visit = finding.visit
    if isinstance(record, Aid | HardshipPlan):
        fits = visit.pair_id is not None and record.pair_id == visit.pair_id
    elif isinstance(record, Activity):
        fits = finding.pairing_id is not None and record.pairing_id == finding.pairing_id
    else:
        fits = record.source_url == visit.get_absolute_url()
    if not fits:
        raise Refused(_("This record belongs to somebody else; choose one from the list."))
    if finding.answers.filter(**{COLUMNS[type(record)]: record}).exists():
        raise Refused(_("This record answers the finding already."))
