"""Whose diaries one reviews: who has none yet, how much is written, what waits for a note (XY-18, XY-20)."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn
from members.listings.columns import NameColumn
from members.listings.places import in_place
from members.models import Member
from members.querysets.people import MemberQuerySet

NONE, UNREVIEWED = "none", "unreviewed"


class DiaryFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name or initials"), method="find")
    place = filters.CharFilter(label=_("Organisation or township"), method="in_place")
    which = filters.ChoiceFilter(
        label=_("diary"),
        choices=[(NONE, _("nothing written yet")), (UNREVIEWED, _("entries to be reviewed"))],
        method="chosen",
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def find(self, rows: MemberQuerySet, _name: str, query: str) -> QuerySet:
        return rows.readable_names(self.request.user).found_by(query)

    def in_place(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "organisation", words)

    def chosen(self, rows: QuerySet, _name: str, which: str) -> QuerySet:
        return rows.filter(entries=0) if which == NONE else rows.filter(unreviewed__gt=0)


class BookletColumn(tables.Column):
    """Leads to the booklet; in words where there is none."""

    def render(self, value):
        return format_html('<a href="{}">{}</a>', reverse("diary_booklet", args=[value]), _("Read"))

    def value(self, value):
        return str(_("kept"))


class DiaryTable(ListTable):
    name = NameColumn(verbose_name=_("name of the person"))
    organisation = tables.Column(verbose_name=_("organisation"), order_by="organisation__path")
    post = tables.Column(verbose_name=_("post"), orderable=False)
    diary = BookletColumn(verbose_name=_("diary"), default=_("none yet"), orderable=False)
    entries = NumberColumn(verbose_name=_("entries"))
    unreviewed = NumberColumn(verbose_name=_("to be reviewed"))
    last_on = DateColumn(verbose_name=_("last entry"), default="—")

    class Meta(ListTable.Meta):
        model = Member
        fields: tuple[str, ...] = ()
