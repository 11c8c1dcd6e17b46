"""Numbers that a statement finds beside its rows."""

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_by(rows: QuerySet, *columns: str) -> Coalesce:
    """How many of `rows`, which name the row of the outer query; `columns` are those by which they name it."""
    found = rows.order_by().values(*columns).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)
