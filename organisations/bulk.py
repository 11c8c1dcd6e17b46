"""Many organisations at once: tree paths computed in sets, rows written by COPY (one by one takes 3 ms each)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from core.copying import insert_rows, new_ids
from organisations.indexing import searchable
from organisations.models import Organisation

LAST_CHILDREN = """
    SELECT left(path, -4), max(path COLLATE "C") FROM organisations_organisation
    WHERE left(path, -4) = ANY(%s) GROUP BY 1
"""
COUNT_CHILDREN = """
    UPDATE organisations_organisation AS parent SET numchild = found.children
    FROM (
        SELECT above.id, count(child.id) AS children
        FROM organisations_organisation AS above
        LEFT JOIN organisations_organisation AS child ON left(child.path, -4) = above.path
        WHERE above.path = ANY(%s) GROUP BY above.id
    ) AS found
    WHERE parent.id = found.id AND parent.numchild <> found.children
"""


def insert_children(
    rows: Sequence[tuple[str, Mapping[str, Any]]], aliases: Mapping[int, Sequence[str]] = {}
) -> list[tuple[int, str]]:
    """Each row is the path of a parent and the columns of its new child. Returns key and path of each, in order.

    `aliases` names, by position in `rows`, the further names under which the organisation is to be found. After the
    last rows `count_children` is due.
    """
    parents = sorted({parent for parent, _columns in rows})
    list(Organisation.objects.filter(path__in=parents).select_for_update().values_list("pk"))
    steps = last_steps(parents)
    keys, made = new_ids(Organisation, len(rows)), []
    for position, (key, (parent, columns)) in enumerate(zip(keys, rows, strict=True)):
        steps[parent] += 1
        path = Organisation._get_path(parent, len(parent) // Organisation.steplen + 1, steps[parent])
        codes = [columns.get("division_code", ""), columns.get("uscc", "")]
        text, grams = searchable(columns["name"], codes, aliases.get(position, ()))
        depth = len(path) // Organisation.steplen
        made.append(
            {
                "id": key,
                "path": path,
                "depth": depth,
                "numchild": 0,
                "search_text": text,
                "search_grams": grams,
                **columns,
            }
        )
    insert_rows(Organisation, made)
    return [(row["id"], row["path"]) for row in made]


def last_steps(parents: Sequence[str]) -> dict[str, int]:
    """The number of the last child of each parent."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_CHILDREN, [list(parents)])
        found = dict(cursor.fetchall())
    return {
        parent: Organisation._str2int(found[parent][-Organisation.steplen :]) if parent in found else 0
        for parent in parents
    }


def count_children(parents: Sequence[str]) -> None:
    """Set `numchild` of the parents to what stands below them."""
    if not parents:
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT_CHILDREN, [list(parents)])
