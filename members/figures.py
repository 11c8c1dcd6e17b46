"""Statistics of people: trainings and postings (T3), organisations and members (T9), each with its denominator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from members.models import Advancement, Member, Secondment, Training
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Pairing
from pairing.states import STANDING

PARTY_ORGANISATIONS = (
    Kind.PARTY_COMMITTEE,
    Kind.WORK_COMMITTEE,
    Kind.GENERAL_BRANCH,
    Kind.PARTY_BRANCH,
    Kind.FLOATING_BRANCH,
    Kind.JOINT_PARTY_ORG,
)
TERRITORY = (Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.TOWNSHIP, Kind.VILLAGE)


Days = tuple[date, date]
Places = Collection[str] | None  # tree paths of the places asked for; None: all that is visible


@dataclass(frozen=True)
class Line:
    """One row of a table: what it counts, and its figures. `key` narrows the list behind them."""

    name: str
    figures: tuple[int, ...]
    key: str = ""


@dataclass(frozen=True)
class Table:
    """`columns` name the figures of each line; where a figure has a denominator, it is the last of them."""

    title: str
    columns: tuple[str, ...]
    lines: list[Line]


def with_total(lines: list[Line]) -> list[Line]:
    return [*lines, Line(_("In all"), tuple(map(sum, zip(*(line.figures for line in lines), strict=True))))]


def year_of(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def trainings(user: User, days: Days, places: Places = None) -> Table:
    """By kind, of those that began in these days: trainings, persons, person-times, technicians."""
    rows = Training.objects.visible_to(user).filter(near(places, "organiser", "village"), starts_on__range=days)
    rows = rows.order_by().values_list("kind")
    sums = (Count("pk"), Sum("persons"), Sum("person_times"), Sum("technicians"))
    found = {kind: numbers for kind, *numbers in rows.annotate(*sums)}
    lines = [Line(str(kind.label), tuple(found.get(kind, (0, 0, 0, 0))), kind) for kind in Training.Kind]
    columns = (_("number of trainings"), _("number of persons"), _("person-times"), _("technicians"))
    return Table(_("Trainings"), columns, with_total(lines))


def postings(user: User, days: Days, places: Places = None) -> Table:
    """By kind of person: down and up, among those who worked elsewhere on some of these days."""
    first, last = days
    rows = Secondment.objects.visible_to(user).filter(near(places, "sender", "host"), since__lte=last)
    rows = rows.exclude(until__lt=first)
    ways = {f"{way}_number": Count("pk", filter=Q(direction=way)) for way in Secondment.Direction}
    found = {kind: numbers for kind, *numbers in rows.order_by().values_list("kind").annotate(**ways)}
    lines = [Line(str(kind.label), tuple(found.get(kind, (0, 0))), kind) for kind in Secondment.Kind]
    columns = tuple(str(way.label) for way in Secondment.Direction)
    return Table(_("Secondments and postings"), columns, with_total(lines))


def double_trainings(user: User, days: Days, places: Places = None) -> Table:
    """Persons of each way, out of the members on the rosters that one sees."""
    visible = Member.objects.visible_to(user).present().filter(near(places, "organisation")).order_by()
    rows = Advancement.objects.filter(on__range=days, member__in=visible.values("pk")).order_by().values_list("way")
    found = dict(rows.annotate(Count("member", distinct=True)))
    total = visible.count()
    lines = [Line(str(way.label), (found.get(way, 0), total), way) for way in Advancement.Way]
    return Table(_("Double training"), (_("number of persons"), _("out of members on the rosters")), lines)


def organisations(user: User, on: date | None = None, places: Places = None) -> Table:
    """Party organisations and places by kind: how many, how many are paired, and the members on their rosters.

    As of today, or as the end of an earlier day had it: by the days on which each was closed, paired, released, left.
    """
    rows = Organisation.objects.visible_to(user).filter(kind__in=(*PARTY_ORGANISATIONS, *TERRITORY))
    rows = rows.filter(within(places)) if places is not None else rows
    rows = rows.open() if on is None else rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    standing = standing_on(on)
    paired = Q(pk__in=standing.values("unit")) | Q(pk__in=standing.values("village"))
    counts = rows.order_by().values_list("kind").annotate(number=Count("pk"), reached=Count("pk", filter=paired))
    members = Member.objects.present() if on is None else Member.objects.filter(Q(left_on=None) | Q(left_on__gt=on))
    members = members.filter(near(places, "organisation")).order_by()
    members = members.filter(within(user.scopes("member.read"), "organisation__path"))
    members_of = dict(members.values_list("organisation__kind").annotate(Count("pk")))
    found = {kind: (reached, number) for kind, number, reached in counts}
    lines = [Line(str(kind.label), (members_of.get(kind, 0), *found[kind]), kind) for kind in Kind if kind in found]
    columns = (_("members on the rosters"), _("of them paired"), _("organisations"))
    return Table(_("Organisations and members"), columns, lines)


def near(places: Places, *columns: str) -> Q:
    """One of the organisations in these columns lies in one of the places."""
    if places is None:
        return Q()
    return reduce(or_, (within(places, f"{column}__path") for column in columns))


def standing_on(on: date | None) -> QuerySet[Pairing]:
    rows = Pairing.objects.order_by()
    if on is None:
        return rows.filter(state__in=STANDING)
    gone = Q(released_at__date__lte=on) | Q(ended_on__lte=on)
    return rows.filter(formed_at__date__lte=on).exclude(gone)
