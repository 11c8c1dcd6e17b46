"""Writing what the rows wish for: a constant number of statements for a chunk of rows, all of it undoable."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from core.copying import insert_rows, new_ids, update_rows
from core.roster import Line, Verdict, Work
from organisations.bulk import count_children, insert_children
from organisations.indexing import refresh, refresh_search
from organisations.models import Alias, Need, Organisation, Strength, VillageFacts
from organisations.rosters.columns import FACT_COLUMNS, resource_of
from organisations.rosters.directory import Entry, directory_of
from organisations.rosters.wishes import FIELDS, Stored, Wish, same, stored_for

ORGANISATION = "organisations.organisation"
COLUMNS = (*FIELDS, "classes")
PARENTS = "organisations.parents"


def write(work: Work, lines: Sequence[Line]) -> None:
    """Apply lines whose verdict is created or updated."""
    wishes = [line.plan for line in lines if line.verdict in (Verdict.CREATED, Verdict.UPDATED)]
    wishes = [wish for wish in wishes if isinstance(wish, Wish)]
    stored = stored_for(wishes)
    fresh = [wish for wish in wishes if wish.entry.pk is None]
    ensure_place(work)
    create(work, fresh)
    update(work, [wish for wish in wishes if wish.entry.pk in stored.organisations], stored)
    write_facts(work, wishes, stored)
    write_names(work, wishes, stored, Need, "village_id", "needs")
    write_names(work, wishes, stored, Strength, "unit_id", "strengths")
    write_aliases(work, wishes, stored, {wish.entry.pk for wish in fresh})


def close(work: Work) -> None:
    """Once all rows are written: a parent is counted once, however many chunks had children for it."""
    count_children(sorted(work.memory.pop(PARENTS, ())))


def ensure_place(work: Work) -> None:
    """Create the place itself, where it is only a name so far."""
    entry = directory_of(work).place
    if entry.pk is not None:
        return
    root = Organisation.objects.add_root({"name": entry.name, "kind": entry.kind, "division_code": entry.code})
    refresh(root)
    entry.pk, entry.path, work.place = root.pk, root.path, root
    work.changed(ORGANISATION).created.append(root.pk)


def create(work: Work, wishes: Sequence[Wish]) -> None:
    """New organisations, those above before those below: townships that only a row names come first."""
    wished = {id(wish.entry): wish for wish in wishes}
    waiting: dict[int, Entry] = {}
    for wish in wishes:
        entry: Entry | None = wish.entry
        while entry is not None and entry.pk is None:
            waiting[id(entry)] = entry
            entry = entry.parent
    while waiting:
        ready = [entry for entry in waiting.values() if entry.parent is not None and entry.parent.pk is not None]
        if not ready:
            raise LookupError("rows that stand under each other in a circle")
        create_level(work, ready, wished)
        for entry in ready:
            del waiting[id(entry)]


def create_level(work: Work, entries: Sequence[Entry], wished: dict[int, Wish]) -> None:
    rows, aliases = [], {}
    for position, entry in enumerate(entries):
        wish = wished.get(id(entry))
        columns: dict[str, Any] = {"name": entry.name, "kind": entry.kind, "division_code": entry.code}
        if wish:
            columns |= wish.fields | {"name": entry.name, "kind": entry.kind}
            columns["classes"] = [kind for kind, member in wish.classes.items() if member]
            aliases[position] = [value for _kind, value in wish.aliases]
        rows.append((entry.parent.path, columns))  # type: ignore[union-attr]
    made = insert_children(rows, aliases)
    work.memory.setdefault(PARENTS, set()).update(parent for parent, _columns in rows)
    for entry, (pk, path) in zip(entries, made, strict=True):
        entry.pk, entry.path, entry.certain = pk, path, True
    work.changed(ORGANISATION).created.extend(pk for pk, _path in made)


def update(work: Work, wishes: Sequence[Wish], stored: Stored) -> None:
    rows, renamed = [], []
    for wish in wishes:
        before = stored.organisations[wish.entry.pk]  # type: ignore[index]
        after = before | wish.fields
        kept = [kind for kind in before["classes"] if wish.classes.get(kind, True)]
        after["classes"] = kept + [kind for kind, member in wish.classes.items() if member and kind not in kept]
        if changed := record(work, ORGANISATION, before, after):
            rows.append(after)
            if {"name", "division_code", "uscc"} & changed:
                renamed.append(after["id"])
    update_rows(Organisation, COLUMNS, rows)
    if renamed:
        refresh_search(Organisation.objects.filter(pk__in=renamed))


def record(work: Work, model: str, before: dict, after: dict) -> set[str]:
    """Note what changes in a row, enough to undo it. Returns the names of the changed columns."""
    changed = {name for name, value in after.items() if not same(before.get(name), value)}
    if changed:
        kept = {"id": after["id"], "before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
        work.changed(model).updated.append(kept)
    return changed


def write_facts(work: Work, wishes: Iterable[Wish], stored: Stored) -> None:
    fresh, changed = [], []
    for wish in wishes:
        if not wish.facts:
            continue
        before = stored.facts.get((wish.entry.pk or 0, wish.year))
        if before is None:
            fresh.append({"village_id": wish.entry.pk, "year": wish.year, "causes": [], **wish.facts})
        elif record(work, "organisations.villagefacts", before, before | wish.facts):
            changed.append(before | wish.facts)
    insert(work, VillageFacts, fresh)
    update_rows(VillageFacts, FACT_COLUMNS, changed)


def write_names(
    work: Work, wishes: Iterable[Wish], stored: Stored, model: type[models.Model], owner: str, name: str
) -> None:
    """Needs or strengths: the list of the row replaces the list that is stored."""
    wished = {wish.entry.pk: getattr(wish, name) for wish in wishes if getattr(wish, name) is not None}
    has = getattr(stored, name)
    fresh = [
        {owner: pk, "name": value, "resource": resource_of(value)}
        for pk, values in wished.items()
        for value in values
        if value not in has.get(pk, ())
    ]
    leaving = [(pk, value) for pk, values in wished.items() for value in has.get(pk, ()) if value not in values]
    delete(work, model, owner, leaving)
    insert(work, model, fresh)


def write_aliases(work: Work, wishes: Iterable[Wish], stored: Stored, fresh: set[int | None]) -> None:
    rows = [
        {"organisation_id": wish.entry.pk, "kind": kind, "value": value}
        for wish in wishes
        for kind, value in wish.aliases
        if value not in stored.aliases.get(wish.entry.pk or 0, ())
    ]
    insert(work, Alias, rows)
    if older := [row["organisation_id"] for row in rows if row["organisation_id"] not in fresh]:
        refresh_search(Organisation.objects.filter(pk__in=older))


def insert(work: Work, model: type[models.Model], rows: Sequence[dict]) -> None:
    keys = new_ids(model, len(rows))
    insert_rows(model, [{"id": key, **row} for key, row in zip(keys, rows, strict=True)])
    work.changed(model._meta.label_lower).created.extend(keys)


def delete(work: Work, model: type[models.Model], owner: str, pairs: Sequence[tuple[int | None, str]]) -> None:
    if not pairs:
        return
    wanted = set(pairs)
    rows = model._default_manager.filter(**{f"{owner}__in": [pk for pk, _value in pairs]}).values()
    leaving = [row for row in rows if (row[owner], row["name"]) in wanted]
    model._default_manager.filter(pk__in=[row["id"] for row in leaving]).delete()
    work.changed(model._meta.label_lower).deleted.extend(leaving)
