"""Narrowing a list to what lies in one area, by a link from a page of figures."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from organisations.models import Organisation
from organisations.querysets import within


class AreaFilter(KeyFilter):
    """By the key of an organisation: `column` leads to one that is it or lies below it."""

    def __init__(self, column: str, **options):
        super().__init__(_("Area"), column, **options)

    def filter(self, qs: QuerySet, value) -> QuerySet:
        if value is None:
            return qs
        paths = Organisation.objects.filter(pk=int(value)).values_list("path", flat=True)
        return qs.filter(within(paths, f"{self.field_name}__path"))
