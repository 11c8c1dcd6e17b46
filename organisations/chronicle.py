"""Event rows read as sentences: when, who in which post, which act, what changed from what to what.

Works for every model under `with_history`. A model may name child rows that belong to its story by
`history_parts = ("facts", "needs")` - names of reverse relations -, and columns that nobody reads by `history_hidden`.
The number of statements is constant.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core import dates
from organisations.history import ACTS
from organisations.models import Appointment, User

NEWEST = 300
HIDDEN = frozenset({"id", "path", "depth"})


@dataclass
class Change:
    """One row before and after; `before` is None where it was created."""

    model: Any
    label: str
    before: dict | None
    after: dict
    owner: str = ""  # the column that leads to the record whose story is told: it says nothing new


@dataclass
class Entry:
    """One act: everything that it changed at once."""

    at: datetime
    context: dict
    changes: list[Change] = field(default_factory=list)
    sentence: str = ""
    detail: str = ""
    address: str = ""


def entries_of(model: Any, pk: int) -> list[Entry]:
    """The story of one record and its parts, newest first."""
    acts: dict[tuple, Entry] = {}
    for event in event_rows(model, pk):
        context = event["context"]
        entry = acts.setdefault(
            (event["at"], context.get("act"), context.get("user")), Entry(event["at"], context=context)
        )
        entry.changes.append(event["change"])
    entries = sorted(acts.values(), key=lambda entry: entry.at, reverse=True)
    tell(entries)
    return [entry for entry in entries if entry.sentence]


def event_rows(model: Any, pk: int) -> Iterator[dict]:
    yield from told(model, {"pgh_obj_id": pk})
    for name in getattr(model, "history_parts", ()):
        relation = model._meta.get_field(name)
        yield from told(relation.related_model, {relation.field.attname: pk}, owner=relation.field.attname)


def told(model: Any, condition: dict, owner: str = "") -> Iterator[dict]:
    """Each event with what the row was before it."""
    event_model = model.pgh_event_model
    names = [f.attname for f in event_model._meta.concrete_fields if not f.name.startswith("pgh_")]
    rows = event_model.objects.filter(**condition).order_by("-pgh_id").values()[: NEWEST + 1]
    before: dict[int, dict] = {}
    for row in reversed(list(rows)):
        after = {name: row[name] for name in names}
        known = before.get(row["pgh_obj_id"])
        before[row["pgh_obj_id"]] = after
        if known is None and row["pgh_label"] != "created":
            known = after  # older events were left out, or the row is older than its history
        yield {
            "at": row["pgh_created_at"],
            "context": row["pgh_context"] or {},
            "change": Change(model, row["pgh_label"], None if row["pgh_label"] == "created" else known, after, owner),
        }


def tell(entries: list[Entry]) -> None:
    """Fill in sentence, detail and address. Names are read for all entries at once."""
    who = people_of(entries)
    words = Words(change for entry in entries for change in entry.changes)
    for entry in entries:
        parts = [part for change in entry.changes if (part := words.of(change))]
        if not parts and "act" not in entry.context:
            continue
        act = ACTS.get(entry.context.get("act", ""))
        entry.sentence = _("%(who)s %(act)s") % {"who": who(entry), "act": act or _("made a change")}
        entry.detail = "；".join(parts)
        entry.address = entry.context.get("ip", "")


def people_of(entries: list[Entry]):
    """A function that names the person and the post of an entry."""
    ids = {entry.context.get("user") for entry in entries} - {None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    posts: dict[int, list[Appointment]] = defaultdict(list)
    for post in Appointment.objects.filter(user__in=ids).select_related("organisation"):
        posts[post.user_id].append(post)

    def named(entry: Entry) -> str:
        user = entry.context.get("user", 0)
        if user not in names:
            return _("The system")
        held = posts_then(posts[user], entry)
        if not held:
            return names[user]
        return _("%(name)s (%(posts)s)") % {"name": names[user], "posts": "、".join(str(post) for post in held)}

    return named


def posts_then(posts: list[Appointment], entry: Entry) -> list[Appointment]:
    """The post in which the person acted; where none was noted, the posts held on that day."""
    acted = [post for post in posts if post.pk == entry.context.get("post")]
    on = timezone.localdate(entry.at)
    return acted or [post for post in posts if post.since <= on and (post.until is None or post.until >= on)]


class Words:
    """Changes in words. Names behind foreign keys are read once per model, however many changes there are."""

    def __init__(self, changes: Iterable[Change]):
        wanted: dict[Any, set] = defaultdict(set)
        for change in changes:
            for column in filter(lambda column: column.is_relation, shown(change)):
                wanted[column.related_model] |= {
                    row[column.attname] for row in (change.before, change.after) if row and column.attname in row
                }
        self.names = {
            model: {row.pk: str(row) for row in model._base_manager.select_related().filter(pk__in=ids - {None})}
            for model, ids in wanted.items()
        }

    def of(self, change: Change) -> str:
        kind = change.model._meta.verbose_name
        if change.label == "created":
            return self.sentence(_("%(kind)s added"), kind, self.values(change))
        if change.label == "deleted":
            return self.sentence(_("%(kind)s deleted"), kind, self.values(change))
        return "，".join(self.differences(change))

    def sentence(self, pattern: str, kind, values: list[str]) -> str:
        words = pattern % {"kind": kind}
        return f"{words}（{'，'.join(values)}）" if values else words

    def values(self, change: Change) -> list[str]:
        return [
            f"{label(column)} {self.value(column, change.after[column.attname])}"
            for column in shown(change)
            if change.after[column.attname] not in (None, "", [], False)
        ]

    def differences(self, change: Change) -> list[str]:
        before = change.before or {}
        return [
            _("%(field)s: %(before)s → %(after)s")
            % {
                "field": label(column),
                "before": self.value(column, before.get(column.attname)),
                "after": self.value(column, change.after[column.attname]),
            }
            for column in shown(change)
            if before.get(column.attname) != change.after[column.attname]
        ]

    def value(self, column: Any, value) -> str:
        if value is None or value in ("", []):
            return "—"
        if column.is_relation:
            return self.names[column.related_model].get(value, f"#{value}")
        if isinstance(value, list):
            return "、".join(self.value(getattr(column, "base_field", column), one) for one in value)
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return plain(value)


def plain(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{dates.localized_date(local.date())} {local:%H:%M:%S}"
    if isinstance(value, date):
        return dates.localized_date(value)
    if hasattr(value, "quantize"):
        return f"{value:,.2f}"
    if isinstance(value, dict):  # of a JSON column: its words, without keys that lead to rows
        return " ".join(one for one in value.values() if isinstance(one, str) and one)
    return str(value)


def label(column: models.Field) -> str:
    return str(column.verbose_name)


def shown(change: Change) -> list[models.Field]:
    """The columns that history keeps and people read; a key is for the program."""
    return [
        column
        for column in change.model._meta.concrete_fields
        if column.attname in change.after and column.name not in HIDDEN and column.attname != change.owner
        and (column.choices or not isinstance(column, models.SlugField | models.UUIDField))
        and column.name not in getattr(change.model, "history_hidden", ())
    ]  # fmt: skip
