"""Which records may answer a finding, as choices of its form, and the lines in which a page names those that do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import localized_date
from members.models import Aid, HardshipPlan
from pairing.models import Issue
from pairing.schemes.words import Nature
from visits.actions.findings import Answer
from visits.models import ANSWERING, Activity, Finding, FindingAnswer
from visits.states import RECORDED

MOST = 12
BETWEEN = ":"


@dataclass(frozen=True)
class Line:
    """An answer as it stands on the page. Words of the people are not told here, only what sort of record it is."""

    name: str
    url: str
    day: object
    stands: bool


def line_of(answer: FindingAnswer) -> Line:
    record = answer.record
    if isinstance(record, Aid):
        return Line(called(record), record.pair.get_absolute_url(), record.on, not record.is_withdrawn)
    if isinstance(record, HardshipPlan):
        return Line(called(record), record.pair.get_absolute_url(), record.written_at, True)
    if isinstance(record, Activity):
        return Line(called(record), record.get_absolute_url(), record.on, record.state in RECORDED)
    return Line(called(record), record.get_absolute_url(), record.raised_at, record.state != "withdrawn")


def called(record: Answer) -> str:
    if isinstance(record, Aid):
        return _("Help given: %(name)s") % {"name": record}
    if isinstance(record, HardshipPlan):
        return _("Plan for leaving hardship, version %(number)s") % {"number": record.number}
    if isinstance(record, Activity):
        return record.name
    return _("Issue: %(title)s") % {"title": record.title}


def candidates(finding: Finding) -> dict[str, Answer]:
    """By the value of a choice: help and plans of the pair since, activities of the pairing, issues of the visit.

    Goodwill visits first among the activities (XY-11). Four statements; what answers already is left out.
    """
    visit, since = finding.visit, finding.found_on
    linked = {(name, getattr(each, f"{name}_id")) for each in finding.answers.all() for name in ANSWERING}
    found: list[tuple[str, Answer]] = []
    if visit.pair_id:
        aids = Aid.objects.standing().filter(pair=visit.pair_id, sort=Aid.Sort.AID, on__gte=since)
        found += [("aid", each) for each in aids[:MOST]]
        plans = HardshipPlan.objects.filter(pair=visit.pair_id).order_by("-number")
        found += [("plan", each) for each in plans[:1]]
    if finding.pairing_id:
        done = Activity.objects.filter(pairing=finding.pairing_id, on__gte=since).recorded()
        newest = sorted(done[:MOST], key=lambda each: each.nature != Nature.GOODWILL_VISIT)
        found += [("activity", each) for each in newest]
    raised = Issue.objects.filter(source=Issue.Source.VISIT, source_url=visit.get_absolute_url())
    found += [("issue", each) for each in raised.exclude(state="withdrawn")[:MOST]]
    return {f"{name}{BETWEEN}{each.pk}": each for name, each in found if (name, each.pk) not in linked}


def choices(found: dict[str, Answer]) -> list[tuple[str, str]]:
    return [(value, f"{called(record)} · {localized_date(day_of(record))}") for value, record in found.items()]


def day_of(record: Answer):
    if isinstance(record, Aid | Activity):
        return record.on
    return (record.written_at if isinstance(record, HardshipPlan) else record.raised_at).date()
