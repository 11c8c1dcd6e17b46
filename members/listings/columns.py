"""How people stand in a list: a name in full where the reader is near, else the family name only (P-35)."""

import django_tables2 as tables
from django.utils.html import format_html


def shown_name(record, *, near: bool | None = None) -> str:
    """`record` as `with_nearness` read it; whoever is not near sees 王** of those in need."""
    is_near = getattr(record, "is_near", False) if near is None else near
    return record.full_name if is_near else str(record)


class NameColumn(tables.Column):
    """The name of somebody, leading to their page; masked alike on the page and in a workbook.

    `accessor` leads to the record, `pk` where it is the row itself. Not sortable: the order would tell the names.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **{"accessor": "pk", "orderable": False, **options})

    def render(self, record):
        person = self.person(record)
        return format_html('<a href="{}">{}</a>', person.get_absolute_url(), shown_name(person))

    def value(self, record, **cell):
        return shown_name(self.person(record))

    def person(self, record):
        return record if self.accessor == "pk" else tables.A(self.accessor).resolve(record)
