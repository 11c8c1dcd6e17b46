"""T7: floating members, origin by destination; and the stations that serve them. Counted in members/floating."""

from django.db.models import Count, Q, TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table, address, in_all
from members.floating import counting
from members.models import FloatingDeed, FloatingRecord, GreetingLetter, HalfYearReport, Member
from members.querysets.floating import KEEP, kept
from organisations.kinds import FacilityKind
from organisations.models import Facility, Organisation
from reports.figures.summing import reported_section
from reports.forms.statistics import DayForm
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic

READS = (FloatingRecord, HalfYearReport, FloatingDeed, GreetingLetter, Facility, Organisation, Member, ReportedFigure)


class By(TextChoices):
    PLACES = "places", gettext_lazy("by origin and destination")


def build(asked: Asked) -> Sheet:
    return Sheet([members_section(asked), stations_section(asked), reported_section(asked, "T7")])


def members_section(asked: Asked) -> Section:
    """Those who float now: what an earlier day was like, nothing tells."""
    user, today = asked.user, timezone.localdate()
    rows = FloatingRecord.objects.visible_to(user).filter(kept(user, "origin__path", "destination__path"))
    lines = {
        key_of(line): line for line in counting.table(rows.filter(asked.form.near("origin", "destination")), today)
    }
    keys, page = asked.window(list(lines))
    titles = (_("Agreement signed"), _("Reported in"), _("Reports of the last half-year"), _("Deeds"), _("Letters"))
    columns = [Column(_("Registered")), *(Column(title, _("registered")) for title in titles)]
    table = Table(_("origin → destination"), columns)
    for key in keys:
        line = lines.get(key)
        if line is None:  # it stands in the table beside this one alone
            continue
        name = f"{line['origin__name']} → {line['destination__name'] or '—'}"
        url = address(reverse("floating_members"), q=line["origin__name"])
        table.lines.append(Line(name, cells(line, url), key=key))
    if lines:
        table.total = in_all(cells(counting.totals(list(lines.values())), reverse("floating_members")))
    return Section(
        _("Floating members"),
        table,
        note=_("Those who float today."),
        nothing=_("Nobody floats from or to this place."),
        page=page,
        keys=keys,
    )


def key_of(line: dict) -> tuple:
    return line["origin"], line["destination"]


def cells(line: dict, url: str) -> list[Figure]:
    first, *others = counting.FIGURES
    return [Figure(line[first], url=url), *(Figure(line[name], line[first], url) for name in others)]


def stations_section(asked: Asked) -> Section:
    """Facilities in use on the day, by kind (SF-08)."""
    day = asked.form.day
    rows = Facility.objects.visible_to(asked.user).filter(asked.form.near("organisation"))
    rows = rows.filter(Q(until=None) | Q(until__gt=day)).exclude(since__gt=day).order_by()
    found = dict(rows.values_list("kind").annotate(Count("pk")))
    table = Table(_("kind"), [Column(_("Facilities in use"))])
    for kind in FacilityKind:
        if kind.value in found:
            url = address(reverse("facilities"), kind=kind.value, place=asked.form.words)
            table.lines.append(Line(str(kind.label), [Figure(found[kind.value], url=url)], key=kind.value))
    return Section(_("Stations and centres"), table, nothing=_("No facility is recorded here."))


T7 = Statistic(
    "T7", gettext_lazy("Floating members"),
    gettext_lazy("Registered, agreement, reported in, half-yearly reports, deeds, letters; the stations."),
    By, build, (KEEP,), DayForm, READS,
)  # fmt: skip
