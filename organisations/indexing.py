"""Keeping what search reads true to names, aliases and codes. Every write that touches these calls it."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from core.names import grams, search_text
from organisations.models import Organisation

ROWS_A_STATEMENT = 1000
UPDATE = """
    UPDATE organisations_organisation AS organisation
    SET search_text = found.search_text, search_grams = found.search_grams
    FROM (VALUES {rows}) AS found (id, search_text, search_grams)
    WHERE organisation.id = found.id
"""


def searchable(name: str, codes: Iterable[str] = (), aliases: Iterable[str] = ()) -> tuple[str, list[str]]:
    """`search_text` and `search_grams` of one organisation."""
    text = search_text([name, *aliases, *codes])
    return text, grams(text)


def refresh_search(organisations) -> int:
    """Recompute the search columns of a queryset; one statement per thousand rows. Returns how many rows."""
    rows = (
        organisations.order_by()
        .annotate(alias_values=ArrayAgg("aliases__value", default=[]))
        .values_list("pk", "name", "division_code", "uscc", "alias_values")
    )
    batch: list = []
    count = 0
    for pk, name, division_code, uscc, aliases in rows.iterator(chunk_size=ROWS_A_STATEMENT):
        batch.append((pk, *searchable(name, [division_code, uscc], [alias for alias in aliases if alias])))
        count += 1
        if len(batch) == ROWS_A_STATEMENT:
            write(batch)
            batch = []
    write(batch)
    return count


def write(batch: list) -> None:
    if not batch:
        return
    rows = ", ".join(["(%s::bigint, %s, %s::text[])"] * len(batch))
    with connection.cursor() as cursor:
        cursor.execute(UPDATE.format(rows=rows), [value for row in batch for value in row])


def refresh(*organisations: Organisation) -> None:
    """`refresh_search` for organisations at hand."""
    refresh_search(Organisation.objects.filter(pk__in=[organisation.pk for organisation in organisations]))
