"""What the records say of the villages of an inspection: each number with its denominator and the list behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from duties.models import Duty
from funds.models import DisclosedEntry, Entry
from funds.publishing.states import DisclosureState
from funds.querysets.disclosure import DISCLOSABLE
from organisations.models import Organisation
from pairing.models import Issue, Round
from pairing.schemes.inspection_words import Evidence
from pairing.states import IssueState
from visits.models import Activity
from visits.states import RECORDED, ActivityState


@dataclass(frozen=True)
class Measure:
    """`value` of `of`, and the address of the records behind both."""

    value: int
    of: int
    url: str


@dataclass(frozen=True)
class Counted:
    """Records: all that are asked for, by which column they belong to a village, and which of them are as they should
    be."""

    rows: QuerySet
    village: str
    met: Q


@dataclass(frozen=True)
class Asked:
    """Of which villages and days; what is due later than the last day is not asked for yet."""

    round: Round
    villages: Sequence[Organisation] | QuerySet[Organisation]
    since: date
    until: date

    @property
    def days(self) -> dict[str, str]:
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}


def measures(asked: Asked) -> dict[tuple[int, str], Measure]:
    """By village and by what it is counted from: one statement for each kind of record."""
    found: dict[tuple[int, str], Measure] = {}
    for evidence, records in counted(asked).items():
        numbers = {village: (value, of) for village, value, of in grouped(records)}
        for village in asked.villages:
            value, of = numbers.get(village.pk, (0, 0))
            found[village.pk, evidence] = Measure(value, of, address(evidence, village, asked))
    return found


def counted(asked: Asked) -> dict[str, Counted]:
    duties = Duty.objects.open().filter(
        round=asked.round, pairing__village__in=asked.villages, due_on__range=(asked.since, asked.until)
    )
    activities = Activity.objects.filter(
        pairing__round=asked.round, pairing__village__in=asked.villages, on__range=(asked.since, asked.until),
        state__in=RECORDED,
    )  # fmt: skip
    published = DisclosedEntry.objects.filter(entry=OuterRef("pk"), disclosure__state=DisclosureState.PUBLISHED)
    entries = Entry.objects.filter(
        fund__pairing__village__in=asked.villages, on__range=(asked.since, asked.until), kind__in=DISCLOSABLE
    )
    issues = Issue.objects.filter(organisation__in=asked.villages).exclude(state=IssueState.WITHDRAWN)
    issues = issues.filter(raised_at__date__range=(asked.since, asked.until))
    of_village = "pairing__village"
    met, confirmed = Q(done__gte=F("least")), Q(state=ActivityState.CONFIRMED)
    return {
        Evidence.DUTIES: Counted(duties, of_village, met),
        Evidence.ACTIVITIES: Counted(activities, of_village, confirmed),
        Evidence.MONEY: Counted(entries, "fund__pairing__village", Q(Exists(published))),
        Evidence.ISSUES: Counted(issues, "organisation", Q(state=IssueState.CLOSED)),
    }


def grouped(records: Counted) -> Iterable[tuple[int, int, int]]:
    """Each village with those that are as they should be, and all."""
    of, value = Count("pk", distinct=True), Count("pk", filter=records.met, distinct=True)
    rows = records.rows.order_by().values(records.village).annotate(value=value, of=of)
    return rows.values_list(records.village, "value", "of")


def address(evidence: str, village: Organisation, asked: Asked) -> str:
    if evidence == Evidence.DUTIES:
        return f"{reverse('round_duties', args=[asked.round.pk])}?{urlencode({'q': village.name})}"
    if evidence == Evidence.ACTIVITIES:
        return f"{reverse('activities')}?{urlencode({'village': village.pk, **asked.days})}"
    if evidence == Evidence.MONEY:
        return reverse("open_village", args=[village.pk])
    return f"{reverse('issues')}?{urlencode({'at': village.pk, **asked.days})}"
