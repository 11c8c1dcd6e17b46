"""T4: aid money by source and use, projects. T12: its publication in the villages. Counted in funds/figures.py."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Fact, Figure, Line, Table, address, in_all
from core.money import yuan
from core.periods import Period
from funds.figures import SOURCES, Figures, add_disclosure, by_village, money_figures
from funds.kinds import EntryKind, Use
from funds.models import DisclosedEntry, Disclosure, DisclosureRules, Entry, Fund, Objection, Project
from organisations.models import Organisation
from organisations.querysets import within
from pairing.models import Round
from reports.figures.summing import reported_section
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic
from reports.statistics.standards import standards_section

READS = (
    Entry, Fund, Project, Objection, DisclosedEntry, Disclosure, DisclosureRules, Organisation, Round, ReportedFigure,
)  # fmt: skip
NEEDS = ("fund.watch", "fund.keep")


class ByMoney(TextChoices):
    SOURCE = "source", gettext_lazy("by source")
    VILLAGE = "village", gettext_lazy("by village")


class ByVillage(TextChoices):
    VILLAGE = "village", gettext_lazy("by village")


def money(amount: Decimal | None, url: str = "") -> Figure:
    return Figure(amount, url=url, words="" if amount is None else yuan(amount))


def villages_of(asked: Asked) -> Any:
    rows = Organisation.objects.visible_to(asked.user).villages().open().order_by()
    return rows.filter(within(asked.form.places)) if asked.form.words else rows


def with_ledger(villages: Any) -> Any:
    return villages.filter(funds__last_number__gt=0).distinct()


def figures_of(asked: Asked) -> Figures:
    """Of the villages of the place: money and projects."""
    villages, period = villages_of(asked), Period(*asked.form.days(), "")
    return money_figures(villages, with_ledger(villages).count(), period, asked.form.chosen_round)


def to_entries(asked: Asked, **narrowed) -> str:
    since, until = asked.form.days()
    round = asked.form.chosen_round.pk if asked.form.chosen_round else None
    return address(
        reverse("statistics_entries"), since=since, until=until, place=asked.form.words, round=round, **narrowed
    )


def build_money(asked: Asked) -> Sheet:
    found = figures_of(asked)
    facts = [
        Fact(_("Villages with aid money"), found.with_money, found.villages),
        Fact(_("Projects accepted"), found.accepted, found.projects, reverse("projects")),
    ]
    sections = [sources_section(asked, found), uses_section(asked, found)]
    if asked.form.chosen_by == ByMoney.VILLAGE:
        sections.append(villages_section(asked, MONEY_COLUMNS))
    return Sheet([*sections, standards_section(asked), reported_section(asked, "T4")], facts)


def sources_section(asked: Asked, found: Figures) -> Section:
    """Co-ordinated money and investment stand apart: no gifts, and nothing adds them up (domain §6.4)."""
    columns = [Column(_("Promised")), Column(_("Received")), Column(_("Spent")), Column(_("Received less spent"))]
    table = Table(_("source of the money"), columns)
    for source, (_name, *kinds) in zip(found.sources, SOURCES, strict=True):
        urls = ["" if kind is None else to_entries(asked, kind=kind) for kind in kinds]
        amounts = (source.promised, source.received, source.spent)
        cells = [money(amount, url) for amount, url in zip(amounts, urls, strict=True)]
        table.lines.append(Line(source.name, [*cells, money(source.left)]))
    table.total_note = _("Co-ordinated money and investment are no gifts, so there is no sum of these lines.")
    return Section(_("Money by source"), table)


def uses_section(asked: Asked, found: Figures) -> Section:
    table = Table(_("what it was spent on"), [Column(_("Spent")), Column(_("Part of all that was spent"))])
    names = {str(use.label): use.value for use in Use}
    for name, amount in found.uses:
        part = Figure(round(float(100 * amount / found.used), 1), words=f"{100 * amount / found.used:.1f}%")
        table.lines.append(Line(name, [money(amount, to_entries(asked, use=names[name])), part]))
    if found.uses:
        table.total = in_all([money(found.used, to_entries(asked, spent="yes")), Figure(100, words="100%")])
    return Section(_("Money by use"), table, nothing=_("Nothing was spent in these days."))


MONEY_COLUMNS = (
    ("promised", gettext_lazy("Promised"), EntryKind.PLEDGE),
    ("money", gettext_lazy("Money received"), EntryKind.RECEIPT),
    ("goods", gettext_lazy("Goods received"), EntryKind.GOODS), ("spent", gettext_lazy("Spent"), EntryKind.SPENDING),
    ("planned", gettext_lazy("Projects planned"), None),
)  # fmt: skip
DISCLOSURE_COLUMNS = (
    ("published", gettext_lazy("Entries published"), "due"), ("late", gettext_lazy("Not published in time"), "due"),
    ("answered_in_time", gettext_lazy("Questions answered in time"), "asked"),
)  # fmt: skip


def villages_section(asked: Asked, columns: Sequence[tuple]) -> Section:
    """A line for each village with a ledger; of many villages those of one page are counted."""
    villages = villages_of(asked)
    keys, page = asked.window(list(with_ledger(villages).order_by("path").values_list("pk", flat=True)))
    period = Period(*asked.form.days(), "")
    rows = by_village(villages.filter(pk__in=keys), period, timezone.localdate()).order_by("path")
    is_money = columns is MONEY_COLUMNS
    heads = [Column(str(title), "" if is_money else str(OF[of])) for _name, title, of in columns]
    table = Table(_("village"), heads)
    for row in rows:
        table.lines.append(
            Line(row.name, [cell(asked, row, *column) for column in columns], row.get_absolute_url(), row.pk)
        )
    return Section(_("By village"), table, page=page, keys=keys, nothing=_("No village here has aid money yet."))


OF = {"due": gettext_lazy("entries to publish"), "asked": gettext_lazy("questions and objections")}


def cell(asked: Asked, village: Any, name: str, _title: Any, of: Any) -> Figure:
    number = getattr(village, name)
    if isinstance(of, EntryKind):
        return money(number, to_entries(asked, kind=of.value, holder=village.pk))
    if of is None:
        return Figure(number, url=address(reverse("projects"), q=village.name))
    url = address(reverse("objections"), q=village.name) if of == "asked" else to_published(asked, village, name)
    return Figure(number, getattr(village, of), url, is_late=name == "late")


def to_published(asked: Asked, village: Any, name: str) -> str:
    return to_entries(asked, holder=village.pk, published="late" if name == "late" else "yes")


def build_disclosure(asked: Asked) -> Sheet:
    found = Figures(Period(*asked.form.days(), ""))
    add_disclosure(found, villages_of(asked), timezone.localdate(), asked.form.chosen_round)
    told, questions = found.told, found.asked
    facts = [
        Fact(_("Entries published"), told["published"], told["due"], to_entries(asked, published="yes")),
        Fact(
            _("Not published in time"), told["late"], told["due"], to_entries(asked, published="late"),
            "late" if told["late"] else "",
        ),
        Fact(_("Questions answered in time"), questions["in_time"], questions["of"], reverse("objections")),
    ]  # fmt: skip
    return Sheet([villages_section(asked, DISCLOSURE_COLUMNS), reported_section(asked, "T12")], facts)


T4 = Statistic(
    "T4", gettext_lazy("Money and projects"),
    gettext_lazy("Promised, received, spent, by source, use and village; projects; ideas and paths as reported."),
    ByMoney, build_money, NEEDS, reads=READS,
)  # fmt: skip
T12 = Statistic(
    "T12", gettext_lazy("Disclosure"),
    gettext_lazy("What villages had to publish, published in time or late; questions and objections."),
    ByVillage, build_disclosure, NEEDS, reads=READS,
)  # fmt: skip
