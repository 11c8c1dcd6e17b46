"""The archives of the two sides beside each other (TN-25): what each recorded, waits, came back, differs.

There is one record for both, so nothing can be missing in one of them; they differ where one side has not confirmed yet
or has sent back what the other recorded, and where both may have recorded the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import localized_date
from organisations.kinds import Resource
from pairing.models import Pairing
from pairing.schemes import tags
from pairing.states import Side
from visits.models import Activity, Evidence
from visits.states import RECORDED, ActivityState

SHORTENED = 40
COLUMNS = {
    ActivityState.CONFIRMED: "confirmed",
    ActivityState.SUBMITTED: "waiting",
    ActivityState.RETURNED: "returned",
}


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
class Double:
    """Two records that may be the same one. A hint, never an accusation."""

    first: Activity
    second: Activity
    why: str


@dataclass
class Comparison:
    sides: list[SideOf]
    differences: list[Difference]
    doubles: list[Double]

    @property
    def agree(self) -> bool:
        return not self.differences and not self.doubles


def archived(pairing: Pairing, since: date, until: date) -> list[Activity]:
    """What the archive holds of these days, the latest first; all that `compared` asks for is read along."""
    rows = Activity.objects.filter(pairing=pairing, on__range=(since, until)).exclude(state=ActivityState.CANCELLED)
    evidence = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
    related = rows.select_related("unit", "pairing__village", "corrects", "answered_by")
    return list(related.prefetch_related("participants", evidence, "corrects__participants"))


def compared(pairing: Pairing, rows: list[Activity], today: date) -> Comparison:
    """Of the rows of `archived`; asks the database for nothing but the names of tags."""
    sides = {Side.UNIT: SideOf(pairing.unit.name), Side.VILLAGE: SideOf(pairing.village.name)}
    recorded = sorted((each for each in rows if each.state in RECORDED), key=lambda each: (each.on, each.pk))
    for each in recorded:
        side, column = sides[Side(each.side)], COLUMNS[ActivityState(each.state)]
        setattr(side, column, getattr(side, column) + 1)
    waiting = [each for each in recorded if each.state != ActivityState.CONFIRMED]
    named = tags.names() if any(each.corrects and each.tags != each.corrects.tags for each in waiting) else {}
    differences = [difference(each, today, named) for each in waiting]
    return Comparison(list(sides.values()), differences, doubles(recorded))


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
    }
    return {what: words or "—" for what, words in written.items()}


def shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORTENED else f"{line[:SHORTENED]}…"


def doubles(recorded: list[Activity]) -> list[Double]:
    """Two of the same kind on one day, or shown by the same picture."""
    known = {each.pk: each for each in recorded}
    groups: dict[tuple, list[int]] = defaultdict(list)
    for each in recorded:
        for shown_by in each.evidence.all():
            groups["picture", shown_by.file.sha256].append(each.pk)
    for each in recorded:
        groups["day", each.on, each.nature].append(each.pk)
    found: dict[frozenset[int], Double] = {}
    for key, pks in groups.items():
        why = _("the same picture") if key[0] == "picture" else _("the same kind on the same day")
        for one, two in combinations(dict.fromkeys(pks), 2):
            if known[two].corrects_id != one and known[one].corrects_id != two:
                found.setdefault(frozenset((one, two)), Double(known[one], known[two], why))
    return list(found.values())
