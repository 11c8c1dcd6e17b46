"""Who helps whom, person to person, as part of T1: by kind of pair, and by rank of those who help (TN-23)."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.figures import Column, Figure, Line, Table, address
from members.kinds import HELPERS, TARGETS, PairKind, Rank
from members.models import Member, PersonPair
from reports.statistics.frame import Asked, Section

Numbers = tuple[str, int, int, int]


def pairs_of(asked: Asked) -> QuerySet[PersonPair]:
    """Those in force at the end of the day."""
    day = asked.form.day
    rows = PersonPair.objects.visible_to(asked.user).filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    if asked.form.chosen_round:
        rows = rows.filter(round=asked.form.chosen_round)
    return rows.filter(asked.form.near("unit", "village")).order_by()


def persons_section(asked: Asked) -> Section:
    columns = [Column(_("Pairs")), Column(_("Helpers")), Column(_("Helped")), Column(_("Helped for each helper"))]
    table = Table(_("kind of pair"), columns)
    for kind, pairs, helpers, helped in by_kind(pairs_of(asked)):
        figures = [
            Figure(pairs, url=to_pairs(asked, kind)), Figure(helpers, url=to_pairs(asked, kind)),
            Figure(helped, url=to_pairs(asked, kind)), Figure(round(helped / helpers, 1) if helpers else None),
        ]  # fmt: skip
        table.lines.append(Line(str(PairKind(kind).label), figures, key=kind))
    return Section(_("Pairs person to person"), table, nothing=_("Nobody here helped anybody on this day."))


def by_kind(rows: QuerySet[PersonPair]) -> list[Numbers]:
    """Kind, pairs, helpers, helped. One statement."""
    sides: dict[str, Any] = {name: Count(name, distinct=True) for name in (*HELPERS, *TARGETS)}
    groups: Any = rows.values("kind").annotate(pairs=Count("pk"), **named(sides))
    found = {each["kind"]: each for each in groups}
    return [
        (kind, found[kind]["pairs"], total(found[kind], HELPERS), total(found[kind], TARGETS))
        for kind in PairKind.values
        if kind in found
    ]


def named(sides: dict[str, Any]) -> dict[str, Any]:
    return {f"count_{name}": count for name, count in sides.items()}


def total(line: dict, names: tuple[str, ...]) -> int:
    return sum(line[f"count_{name}"] for name in names)


def to_pairs(asked: Asked, kind: str) -> str:
    round = asked.form.chosen_round.pk if asked.form.chosen_round else None
    words = {"kind": kind, "place": asked.form.words, "round": round, "on": asked.form.day}
    return address(reverse("person_pairs"), **words)


def ranks_section(asked: Asked) -> Section:
    """Leading cadres who take the lead (TN-23): of those on the rosters, how many help somebody."""
    members = Member.objects.visible_to(asked.user).present().filter(asked.form.near("organisation")).order_by()
    helping = pairs_of(asked).filter(helper_member__isnull=False)
    found = by_rank(members, helping)
    table = Table(_("rank"), [Column(_("Members and cadres who help"), _("on the rosters"))])
    for rank in Rank:
        helps, of = found.get(rank.value, (0, 0))
        if of:
            url = address(reverse("members"), rank=rank.value, place=asked.form.words)
            table.lines.append(Line(str(rank.label), [Figure(helps, of, url)], key=rank.value))
    is_today = asked.form.day >= timezone.localdate()
    return Section(
        _("Cadres who take the lead, by rank"),
        table,
        note="" if is_today else _("Out of those who are on the rosters today."),
        nothing=_("No rank is on record here."),
    )


def by_rank(members: QuerySet[Member], helping: QuerySet[PersonPair]) -> dict[str, tuple[int, int]]:
    helps = Count("pk", filter=Q(pk__in=helping.values("helper_member")))
    return {rank: (number, of) for rank, of, number in members.values_list("rank").annotate(Count("pk"), helps=helps)}
