"""The archives of the two sides beside each other (TN-25): what each recorded, waits, came back, differs.

There is one record for both, so nothing can be missing in one of them; they differ where one side has not confirmed yet
or has sent back what the other recorded, and where both may have recorded the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import localized_date
from organisations.kinds import Resource
from pairing.models import Pairing
from pairing.schemes import tags
from pairing.states import Side
from visits.models import Activity, ActivityDetail, Evidence
from visits.states import RECORDED, ActivityState

SHORTENED = 40
MOST_ROWS = 40
MOST_DIFFERENCES = 20
MOST_ALIKE = 4
MOST_GROUPS = 10
COLUMNS = {
    ActivityState.CONFIRMED: "confirmed",
    ActivityState.SUBMITTED: "waiting",
    ActivityState.RETURNED: "returned",
}


class Known(NamedTuple):
    """As much of each record as is looked through: thousands are no burden."""

    pk: int
    on: date
    name: str
    nature: str
    side: str
    state: str
    corrects: int | None


class Shown(NamedTuple):
    """A piece of evidence: which of them are alike, and which are pictures that can be shown."""

    activity: int
    pk: int
    kind: str
    sha256: str
    destroyed_at: datetime | None

    @property
    def is_picture(self) -> bool:
        return self.kind == Evidence.Kind.PHOTO and self.destroyed_at is None


@dataclass
class SideOf:
    """What one side recorded: confirmed by the other, waiting for it, sent back by it."""

    name: str
    confirmed: int = 0
    waiting: int = 0
    returned: int = 0

    @property
    def recorded(self) -> int:
        return self.confirmed + self.waiting + self.returned


@dataclass
class Difference:
    """Something on which the two sides do not agree yet, in words; `days` since it waits."""

    activity: Activity
    sentence: str
    details: list[str]
    days: int


@dataclass
class Alike:
    """Records that may be one and the same. A hint, never an accusation. `first`: the first few of them."""

    first: list[Activity]
    number: int
    why: str

    @property
    def more(self) -> int:
        return self.number - len(self.first)


@dataclass
class Comparison:
    """`differences`: the first few of those that are `open`; `alike` those of `groups`."""

    sides: list[SideOf]
    differences: list[Difference]
    open: int
    alike: list[Alike]
    groups: int

    @property
    def agree(self) -> bool:
        return not self.open and not self.alike


@dataclass
class Archive:
    """What is on record of some days: the latest few of `number`, each with its pictures."""

    rows: list[tuple[Activity, list[Shown]]]
    number: int
    comparison: Comparison


def archive(pairing: Pairing, since: date, until: date, today: date) -> Archive:
    """All is looked through, and only what the page shows is read in full."""
    rows = Activity.objects.filter(pairing=pairing, on__range=(since, until)).exclude(state=ActivityState.CANCELLED)
    known = [Known(*row) for row in rows.values_list(*Known._fields)]
    recorded = sorted((each for each in known if each.state in RECORDED), key=in_order)
    waiting = [each for each in recorded if each.state != ActivityState.CONFIRMED]
    latest, first = known[:MOST_ROWS], waiting[:MOST_DIFFERENCES]
    full = in_full([each.pk for each in (*latest, *first)])
    differences = differences_of([full[each.pk] for each in first], today)
    evidence = evidence_of(rows)
    pictures: dict[int, list[Shown]] = defaultdict(list)
    for each in filter(attrgetter("is_picture"), evidence):
        pictures[each.activity].append(each)
    groups = alike(recorded, evidence)
    comparison = Comparison(sides_of(pairing, recorded), differences, len(waiting), groups[:MOST_GROUPS], len(groups))
    rows_shown = [(full[each.pk], pictures[each.pk]) for each in latest]
    return Archive(rows_shown, len(known), comparison)


def in_order(record: Known) -> tuple[date, int]:
    return record.on, record.pk


def evidence_of(rows: QuerySet[Activity]) -> list[Shown]:
    found = Evidence.objects.filter(activity__in=rows.order_by().values("pk")).order_by("pk")
    return [Shown(*row) for row in found.values_list("activity", "pk", "kind", "file__sha256", "file__destroyed_at")]


def in_full(pks: list[int]) -> dict[int, Activity]:
    """With all that the page of an archive shows of them."""
    rows = Activity.objects.select_related("unit", "pairing__village", "detail", "corrects__detail", "answered_by")
    return rows.prefetch_related("participants", "corrects__participants").in_bulk(pks)


def sides_of(pairing: Pairing, recorded: list[Known]) -> list[SideOf]:
    sides = {Side.UNIT: SideOf(pairing.unit.name), Side.VILLAGE: SideOf(pairing.village.name)}
    for each in recorded:
        side, column = sides[Side(each.side)], COLUMNS[ActivityState(each.state)]
        setattr(side, column, getattr(side, column) + 1)
    return list(sides.values())


def differences_of(waiting: list[Activity], today: date) -> list[Difference]:
    named = tags.names() if any(each.corrects and each.tags != each.corrects.tags for each in waiting) else {}
    return [difference(each, today, named) for each in waiting]


def difference(activity: Activity, today: date, named: dict[str, str]) -> Difference:
    is_unit = activity.side == Side.UNIT
    own, other = activity.unit.name, activity.pairing.village.name
    own, other = (own, other) if is_unit else (other, own)
    said = {"own": own, "other": other, "what": activity.name, "day": localized_date(activity.on)}
    details = changes(activity.corrects, activity, named) if activity.corrects else []
    if activity.state == ActivityState.RETURNED and activity.answered_at:
        said["words"] = activity.returned_words
        sentence = _("%(other)s sent back “%(what)s” of %(day)s to %(own)s: %(words)s") % said
        return Difference(activity, sentence, details, (today - timezone.localdate(activity.answered_at)).days)
    sentence = _("%(own)s recorded “%(what)s” of %(day)s, %(other)s has not confirmed it yet") % said
    if activity.corrects:
        sentence = _("%(own)s corrected “%(what)s” of %(day)s, %(other)s has not confirmed that yet") % said
    return Difference(activity, sentence, details, (today - timezone.localdate(activity.entered_at)).days)


def changes(old: Activity, new: Activity, named: dict[str, str]) -> list[str]:
    """What a correction changes, each in words."""
    before, after = shown(old, named), shown(new, named)
    return [
        _("%(what)s: %(before)s → %(after)s") % {"what": what, "before": before[what], "after": after[what]}
        for what in before
        if before[what] != after[what]
    ]


def shown(activity: Activity, named: dict[str, str]) -> dict[str, str]:
    """What stands in a record, by the words of the form; a dash where nothing does."""
    people = sorted(each.name for each in activity.participants.all())
    written = {
        _("Day"): localized_date(activity.on),
        _("What was done there"): activity.name,
        _("Who took part"): "、".join(people),
        _("What was seen and done"): shortened(activity.words),
        _("Persons reached"): "" if activity.persons is None else str(activity.persons),
        _("Person-times"): "" if activity.person_times is None else str(activity.person_times),
        _("Things given"): "" if activity.items is None else str(activity.items),
        _("Way of training"): activity.get_mode_display(),
        _("Resources"): "、".join(str(Resource(each).label) for each in activity.resources),
        _("Tags"): "、".join(named.get(each, each) for each in activity.tags),
        **extras(getattr(activity, "detail", None) or ActivityDetail()),
    }
    return {what: words or "—" for what, words in written.items()}


def extras(detail: ActivityDetail) -> dict[str, str]:
    """What some kinds have beside the others."""
    return {
        _("What the talk was about"): "、".join(detail.topic_names),
        _("What the dispute was about"): detail.get_dispute_display(),
        _("What came of the mediation"): detail.get_outcome_display(),
        _("Experience"): shortened(detail.experience),
        _("Constraints"): shortened(detail.constraints),
        _("Ideas for development"): shortened(detail.ideas),
        _("Newspaper, station or website"): detail.medium,
        _("Link"): detail.link,
        _("What was promised"): shortened(detail.promise),
        _("To be kept by"): localized_date(detail.until) if detail.until else "",
        _("Post"): detail.post,
        _("Duties"): shortened(detail.duties),
    }


def shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORTENED else f"{line[:SHORTENED]}…"


def alike(recorded: list[Known], evidence: list[Shown]) -> list[Alike]:
    """Shown by the same picture, or of the same kind on one day: one hint for all that are alike."""
    known = {each.pk: each for each in recorded}
    pictures: dict[str, set[int]] = defaultdict(set)
    for shown in evidence:
        pictures[shown.sha256].add(shown.activity)
    days: dict[tuple, list[int]] = defaultdict(list)
    for each in recorded:
        days[each.on, each.nature].append(each.pk)
    found: dict[frozenset[int], Alike] = {}
    for pks in pictures.values():
        add_alike(found, sorted((known[pk] for pk in pks if pk in known), key=in_order), _("the same picture"))
    of_pictures = list(found)
    for of_day in days.values():
        if not any(other.issuperset(of_day) for other in of_pictures):
            add_alike(found, [known[pk] for pk in of_day], _("the same kind on the same day"))
    return list(found.values())


def add_alike(found: dict[frozenset[int], Alike], group: list[Known], why: str) -> None:
    """A correction is no double of what it corrects."""
    corrected = {each.corrects for each in group}
    same = [each for each in group if each.pk not in corrected]
    if len(same) > 1:
        first = [Activity(pk=each.pk, on=each.on, name=each.name, side=each.side) for each in same[:MOST_ALIKE]]
        found.setdefault(frozenset(each.pk for each in same), Alike(first, len(same), why))
