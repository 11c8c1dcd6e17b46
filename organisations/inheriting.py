"""What passes from an organisation to the one that follows it, or ends with it. In sets; each step says what it did.

`on` is the first day of the new state; what ends, ends on the day before, what goes on begins with it.
"""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Greatest, Left
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import localized_date
from core.refusals import Refused
from organisations.bulk import count_children, last_steps
from organisations.indexing import refresh
from organisations.models import (
    Alias,
    Appointment,
    Mandate,
    Organisation,
    OrganisationLink,
    User,
)
from organisations.policies import check_may_appoint, check_may_give

MOST_NAMED = 20
# Rows that name organisations for some time: the columns that do, and what else makes two of them the same.
TIES: tuple[tuple[type[models.Model], tuple[str, ...], tuple[str, ...]], ...] = (
    (OrganisationLink, ("holder_id", "member_id"), ()),
    (Mandate, ("area_id", "holder_id"), ("part",)),
)
MOVE = """
    UPDATE organisations_organisation AS node
    SET path = moved.target || substr(node.path, %(length)s + 1), depth = node.depth + %(deeper)s
    FROM unnest(%(paths)s::text[], %(targets)s::text[]) AS moved (path, target)
    WHERE left(node.path, %(length)s) = moved.path
"""


def move_children(children: models.QuerySet, old: Organisation, new: Organisation) -> list[str]:
    """Subtrees that stand directly below `old` go below `new`: a constant number of statements, however many."""
    found = list(children.order_by("path").values_list("path", "name"))
    if not found:
        return []
    first = last_steps([new.path])[new.path] + 1
    targets = [Organisation._get_path(new.path, new.depth + 1, first + number) for number in range(len(found))]
    values = {
        "length": len(old.path) + Organisation.steplen,
        "deeper": new.depth - old.depth,
        "paths": [path for path, _name in found],
        "targets": targets,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE, values)
    count_children([old.path, new.path])
    words = _("%(count)s organisations below %(old)s move to %(new)s: %(names)s.")
    names = listed([name for _path, name in found])
    return [words % {"count": len(found), "old": old.name, "new": new.name, "names": names}]


def end_posts(by: User | None, old: Organisation, on: date, to: Organisation | None = None) -> list[str]:
    """Posts end with the day before `on`; with `to` they go on there. What was never begun is taken away."""
    last = on - timedelta(days=1)
    posts = list(old.appointments.filter(Q(until=None) | Q(until__gt=last)).select_related("user"))
    if not posts:
        return []
    for post in posts:
        check_may_give(by, post.role, old)
    told = [_("%(count)s posts end on %(day)s: %(names)s.") % {**counted(posts), "day": localized_date(last)}]
    if to is not None:
        told.append(carry_posts(by, posts, to, on))
    today = timezone.localdate()
    coming = Appointment.objects.filter(pk__in=[post.pk for post in posts if post.since > max(today, last)])
    coming.update(predecessor=None)
    coming.delete()
    ending = Appointment.objects.filter(pk__in=[post.pk for post in posts])
    ending.update(until=Greatest(F("since"), Value(last)))
    return told


def carry_posts(by: User | None, posts: list[Appointment], to: Organisation, on: date) -> str:
    held = set(to.appointments.filter(Q(until=None) | Q(until__gte=on)).values_list("user_id", "role"))
    carried = {(post.user_id, post.role): post for post in posts if (post.user_id, post.role) not in held}
    for post in carried.values():
        check_may_appoint(by, post.user, post.role, to)
    Appointment.objects.bulk_create(
        Appointment(user=post.user, role=post.role, organisation=to, since=max(on, post.since), until=post.until)
        for post in carried.values()
    )
    words = _("%(count)s of these posts go on at %(name)s from %(day)s: %(names)s.")
    return words % {**counted(list(carried.values())), "name": to.name, "day": localized_date(on)}


def counted(posts: list[Appointment]) -> dict:
    """Roles only: what was done is kept for ever, names of people are not."""
    roles = dict.fromkeys(post.get_role_display() for post in posts)
    return {"count": len(posts), "names": "、".join(roles) or "—"}


def pass_facilities(old: Organisation, on: date, to: Organisation | None) -> list[str]:
    """They stand where they stand and belong to whoever follows. A name taken there is led by the old owner's."""
    rows = old.facilities.open()
    names = list(rows.values_list("name", flat=True))
    if not names:
        return []
    if to is None:
        rows.update(until=Greatest(Value(on - timedelta(days=1)), F("since")))
        return [_("%(count)s facilities close: %(names)s.") % {"count": len(names), "names": listed(names)}]
    taken = to.facilities.open().values("name")
    renamed = Left(Concat(Value(old.name), F("name")), 80)
    rows.update(
        organisation=to,
        name=Case(When(name__in=list(taken.values_list("name", flat=True)), then=renamed), default=F("name")),
    )
    words = _("%(count)s facilities belong to %(name)s from then on: %(names)s.")
    return [words % {"count": len(names), "name": to.name, "names": listed(names)}]


