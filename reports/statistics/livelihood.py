"""T5: what came of it for the people: zones and chains, the villages' own facts, and what was reported."""

from typing import Any

from django.db.models import Avg, Count, Min, Q, QuerySet, Sum, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table, address
from core.money import yuan
from members.models import Member, Zone, ZoneHousehold, ZoneMember
from organisations.models import Organisation, VillageFacts
from organisations.querysets import within
from reports.figures.summing import reported_section
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic

READS = (Zone, ZoneHousehold, ZoneMember, Member, VillageFacts, Organisation, ReportedFigure)


class By(TextChoices):
    KIND = "kind", gettext_lazy("by kind")


def build(asked: Asked) -> Sheet:
    sections = [zones_section(asked), facts_section(asked)]
    return Sheet([reported_section(asked, "T5"), *sections])


def zones_section(asked: Asked) -> Section:
    """Zones and chains in use on the last day: how many, the households they lead, the members who look after them."""
    zones = Zone.objects.visible_to(asked.user).filter(asked.form.near("village")).order_by()
    zones = zones.filter(Q(closed_on=None) | Q(closed_on__gt=asked.form.day))
    found = by_kind(zones)
    table = Table(_("kind"), [Column(_("Zones and chains")), Column(_("Households led")), Column(_("Members"))])
    for kind in Zone.Kind:
        if kind.value in found:
            url = address(reverse("zones"), kind=kind.value, place=asked.form.words)
            table.lines.append(
                Line(str(kind.label), [Figure(each, url=url) for each in found[kind.value]], key=kind.value)
            )
    return Section(_("Zones and chains"), table, nothing=_("No zone or chain is recorded here."))


def by_kind(zones: QuerySet[Zone]) -> dict[str, list[int]]:
    """Kind: zones, households, members."""
    keys = zones.values("pk")
    households = dict(
        ZoneHousehold.objects.filter(zone__in=keys).order_by().values_list("zone__kind").annotate(Count("pk"))
    )
    members = dict(ZoneMember.objects.filter(zone__in=keys).order_by().values_list("zone__kind").annotate(Count("pk")))
    counts = zones.values_list("kind").annotate(Count("pk"))
    return {kind: [number, households.get(kind, 0), members.get(kind, 0)] for kind, number in counts}


def facts_section(asked: Asked) -> Section:
    """The facts that villages gave for the years of these days, each with how many gave it."""
    since, until = asked.form.days()
    villages = Organisation.objects.visible_to(asked.user).villages().open().order_by()
    villages = villages.filter(within(asked.form.places)) if asked.form.words else villages
    rows = VillageFacts.objects.filter(village__in=villages.values("pk"), year__range=(since.year, until.year))
    columns = [
        Column(_("Villages that said"), _("villages")), Column(_("Collective income in all")),
        Column(_("on average")), Column(_("lowest")),
    ]  # fmt: skip
    table = Table(_("year"), columns)
    of = villages.count()
    for line in by_year(rows):
        amounts = [Figure(line[name], words=yuan(line[name])) for name in ("total", "mean", "least")]
        url = address(reverse("villages"), township=asked.form.words)
        table.lines.append(Line(str(line["year"]), [Figure(line["said"], of, url), *amounts], key=line["year"]))
    return Section(
        _("Collective income of the villages"), table, note=_("In yuan a year, as the villages say in their facts."),
        nothing=_("No village here has said its collective income for these years."),
    )  # fmt: skip


def by_year(rows: QuerySet[VillageFacts]) -> list[dict[str, Any]]:
    income = "collective_income"
    groups: Any = rows.filter(**{f"{income}__isnull": False}).order_by().values("year")
    said = groups.annotate(said=Count("pk"), total=Sum(income), mean=Avg(income), least=Min(income))
    return list(said.order_by("-year"))


T5 = Statistic(
    "T5", gettext_lazy("Livelihood results"),
    gettext_lazy("Difficulties, pupils, fees, income, labour and areas as reported; zones, chains, village income."),
    By, build, reads=READS,
)  # fmt: skip
