"""Leaving a roster. Pairs never end silently: who leaves with pairs in force is refused, or they end in this act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.refusals import Refused
from members.actions.keeping import check_namesakes, locked
from members.kinds import EndReason
from members.models import Household, Member, Person, PersonPair, Registration
from members.nearness import KEEPING, Rosterable, place_of
from members.states import PairState
from organisations.history import act
from organisations.models import User


@dataclass(frozen=True)
class Leaving:
    """What came of it: how many pairs ended, and whom nobody helps now."""

    record: Rosterable
    ended: int
    gaps: list[Household | Person | Member]


@act(_("took somebody off the roster"))
def leave(*, by: User, record: Rosterable, on: date, ends_pairs: bool) -> Leaving:
    """`ends_pairs`: the pairs in force end on the same day, with the reason; without it they are a refusal."""
    record = locked(record)
    by.acting(KEEPING[type(record)], place_of(record))
    if record.left_on is not None:
        raise Refused(_("This entry has left the roster already."))
    pairs = list(pairs_of(record).select_for_update(of=["self"]).select_related("helper_member", "target_household"))
    check_may_end(pairs, on, ends_pairs)
    end(type(record), [record.pk], on, by)
    record.left_on = on
    record.save(update_fields=["left_on"])
    return Leaving(record, len(pairs), gaps_after(pairs, record))


@act(_("took somebody back on the roster"))
def come_back(*, by: User, record: Rosterable) -> Rosterable:
    """Pairs that ended stay ended: who helps is said anew."""
    record = locked(record)
    by.acting(KEEPING[type(record)], place_of(record))
    if record.left_on is None:
        raise Refused(_("This entry stands on the roster."))
    if record.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased; nothing can be added to it."))
    check_namesakes(record, **identity_of(record))
    record.left_on = record.erases_on = record.kept_until = None
    record.kept_because = ""
    record.save(update_fields=["left_on", "erases_on", "kept_until", "kept_because"])
    return record


def identity_of(record: Rosterable) -> dict:
    if isinstance(record, Member):
        return {"organisation": record.organisation, "name": record.name, "number": record.number}
    if isinstance(record, Household):
        return {"village": record.village, "head": record.head, "group": record.group, "number": record.number}
    return {"village": record.village, "name": record.name, "kind": record.kind, "guardian": record.guardian}


def pairs_of(record: Rosterable):
    """The pairs in force on either side of the record."""
    name = record._meta.model_name
    either = Q(**{f"target_{name}": record})
    if isinstance(record, Member | Household):
        either |= Q(**{f"helper_{name}": record})
    return PersonPair.objects.active().filter(either)


def check_may_end(pairs: list[PersonPair], on: date, ends_pairs: bool) -> None:
    if pairs and not ends_pairs:
        raise Refused(
            ngettext_lazy(
                "%(count)s pair is in force. Agree that it ends on the same day, or end or reassign it first.",
                "%(count)s pairs are in force. Agree that they end on the same day, or end or reassign them first.",
                len(pairs),
            )
            % {"count": len(pairs)}
        )
    if any(pair.since > on for pair in pairs):
        raise Refused(_("A pair began only after that day. Choose a later day, or end that pair first."))


def end(model: Any, keys: Sequence[int], on: date, by: User | None) -> None:
    """The pairs in which these help, those in which they are helped, and the registrations of members."""
    name = model._meta.model_name
    ended = {"state": PairState.ENDED, "until": Greatest("since", Value(on)), "ended_by": by}
    if model in (Member, Household):
        helping = PersonPair.objects.active().filter(**{f"helper_{name}__in": keys})
        helping.update(**ended, end_reason=EndReason.HELPER_LEFT)
    helped = PersonPair.objects.active().filter(**{f"target_{name}__in": keys})
    helped.update(**ended, end_reason=EndReason.TARGET_CHANGED)
    if model is Member:
        Registration.objects.current().filter(member__in=keys).update(until=Greatest("since", Value(on)))


def gaps_after(pairs: list[PersonPair], record: Rosterable) -> list:
    """Those whom the record helped and nobody helps now: one statement a kind of target."""
    gaps: list = []
    for column, model in (("target_household", Household), ("target_person", Person), ("target_member", Member)):
        keys = [getattr(pair, f"{column}_id") for pair in pairs]
        left = {key for key in keys if key is not None} - ({record.pk} if isinstance(record, model) else set())
        if left:
            helped = PersonPair.objects.active().filter(**{f"{column}__in": left}).values(column)
            gaps += model.objects.present().filter(pk__in=left).exclude(pk__in=helped)
    return gaps