def pass_ties(old: Organisation, on: date, to: Organisation | None) -> list[str]:
    """Memberships, teams and parts in the work."""
    return [told for model, ends, more in TIES for told in pass_tie(model, ends, more, old, on, to)]


def pass_tie(
    model: type[models.Model],
    ends: tuple[str, ...],
    more: tuple[str, ...],
    old: Organisation,
    on: date,
    to: Organisation | None,
) -> list[str]:
    """Each ends, and goes on as a new one with `to` in its place - but where that exists, or would join two in one."""
    last = on - timedelta(days=1)
    running = model._default_manager.filter(Q(until=None) | Q(until__gt=last))
    rows = running.filter(reduce(or_, (Q(**{end: old.pk}) for end in ends)))
    found = list(rows)
    if not found:
        return []
    words = {"count": len(found), "kind": model._meta.verbose_name}
    fresh = [] if to is None else replaced(found, ends, old.pk, to.pk, on)
    rows.update(until=Greatest(F("since"), Value(last)))
    if to is None:
        return [_("%(count)s entries “%(kind)s” end.") % words]
    known = set(running.filter(reduce(or_, (Q(**{end: to.pk}) for end in ends))).values_list(*ends, *more))
    wanted = {tuple(getattr(row, name) for name in (*ends, *more)): row for row in fresh}
    model._default_manager.bulk_create(row for key, row in wanted.items() if key not in known)
    return [_("%(count)s entries “%(kind)s” pass to %(name)s.") % (words | {"name": to.name})]


def replaced(found: list, ends: tuple[str, ...], old: int, new: int, on: date) -> list:
    """Copies that begin with `on`, with the new organisation in the place of the old. A link joins two."""
    copies = []
    for row in found:
        columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        columns |= {end: new for end in ends if columns[end] == old}
        copies.append(type(row)(**columns | {"id": None, "since": max(on, columns["since"])}))
    return [row for row in copies if not (isinstance(row, OrganisationLink) and row.holder_id == row.member_id)]


def names_of(old: Organisation, on: date) -> list[tuple[str, str, date]]:
    """Name and codes as they were, each with its last day."""
    last = on - timedelta(days=1)
    known = [
        (Alias.Kind.FORMER_NAME.value, old.name),
        *((Alias.Kind.FORMER_CODE.value, c) for c in (old.division_code, old.uscc)),
    ]
    return [(kind, value, last) for kind, value in known if value]


def remember_names(old: Organisation, new: Organisation, on: date) -> list[str]:
    """By the old name, codes and other names one finds what follows."""
    last = on - timedelta(days=1)
    others = [(alias.kind, alias.value, alias.valid_until or last) for alias in old.aliases.all()]
    return remember(new, names_of(old, on) + others)


def remember(new: Organisation, known: list[tuple[str, str, date]]) -> list[str]:
    current = {new.name, new.division_code, new.uscc}
    fresh = [(kind, value, until) for kind, value, until in known if value not in current]
    Alias.objects.bulk_create(
        (Alias(organisation=new, kind=kind, value=value, valid_until=until) for kind, value, until in fresh),
        ignore_conflicts=True,
    )
    refresh(new)
    if not fresh:
        return []
    names = listed([value for _kind, value, _until in fresh])
    return [_("%(name)s is also found as: %(names)s.") % {"name": new.name, "names": names}]


def shut(organisation: Organisation, on: date) -> str:
    last = on - timedelta(days=1)
    organisation.closed_on = last
    organisation.save(update_fields=["closed_on"])
    words = _("%(name)s is closed; its last day is %(day)s. It stays readable with its history.")
    return words % {"name": organisation.name, "day": localized_date(last)}


def refuse_children(organisation: Organisation) -> None:
    names = list(
        Organisation.objects.get_descendants(organisation).open().values_list("name", flat=True)[: MOST_NAMED + 1]
    )
    if names:
        words = _("Organisations below %(name)s are open: %(names)s. Move, merge or close them first.")
        raise Refused(words % {"name": organisation.name, "names": listed(names)})


def listed(names: list[str]) -> str:
    """All of a few; the first of many, and that there are more."""
    shown = "、".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else _("%(names)s and others") % {"names": shown}
