"""Whose diaries one reviews: who has none yet, how much is written, what waits for a note (XY-18, XY-20)."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import DateColumn, ListTable, NumberColumn
from members.kinds import Rank
from members.listings.columns import NameColumn
from members.listings.places import in_place
from members.models import Member
from members.querysets.people import MemberQuerySet
from organisations.models import Organisation
from pairing.forms.figures import near
from pairing.models import Round
from pairing.schemes.words import DiaryEdition
from visits.listings.activities import NO_RANK, day_input
from visits.models import DiaryEntry

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


class EntryFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Organisation or village"), method="found")
    state = filters.ChoiceFilter(
        label=_("Review"), choices=[("open", _("to be reviewed")), ("done", _("reviewed"))], method="reviewed"
    )
    edition = filters.ChoiceFilter(
        label=_("edition of the diary"), field_name="diary__edition", choices=DiaryEdition.choices
    )
    round = filters.ModelChoiceFilter(
        label=_("Round"), field_name="diary__round", queryset=lambda request: Round.objects.visible_to(request.user)
    )
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte", widget=day_input())
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=day_input())
    place = filters.CharFilter(label=_("Area, unit or village"), method="near", widget=forms.HiddenInput)
    unit = KeyFilter(_("organisation"), "diary__member__organisation")
    village = KeyFilter(_("village"), "village")
    rank = filters.ChoiceFilter(
        label=_("rank"), method="by_rank", widget=forms.HiddenInput,
        choices=[*Rank.choices, (NO_RANK, _("no rank on the roster"))],
    )  # fmt: skip

    class Meta:
        model = DiaryEntry
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        named = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(diary__member__organisation__in=named) | Q(village__in=named))

    def near(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(near(self.request.user, value, "diary__member__organisation", "village"))

    def reviewed(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(reviewed_at__isnull=value == "open")

    def by_rank(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(diary__member__rank="" if value == NO_RANK else value)


class EntryTable(ListTable):
    always = ("on",)
    on = DateColumn(verbose_name=_("day"), linkify=lambda record: record.get_absolute_url())
    author = tables.Column(verbose_name=_("author"), accessor="written_by__name", orderable=False)
    organisation = tables.Column(
        verbose_name=_("organisation"), accessor="diary__member__organisation__name",
        order_by="diary__member__organisation__path",
    )  # fmt: skip
    village = tables.Column(verbose_name=_("village"), order_by="village__path", default="—")
    edition = tables.Column(verbose_name=_("edition of the diary"), accessor="diary__get_edition_display")
    mark = tables.Column(verbose_name=_("mark"), default=_("to be reviewed"), empty_values=(None, ""))

    class Meta(ListTable.Meta):
        model = DiaryEntry
        fields: tuple[str, ...] = ()
