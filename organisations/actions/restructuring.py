"""Merging, splitting, renaming, closing: one decision with its reason, and everything that follows from it at once.

What hangs on an organisation in upper apps is handed over by them (settings.SUCCESSION), in the same transaction:
each is called as f(by=, successions=, kind=, reason=, on=, at=) with (old, new or None) pairs and returns sentences;
a refusal from one refuses the whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from organisations import inheriting
from organisations.actions.directory import above
from organisations.bulk import count_children, insert_children
from organisations.history import act
from organisations.indexing import refresh
from organisations.models import Organisation, Succession, SuccessionStep, User
from organisations.policies import check_may_edit

Pair = tuple[Organisation, Organisation | None]


@dataclass(frozen=True)
class Part:
    """One of the organisations into which another is split, and which of those below it go there."""

    name: str
    code: str = ""
    below: tuple[Organisation, ...] = ()


class Changed(Refused):
    """What would happen is no longer what the person was shown."""


@act(gettext_lazy("merged an organisation into another"))
def merge(
    *,
    by: User | None,
    organisation: Organisation,
    into: Organisation,
    reason: str,
    on: date,
    at: datetime,
    carry_posts: bool = False,
    seen: str = "",
) -> Succession:
    """Everything below and around `organisation` passes to `into`; posts end, or are carried over."""
    old, new = locked(organisation, into)
    check_may_edit(by, above(old))
    check_may_edit(by, new)
    check_day(on, at)
    check_open(old, new)
    check_alike(old, new)
    told = inheriting.move_children(Organisation.objects.get_children(old), old, new)
    told += inheriting.end_posts(by, old, on, to=new if carry_posts else None)
    told += inheriting.pass_facilities(old, on, new)
    told += inheriting.pass_ties(old, on, new)
    told.append(inheriting.shut(old, on))
    told += inheriting.remember_names(old, new, on)
    return conclude(Succession.Kind.MERGE, [(old, new)], told, by=by, reason=reason, on=on, at=at, seen=seen)


@act(gettext_lazy("split an organisation"))
def split(
    *,
    by: User | None,
    organisation: Organisation,
    parts: Sequence[Part],
    goes_on: bool,
    reason: str,
    on: date,
    at: datetime,
    carry_posts: bool = False,
    seen: str = "",
) -> Succession:
    """New organisations beside it. Where it goes on, it keeps what no part is given; else the first part gets it."""
    old, parent = locked(organisation, above(organisation))
    check_may_edit(by, parent)
    check_day(on, at)
    check_open(old)
    check_parts(old, parent, parts, goes_on)
    told = [] if goes_on else [inheriting.shut(old, on)]  # first, so that a part may have its code
    made = add_parts(old, parent, parts)
    words = _("%(name)s is added below %(parent)s, as %(kind)s, with the classes and tags of %(old)s.")
    told += [
        words % {"name": new.name, "parent": parent.name, "kind": new.get_kind_display(), "old": old.name}
        for new in made
    ]
    told += share_out(by, old, made, parts, goes_on, on, carry_posts)
    pairs: list[Pair] = [(old, old)] if goes_on else []
    pairs += [(old, new) for new in made]
    return conclude(Succession.Kind.SPLIT, pairs, told, by=by, reason=reason, on=on, at=at, seen=seen)


@act(gettext_lazy("renamed an organisation"))
def rename(
    *,
    by: User | None,
    organisation: Organisation,
    name: str,
    code: str,
    reason: str,
    on: date,
    at: datetime,
    seen: str = "",
) -> Succession:
    """A new name or division code by decision. By the former ones it is found as before."""
    old, parent = locked(organisation, above(organisation))
    check_may_edit(by, old)
    check_day(on, at)
    check_open(old)
    name, code = name.strip() or old.name, code or old.division_code
    if (name, code) == (old.name, old.division_code):
        raise Refused(_("%(name)s has this name and this code already.") % {"name": old.name})
    check_free(parent, {name}, {code} - {"", old.division_code}, but=old)
    told = [_("%(old)s is called %(new)s from then on.") % {"old": old.name, "new": name}] if name != old.name else []
    if code != old.division_code:
        told.append(
            _("Its division code is %(new)s instead of %(old)s.") % {"new": code, "old": old.division_code or "—"}
        )
    former = Organisation(name=old.name, division_code=old.division_code)
    old.name, old.division_code = name, code
    old.save(update_fields=["name", "division_code"])
    told += inheriting.remember(old, inheriting.names_of(former, on))
    return conclude(
        Succession.Kind.RENAME, [(old, old)], told, former=former, by=by, reason=reason, on=on, at=at, seen=seen
    )


@act(gettext_lazy("closed an organisation"))
def close(
    *, by: User | None, organisation: Organisation, reason: str, on: date, at: datetime, seen: str = ""
) -> Succession:
    """Without a successor. Nothing open may stand below it; posts, facilities and memberships end."""
    (old,) = locked(organisation)
    check_may_edit(by, above(old))
    check_day(on, at)
    check_open(old)
    inheriting.refuse_children(old)
    told = inheriting.end_posts(by, old, on)
    told += inheriting.pass_facilities(old, on, None)
    told += inheriting.pass_ties(old, on, None)
    told.append(inheriting.shut(old, on))
    return conclude(Succession.Kind.CLOSE, [(old, None)], told, by=by, reason=reason, on=on, at=at, seen=seen)


def preview(verb: Callable[..., Succession], **arguments) -> Succession:
    """Do it and take it back: what comes out is what would happen, also in the upper apps. Nothing is kept."""
    with transaction.atomic():
        done = verb(**arguments)
        transaction.set_rollback(True)
    return done


def digest(told: Sequence[str]) -> str:
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def conclude(
    kind: str,
    pairs: Sequence[Pair],
    told: list[str],
    *,
    by: User | None,
    reason: str,
    on: date,
    at: datetime,
    seen: str,
    former: Organisation | None = None,
) -> Succession:
    """Ask the upper apps, compare with what was shown, and keep the decision."""
    for name in settings.SUCCESSION:
        told += import_string(name)(by=by, successions=list(pairs), kind=kind, reason=reason, on=on, at=at)
    told = [str(sentence) for sentence in told]
    if seen and seen != digest(told):
        raise Changed(_("Something changed since you looked. Look at what would happen now, and decide again."))
    reason = reason.strip()
    if not reason:
        raise Refused(_("Give the reason: it stays with the decision."))
    made = Succession.objects.create(kind=kind, on=on, reason=reason, outcome=told, decided_at=at, decided_by=by)
    SuccessionStep.objects.bulk_create(
        SuccessionStep(
            succession=made,
            predecessor=old,
            successor=new,
            old_name=(former or old).name,
            old_code=(former or old).division_code,
            new_name=new.name if new else "",
            new_code=new.division_code if new else "",
        )
        for old, new in pairs
    )
    return made


def add_parts(old: Organisation, parent: Organisation, parts: Sequence[Part]) -> list[Organisation]:
    kept = {name: getattr(old, name) for name in ("kind", "level", "classes", "tags")}
    columns = [kept | {"name": part.name, "division_code": part.code} for part in parts]
    keys = [pk for pk, _path in insert_children([(parent.path, row) for row in columns])]
    count_children([parent.path])
    made = {organisation.pk: organisation for organisation in Organisation.objects.filter(pk__in=keys)}
    return [made[pk] for pk in keys]


def share_out(
    by: User | None,
    old: Organisation,
    made: Sequence[Organisation],
    parts: Sequence[Part],
    goes_on: bool,
    on: date,
    carry_posts: bool,
) -> list[str]:
    """Who gets what stood below it; the rest - posts, facilities, memberships - goes to the first, or stays."""
    told: list[str] = []
    below = Organisation.objects.get_children(old)
    for new, part in zip(made, parts, strict=True):
        told += inheriting.move_children(below.filter(pk__in=[child.pk for child in part.below]), old, new)
    first = made[0]
    if not goes_on:
        told += inheriting.move_children(below, old, first)
        told += inheriting.end_posts(by, old, on, to=first if carry_posts else None)
        told += inheriting.pass_facilities(old, on, first)
        told += inheriting.pass_ties(old, on, first)
        for new in made:
            told += inheriting.remember_names(old, new, on)
    refresh(*made)
    return told


def locked(*organisations: Organisation) -> list[Organisation]:
    """In one order, so that two people who decide on the same organisations do not wait for each other."""
    keys = [organisation.pk for organisation in organisations]
    rows = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[pk] for pk in keys]


def check_day(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(_("The day lies in the future. Record the decision on the day on which it counts, or later."))


def check_open(*organisations: Organisation) -> None:
    for organisation in organisations:
        if organisation.closed_on is not None:
            raise Refused(
                _("%(name)s is closed already. Look at its page for what became of it.") % {"name": organisation.name}
            )


def check_alike(old: Organisation, new: Organisation) -> None:
    if old.pk == new.pk:
        raise Refused(_("An organisation can't be merged into itself."))
    if new.path.startswith(old.path):
        raise Refused(_("%(new)s stands below %(old)s: move it first.") % {"new": new.name, "old": old.name})
    if old.kind != new.kind and not (old.is_unit and new.is_unit):
        words = _("%(old)s is of the kind “%(kind)s”, %(new)s is not: villages merge with villages, units with units.")
        raise Refused(words % {"old": old.name, "kind": old.get_kind_display(), "new": new.name})


def check_parts(old: Organisation, parent: Organisation, parts: Sequence[Part], goes_on: bool) -> None:
    if len(parts) + goes_on < 2:
        raise Refused(_("Name at least two organisations that come of the split; itself may be one of them."))
    if old.pk == parent.pk:
        raise Refused(_("The top of a tree can't be split."))
    names = [part.name for part in parts]
    if len(set(names)) < len(names):
        raise Refused(_("Two of the new organisations have the same name."))
    given = [child.pk for part in parts for child in part.below]
    if len(set(given)) < len(given):
        raise Refused(_("An organisation below it is given to two of the new ones."))
    codes = {part.code for part in parts} - {""}
    check_free(parent, set(names), codes, but=None if goes_on else old)


def check_free(parent: Organisation, names: set[str], codes: set[str], but: Organisation | None) -> None:
    """No namesake beside it, and nobody with its code."""
    others = Organisation.objects.open().exclude(pk=but.pk if but else None)
    beside = Organisation.objects.get_children(parent).filter(pk__in=others.order_by().values("pk"), name__in=names)
    if namesake := beside.first():
        words = _(
            "Below %(parent)s there is an organisation called %(name)s already. Merge the two, or take another name."
        )
        raise Refused(words % {"parent": parent.name, "name": namesake.name})
    if coded := others.filter(division_code__in=codes).first():
        words = _("The division code %(code)s belongs to %(name)s.")
        raise Refused(words % {"code": coded.division_code, "name": coded.name})
