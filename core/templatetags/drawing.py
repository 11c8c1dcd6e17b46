"""The rows and filters of a list, each drawn in one go: by templates they took longer than all else of a page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import template
from django.db.models import Model
from django.forms import BoundField, Select, TextInput
from django.forms.utils import flatatt
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django_tables2 import A, Table
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

register = template.Library()

NOTHING = "—"
SELECTED = mark_safe(" selected")


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The lines of a table's page."""
    columns = [DrawnColumn(column) for column in table.columns]
    return joined(
        format_html("<tr {}>{}</tr>", row.attrs.as_html(), joined(column.cell(row) for column in columns))
        for row in table.paginated_rows
    )


def joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(map(conditional_escape, parts)))  # noqa: S308 - each is escaped


class DrawnColumn:
    """What the cells of a column share, found out once. A cell shows what `BoundRow.get_cell` says."""

    def __init__(self, column: BoundColumn):
        self.bound, self.column = column, column.column
        self.start = format_html('<td {} data-label="{}"', column.attrs["td"].as_html(), column.header)
        self.wanted, self.takes_all = signature(column.render)
        way, _, last = column.accessor.rpartition(A.SEPARATOR)
        self.way, self.last, self.display = A(way), last, f"get_{last}_display"
        self.words: dict[Any, str] = {}

    def cell(self, row: BoundRow) -> SafeString:
        content = self.content(row)
        if isinstance(content, datetime):
            content = localtime(content)
        mark = " data-empty" if content == NOTHING else ""
        return format_html("{}{}>{}</td>", self.start, mark, localize(content))

    def content(self, row: BoundRow):
        value = self.value(row.record)
        if value in self.column.empty_values:
            return self.bound.default
        about = {
            "value": value,
            "record": row.record,
            "column": self.column,
            "bound_column": self.bound,
            "bound_row": row,
            "table": row.table,
        }
        content = self.bound.render(**(about if self.takes_all else {name: about[name] for name in self.wanted}))
        return self.bound.link(content, **about) if self.bound.link else content

    def value(self, record):
        """The words of a choice, asked once a choice; else what the accessor leads to, or nothing."""
        holder = self.way.resolve(record, quiet=True)
        if not (isinstance(holder, Model) and hasattr(holder, self.display)):
            return self.bound.accessor.resolve(record, quiet=True)
        key = getattr(holder, self.last)
        if key not in self.words:
            self.words[key] = getattr(holder, self.display)()
        return self.words[key]


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """As crispy draws it, without its templates; whatever is more than a choice or a line of text is left to crispy."""
    widget = field.field.widget
    if type(widget) not in (Select, TextInput) or field.errors or field.help_text or field.field.required:
        return as_crispy_field(field)
    return format_html(
        '<div id="div_{0}" class="mb-3"><label for="{0}" class="form-label">{1}</label>{2}</div>',
        field.auto_id,
        field.label,
        select(field) if isinstance(widget, Select) else field.as_widget(attrs={"class": "textinput form-control"}),
    )


@register.simple_tag
def select(field: BoundField) -> SafeString:
    """A choice without groups; a page may have dozens of them."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"class": "select form-select", "id": field.auto_id})
    chosen = widget.format_value(field.value())
    options = (
        ("" if key is None else key, SELECTED if str(key) in chosen else "", label) for key, label in widget.choices
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        field.html_name,
        flatatt(widget.attrs | attrs),
        format_html_join("", '<option value="{}"{}>{}</option>', options),
    )
