"""The page of T6, and the lists behind its numbers that no other page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.dates import localized_date, month_end
from core.exports import workbook_response
from core.figures import LINES, Column, Fact, Figure, Line, Table, address, in_all
from core.listing import render_list
from organisations.requests import Request
from pairing.forms.figures import FiguresForm
from visits import figures
from visits.figures import OF_ACTIVITIES, By, Counted, Key, Reach
from visits.listings.activities import (
    NO_RANK,
    TRIPS_ALONE,
    ActivityFilter,
    PeopleFilter,
    PeopleTable,
)
from visits.listings.diaries import EntryFilter, EntryTable
from visits.listings.household_visits import PAID
from visits.listings.narrowing import narrowed_to
from visits.models import Activity, DiaryEntry, Participant
from visits.querysets.activities import few
from visits.querysets.diary import REVIEW
from visits.states import ActivityState


@require_safe
def statistics(request: Request) -> HttpResponseBase:
    """T6: visits and diaries by unit, village, rank or month; as a workbook for `?export=xlsx`."""
    form, title = FiguresForm(request.GET, user=request.user, by=By), _("Statistics of visits and diaries")
    sources = figures.Sources(request.user, form)
    places = figures.places(sources)
    if request.GET.get("export") == "xlsx":
        table = table_of(form, figures.lines(sources, places))
        return workbook_response(title, table.header, table.rows())
    page: Page[Any] = Paginator(places or [], LINES).get_page(request.GET.get("page"))
    on_page = None if places is None else list(page.object_list)
    table = table_of(form, figures.lines(sources, on_page, is_first=page.number == 1))
    if places is None:
        page = table.page(request)
    else:
        page.object_list = table.lines
    since, until = form.days()
    counted, reach = figures.totals(sources)
    total = Links(form).line(None, counted)
    table.total = in_all(total.figures)
    shown = {
        "form": form,
        "table": table,
        "page": page,
        "facts": facts(counted, reach, total),
        "title": title,
        "lead": _("%(since)s to %(until)s. Only what the other side confirmed counts; numbers lead to their list.")
        % {"since": localized_date(since), "until": localized_date(until)},
        "crumbs_url": reverse("activities"),
        "crumbs_name": _("Visits and activities"),
        "nothing": _("Nothing was recorded in these days, and no pairing stands here. Choose other days or a place."),
    }
    return render(request, "figures/page.html", shown)


def table_of(form: FiguresForm, lines: list[tuple[Key, Counted]]) -> Table:
    columns = [
        Column(_("Activities confirmed"), _("recorded")),
        Column(_("Visits to the village")),
        Column(_("Person-times of those who went")),
    ]
    if form.chosen_by not in OF_ACTIVITIES:
        columns += [Column(_("Visits at the door")), Column(_("Households visited"))]
        columns += [Column(_("Diary entries")), Column(_("Entries to be reviewed"), _("entries"))]
    links = Links(form)
    table = Table(str(By(form.chosen_by).label), columns)
    table.lines = [links.line(key, counted) for key, counted in lines]
    if form.chosen_by in figures.SEVERAL:
        table.total_note = _("One activity may stand in several lines, so they may add up to more than the whole.")
    return table


@dataclass
class Links:
    """The addresses of the lists behind the numbers of a line."""

    form: FiguresForm

    def line(self, key: Key | None, counted: Counted) -> Line:
        number = self.narrowed(key)
        is_dated = key is None or key.value is not None
        figure = Figure if is_dated else lambda value, of=None, url="": Figure(value, of)
        done = {"state": ActivityState.CONFIRMED}
        shown = [
            figure(counted.confirmed, counted.recorded, self.to("activities", number, done)),
            figure(counted.trips, url=self.to("activities", number, done | {"what": TRIPS_ALONE})),
            figure(counted.went, url=self.to("people_who_went", number, done)),
        ]
        if self.form.chosen_by not in OF_ACTIVITIES:
            shown += [
                figure(counted.door, url=self.to_doors(key, number)),
                Figure(counted.households),
                figure(counted.entries, url=self.to("diary_entries", number, {})),
                figure(counted.unreviewed, counted.entries, self.to("diary_entries", number, {"state": "open"})),
            ]
        return Line(self.name(key), shown)

    def narrowed(self, key: Key | None) -> dict[str, Any]:
        since, until = self.form.days()
        asked: dict[str, Any] = {"since": since, "until": until, "place": self.form.words}
        asked["round"] = self.form.chosen_round.pk if self.form.chosen_round else None
        if key is None:
            return asked
        if isinstance(key.value, date):
            last = month_end(key.value.year, key.value.month)
            return asked | {"since": max(since, key.value), "until": min(until, last)}
        name = str(self.form.chosen_by)
        return asked | {name: NO_RANK if name == By.RANK and not key.value else key.value}

    def to(self, name: str, narrowed: dict[str, Any], more: dict[str, Any]) -> str:
        return address(reverse(name), **narrowed, **more)

    def to_doors(self, key: Key | None, narrowed: dict[str, Any]) -> str:
        """The list of household visits asks for an organisation by other names."""
        asked = {name: narrowed.get(name) for name in ("since", "until", "round", "rank")}
        asked |= {"near": narrowed["place"], "of_unit": narrowed.get("unit"), "of_village": narrowed.get("village")}
        return address(reverse("household_visits"), state=PAID, **asked)

    def name(self, key: Key | None) -> str:
        if key is None:
            return ""
        if isinstance(key.value, date):
            return date_format(key.value, "YEAR_MONTH_FORMAT")
        return str(
            key.name or (_("no rank on the roster") if self.form.chosen_by == By.RANK else _("no village named"))
        )


def facts(counted: Counted, reach: Reach, total: Line) -> list[Fact]:
    """What stands above the table, each with its denominator."""
    done, _trips, went, *written = total.figures
    found = [
        Fact(_("Pairings with a confirmed activity"), reach.pairings, reach.of_pairings),
        Fact(_("Villages that were reached"), reach.villages, reach.of_villages),
        Fact(_("Activities confirmed"), done.number, done.of, done.url),
        Fact(_("Person-times of those who went"), went.number, url=went.url),
    ]
    if written:
        reviewed = counted.entries - counted.unreviewed
        found.append(Fact(_("Diary entries reviewed"), reviewed, counted.entries, written[-1].url))
    return found


@require_safe
def people_who_went(request: Request) -> HttpResponseBase:
    """Who took part for the units in the activities that the filter leaves; one line for each person.

    Of thousands of pairings nobody reads a list of persons: there the units come first.
    """
    if not figures.is_narrow(request.user, request.GET):
        messages.info(request, _("Choose a unit or a village: its number leads to the people."))
        asked = {name: request.GET.get(name) for name in ("since", "until", "round", "place")}
        return redirect(address(reverse("visit_statistics"), **asked))
    visible = Activity.objects.all_visible_to(request.user)
    chosen = ActivityFilter(request.GET, queryset=visible, request=request)
    keys = few(chosen.qs)  # led by these, the database never goes through the millions who went elsewhere
    rows = Participant.objects.filter(activity__in=chosen.qs.order_by().values("pk") if keys is None else keys)
    if rank := chosen.form.cleaned_data.get("rank"):
        rows = rows.filter(rank="" if rank == NO_RANK else rank)
    rows = rows.exclude(role=Participant.Role.VILLAGE).order_by("activity__unit__path", "name")
    people = rows.values("activity__unit__name", "activity__unit__path", "name")
    return render_list(
        request,
        queryset=people.annotate(times=Count("activity", distinct=True), last=Max("activity__on")),
        filterset_class=PeopleFilter,
        table_class=PeopleTable,
        title=_("People who went"),
        template="visits/activities/people_list.html",
        context={
            "empty_sentence": _("Nobody took part in a confirmed activity of these days."),
            "narrowed": narrowed_to(request),
        },
    )


@require_safe
def diary_entries(request: Request) -> HttpResponseBase:
    """The entries that the user may read, trip by trip."""
    if not request.user.can(REVIEW):
        raise Http404
    rows = DiaryEntry.objects.visible_to(request.user)
    return render_list(
        request,
        queryset=rows.select_related("diary__member__organisation", "village", "written_by"),
        filterset_class=EntryFilter,
        table_class=EntryTable,
        title=_("Diary entries"),
        template="visits/diary/entry_list.html",
        context={
            "empty_sentence": _("Nobody of your organisations has written yet."),
            "narrowed": narrowed_to(request),
        },
    )
