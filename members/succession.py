"""What the rosters hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from members.kinds import HELPERS, TARGETS, EndReason
from members.models import Household, Member, Person, PersonPair, Registration, Zone
from members.states import PairState
from organisations.models import Organisation, User

Pair = tuple[Organisation, Organisation | None]
# Which column of which record names the organisation that keeps it.
KEPT_BY = (
    (Member, "organisation"),
    (Household, "village"),
    (Person, "village"),
    (Registration, "organisation"),
    (Zone, "village"),
)
COLUMNS = (*HELPERS, *TARGETS)
ORGANISATIONS = ("helper_organisation", "target_organisation")


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """Rosters, and pairs in force, go to the first successor; where an organisation goes on, they stay with it.

    A constant number of statements for each organisation. Returns what was done, in sentences.
    """
    first: dict[Organisation, Organisation | None] = {}
    for old, new in successions:
        first.setdefault(old, new)
    told = []
    for old, new in first.items():
        if new is not None and new != old:
            told += pass_on(old, new, on)
    return told


def pass_on(old: Organisation, new: Organisation, on: date) -> list[str]:
    rename_zones(old, new)
    end_doubled(old, new, on)
    moved = {model: model._default_manager.filter(**{name: old}).update(**{name: new}) for model, name in KEPT_BY}
    active = PersonPair.objects.active()
    for side in ("unit", "village", *ORGANISATIONS):
        active.filter(**{side: old}).update(**{side: new})
    people = moved[Member] + moved[Household] + moved[Person]
    words = {"count": people, "name": new.name}
    sentence = _("%(count)s members, households and persons go over to the rosters of %(name)s.")
    return [sentence % words] if people else []


def end_doubled(old: Organisation, new: Organisation, on: date) -> None:
    """Of organisations as helpers or helped: what joined the two ends, and what both had stands once."""
    pairs = PersonPair.objects.active().filter(
        Q(helper_organisation__in=[old, new]) | Q(target_organisation__in=[old, new])
    )
    seen: set[tuple] = set()
    doubled = []
    for pk, kind, *sides in pairs.order_by("pk").values_list("pk", "kind", *COLUMNS):
        after = dict(zip(COLUMNS, sides, strict=True))
        after |= {column: new.pk for column in ORGANISATIONS if after[column] == old.pk}
        helper, target = (after[column] for column in ORGANISATIONS)
        if (kind, *after.values()) in seen or (helper is not None and helper == target):
            doubled.append(pk)
        seen.add((kind, *after.values()))
    PersonPair.objects.filter(pk__in=doubled).update(
        state=PairState.ENDED, until=Greatest("since", Value(on)), end_reason=EndReason.TARGET_CHANGED
    )


def rename_zones(old: Organisation, new: Organisation) -> None:
    """A zone whose name the successor uses already says whose it was."""
    taken = Zone.objects.filter(village=new, closed_on=None).values("name")
    for zone in Zone.objects.filter(Q(village=old, closed_on=None), name__in=taken):
        zone.name = f"{old.name}{zone.name}"[:60]
        zone.save(update_fields=["name"])
