"""How people stand in a list: a name in full where the reader is near, else the family name only (P-35)."""

import django_tables2 as tables
from django.utils.html import format_html

from core import masking


def shown_name(record, *, near: bool | None = None) -> str:
    """`record` as `with_nearness` read it; whoever is not near sees 王**."""
    is_near = getattr(record, "is_near", False) if near is None else near
    return str(record) if is_near or record.erased_at else masking.mask_name(str(record))


class NameColumn(tables.Column):
    """The name of somebody in need, leading to their page; masked alike on the page and in a workbook.

    `accessor` leads to the record, `.` where it is the row itself.
    """

    def render(self, record):
        person = self.person(record)
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), shown_name(person))

    def value(self, record, **cell):
        return shown_name(self.person(record))

    def person(self, record):
        return record if self.accessor in (None, "pk") else tables.A(self.accessor).resolve(record)
