"""Undoing an import as a whole; refused, with a list, where later work rests on its rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import pghistory
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.copying import insert_rows, update_rows
from core.refusals import Refused
from core.roster import CounterRecords
from office.models import RosterChange, RosterImport
from office.rosters.sheets import described_sheets
from office.rosters.states import RosterState, check_transition
from organisations.bulk import count_children
from organisations.indexing import refresh_search
from organisations.models import Organisation, User

MOST_NAMED = 3  # of each kind


class LaterWork(Refused):
    """What was done since with the rows of the import; `findings` are sentences."""

    def __init__(self, findings: Sequence[str], total: int):
        words = _("This import can't be undone: %(count)s later records rest on its rows. Undo these first: %(list)s.")
        super().__init__(words % {"count": total, "list": "；".join(findings)})
        self.findings = findings


def undo(roster: RosterImport, *, at: datetime, by: User | None = None) -> None:
    """As a whole or not at all; work that somebody does on the rows at the same moment is later work too."""
    try:
        take_back(roster, at=at, by=by or roster.started_by)
    except IntegrityError as reference:
        changes = list(roster.made_changes.all())
        refuse_later_work(roster, changes, created_keys(roster, changes))
        raise Refused(gettext_lazy("Somebody is working with the rows of this import. Try again.")) from reference
    roster.refresh_from_db()


def take_back(roster: RosterImport, *, at: datetime, by: User | None) -> None:
    with transaction.atomic(), pghistory.context(roster=roster.pk):
        current = RosterImport.objects.select_for_update(of=["self"]).get(pk=roster.pk)
        check_transition(current.state, RosterState.UNDONE)
        changes = list(roster.made_changes.order_by("-position").select_for_update())
        if not changes:
            raise Refused(gettext_lazy("Nothing of this import was applied; there is nothing to undo."))
        created = created_keys(roster, changes)
        refuse_later_work(roster, changes, created)
        if Organisation in created:
            forget_place(created[Organisation])
        for change in changes:
            reverse(change, at=at, by=by)
        refresh_search(Organisation.objects.filter(pk__in=touched(changes)))
        roster.made_changes.all().delete()
        RosterImport.objects.filter(pk=roster.pk).update(state=RosterState.UNDONE, undone_at=at)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or a reference would only be missed at the very end
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def forget_place(going: models.QuerySet) -> None:
    """Imports whose place is about to go keep its name."""
    names = Organisation.objects.filter(pk=models.OuterRef("place")).values("name")
    RosterImport.objects.filter(place__in=going).update(new_place=models.Subquery(names), place=None)


def model_of(change: RosterChange) -> type[models.Model]:
    return apps.get_model(change.model)


def noted(changes: models.QuerySet[RosterChange]) -> models.QuerySet:
    """The keys of the rows that were created, asked for where they are noted: hundreds of thousands of parameters cost
    more than the undoing.
    """
    key = models.Func(models.F("created"), function="unnest", output_field=models.BigIntegerField(), set_returning=True)
    return changes.order_by().annotate(key=key).values("key")


def created_keys(roster: RosterImport, changes: Iterable[RosterChange]) -> dict[type[models.Model], models.QuerySet]:
    tables = dict.fromkeys(change.model for change in changes)
    return {apps.get_model(table): noted(roster.made_changes.filter(model=table)) for table in tables}


def refuse_later_work(roster: RosterImport, changes: Sequence[RosterChange], created: dict) -> None:
    """Each kind of record with its number and the first few, so that none hides another."""
    found: dict[str, tuple[int, list[str]]] = {}
    for records in later_records(roster, changes, created):
        if count := records.count():
            label = str(records.model._meta.verbose_name)
            number, named = found.get(label, (0, []))
            found[label] = number + count, named + [str(record) for record in records[: MOST_NAMED - len(named)]]
    if found:
        findings = [f"{label}（{number}）：{'、'.join(named)}" for label, (number, named) in found.items()]
        raise LaterWork(findings, sum(number for number, _named in found.values()))


def later_records(roster: RosterImport, changes: Sequence[RosterChange], created: dict) -> Iterator[models.QuerySet]:
    """Records of others that point to created rows or stand below them, and rows that were changed since."""
    for model, keys in created.items():
        for relation in relations(model):
            if is_work(relation):
                rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
                if relation.related_model in created:
                    rows = rows.exclude(pk__in=created[relation.related_model])
                yield (
                    rows.exclude(pk=roster.pk).exclude(made_changes=None)
                    if relation.related_model is RosterImport
                    else rows
                )
        yield model._base_manager.filter(pk__in=edited_since(roster, model, keys))
    if Organisation in created:
        yield below(created[Organisation])
    for change in changes:
        yield model_of(change)._base_manager.filter(pk__in=changed_since(change))


def relations(model: type[models.Model]) -> list:
    """Everything that points to rows of a model, also where it has no name in the other direction."""
    fields = model._meta.get_fields(include_hidden=True)
    return [
        field
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]


def is_work(relation) -> bool:
    """Not the history, and nothing that merely forgets what it pointed to."""
    history = hasattr(relation.related_model, "pgh_tracked_model")
    return not history and not relation.many_to_many and relation.on_delete is not models.SET_NULL


def below(keys: models.QuerySet) -> models.QuerySet:
    """Organisations that were put under created ones since."""
    under = models.Exists(
        Organisation.objects.filter(
            pk__in=keys,
            path=models.functions.Left(models.OuterRef("path"), models.functions.Length(models.OuterRef("path")) - 4),
        )
    )
    return Organisation.objects.filter(under).exclude(pk__in=keys)


def edited_since(roster: RosterImport, model: type[models.Model], keys: models.QuerySet) -> list[int]:
    """Created rows that the history shows as changed by anything but this import and those that were undone."""
    events = next(
        (
            r.related_model
            for r in model._meta.related_objects
            if getattr(r.related_model, "pgh_tracked_model", None) is model
        ),
        None,
    )
    if events is None:
        return []
    undone = RosterImport.objects.filter(state=RosterState.UNDONE).values_list("pk", flat=True)
    others = ~models.Q(pgh_context__roster__in=[roster.pk, *undone])  # says nothing where the context names no roster
    others |= models.Q(pgh_context=None) | ~models.Q(pgh_context__has_key="roster")
    changed = events._default_manager.filter(others, pgh_obj_id__in=keys, pgh_label="changed")
    return list(changed.values_list("pgh_obj_id", flat=True).distinct())


def plain(value: object) -> object:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def changed_since(change: RosterChange) -> list[int]:
    """Updated rows that no longer hold what the import wrote."""
    if not change.updated:
        return []
    names = sorted(set().union(*(row["after"] for row in change.updated)))
    stored = {
        row["id"]: row
        for row in model_of(change)._base_manager.filter(pk__in=[r["id"] for r in change.updated]).values("id", *names)
    }
    return [
        row["id"]
        for row in change.updated
        if row["id"] in stored and any(plain(stored[row["id"]][name]) != value for name, value in row["after"].items())
    ]


def reverse(change: RosterChange, *, at: datetime, by: User | None) -> None:
    """Put back what was changed and deleted, take away what was created.

    What is never deleted says with `undone_as` what it becomes instead; an empty one stays as it is. What is never
    changed either is taken back by further records of its kind (`counters` of its sheet).
    """
    model = model_of(change)
    by_columns: dict[tuple[str, ...], list[dict]] = defaultdict(list)
    for row in change.updated:
        by_columns[tuple(sorted(row["before"]))].append({"id": row["id"], **row["before"]})
    for columns, rows in by_columns.items():
        update_rows(model, columns, rows)
    parents = []
    created = noted(RosterChange.objects.filter(pk=change.pk))
    if model is Organisation and change.created:
        paths = Organisation.objects.filter(pk__in=created).values_list("path", flat=True)
        parents = sorted({path[: -Organisation.steplen] for path in paths})
    leaving = model._base_manager.filter(pk__in=created)
    undone_as = getattr(model, "undone_as", None)
    if counter := counter_of(change):
        counter(leaving, at=at, by=by)
    elif undone_as is None:
        leaving._raw_delete(leaving.db)
    elif undone_as:
        leaving.update(**undone_as)
    insert_rows(model, change.deleted)
    if parents:
        count_children(parents)


def counter_of(change: RosterChange) -> CounterRecords | None:
    return next((sheet.counters[change.model] for sheet in described_sheets() if change.model in sheet.counters), None)


def touched(changes: Iterable[RosterChange]) -> list[int]:
    return [row["id"] for change in changes if model_of(change) is Organisation for row in change.updated]
