"""The table of every list: its columns know how a person reads them and what a workbook keeps of them."""

from collections.abc import Collection

import django_tables2 as tables
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core import dates, masking, money
from core.templatetags import look

NUMERIC = {"td": {"class": "num"}, "th": {"class": "num"}}
SHORT = {"td": {"class": "short"}}  # a few words that would look broken on two lines


class ListTable(tables.Table):
    """Base of all lists. `always` names the columns that a reader can't hide."""

    always: tuple[str, ...] = ()

    class Meta:
        attrs = {"class": "table-list"}
        template_name = "parts/table.html"
        empty_text = _("Nothing here fits. Widen the filter or clear it.")


class PickColumn(tables.Column):
    """A box for each row in one of the states `of`, sent by the form “picked”; `named` is the method of the table that
    says what the row is called."""

    def __init__(self, of: Collection, named: str, **options):
        shown = {"accessor": "pk", "orderable": False, "exclude_from_export": True, "attrs": {"td": {"class": "pick"}}}
        super().__init__(**{"verbose_name": _("Choose"), **shown, **options})
        self.of, self.named = of, named

    def render(self, value, record, table):
        if record.state not in self.of:
            return ""
        box = '<input class="form-check-input" type="checkbox" name="pick" value="{}" form="picked" aria-label="{}">'
        return format_html(box, value, getattr(table, self.named)(record))


class NumberColumn(tables.Column):
    """A count: aligned on the right, a number in a workbook."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"attrs": NUMERIC, **options})

    def value(self, value):
        return value


class MoneyColumn(NumberColumn):
    """Yuan: ¥20,000.00 on the page, a number in a workbook."""

    def render(self, value):
        return money.yuan(value)


class DateColumn(tables.Column):
    """2010年7月1日 on the page, a date in a workbook."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"attrs": SHORT, **options})

    def render(self, value):
        return dates.localized_date(look.local_day(value))

    def value(self, value):
        return value


class PhoneColumn(tables.Column):
    """Masked, on the page and in a workbook alike."""

    def render(self, value):
        return masking.mask_phone(value)


class StatusColumn(tables.Column):
    """A state as a tag with its words; the words alone in a workbook."""

    def render(self, value, record):
        return look.tag(getattr(record, f"{self.field_name(record)}_tone", "wait"), value)

    def value(self, record, **cell):
        return str(getattr(record, f"get_{self.field_name(record)}_display")())

    def field_name(self, record: models.Model) -> str:
        return self.accessor or "state"


class LinkColumn(tables.Column):
    """The name of a record, leading to its page: of whatever stands in the cell, where that has a page of its own."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"linkify": True, **options})


class RecordColumn(tables.Column):
    """Leading to the page of the row's record, whatever stands in the cell."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"linkify": lambda record: record.get_absolute_url(), **options})


class PairColumn(tables.Column):
    """单位 → 村: two records, each leading to its page. `accessor` is the record that holds both."""

    def __init__(self, unit: str, village: str, **options):
        super().__init__(**{"empty_values": (), **options})
        self.unit, self.village = tables.A(unit), tables.A(village)

    def render(self, record):
        sides = self.unit.resolve(record), self.village.resolve(record)
        unit, village = (format_html('<a href="{}">{}</a>', side.get_absolute_url(), side) for side in sides)
        return format_html("{} → {}", unit, village)
