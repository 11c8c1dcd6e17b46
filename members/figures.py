"""Statistics of people: trainings and postings (T3), organisations and members (T9), each with its denominator."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
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


@dataclass(frozen=True)
class Line:
    """One row of a table: what it counts, and its figures."""

    name: str
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """`columns` name the figures of each line; where a figure has a denominator, it is the last of them."""

    title: str
    columns: tuple[str, ...]
    lines: list[Line]


def with_total(lines: list[Line]) -> list[Line]:
    return [*lines, Line(_("In all"), tuple(map(sum, zip(*(line.figures for line in lines), strict=True))))]


def trainings(user: User, year: int) -> Table:
    """By kind: trainings, persons, person-times, technicians."""
    rows = Training.objects.visible_to(user).in_year(year).order_by().values_list("kind")
    sums = (Count("pk"), Sum("persons"), Sum("person_times"), Sum("technicians"))
    found = {kind: numbers for kind, *numbers in rows.annotate(*sums)}
    lines = [Line(str(kind.label), tuple(found.get(kind, (0, 0, 0, 0)))) for kind in Training.Kind]
    columns = (_("number of trainings"), _("number of persons"), _("person-times"), _("technicians"))
    return Table(_("Trainings"), columns, with_total(lines))


def postings(user: User, year: int) -> Table:
    """By kind of person: down and up, among those who worked elsewhere on some day of the year."""
    rows = Secondment.objects.visible_to(user).filter(since__year__lte=year).exclude(until__year__lt=year)
    ways = {f"{way}_number": Count("pk", filter=Q(direction=way)) for way in Secondment.Direction}
    found = {kind: numbers for kind, *numbers in rows.order_by().values_list("kind").annotate(**ways)}
    lines = [Line(str(kind.label), tuple(found.get(kind, (0, 0)))) for kind in Secondment.Kind]
    columns = tuple(str(way.label) for way in Secondment.Direction)
    return Table(_("Secondments and postings"), columns, with_total(lines))


def double_trainings(user: User, year: int) -> Table:
    """Persons of each way, out of the members on the rosters that one sees."""
    visible = Member.objects.visible_to(user).present().order_by()
    rows = Advancement.objects.filter(on__year=year, member__in=visible.values("pk")).order_by().values_list("way")
    found = dict(rows.annotate(Count("member", distinct=True)))
    total = visible.count()
    lines = [Line(str(way.label), (found.get(way, 0), total)) for way in Advancement.Way]
    return Table(_("Double training"), (_("number of persons"), _("out of members on the rosters")), lines)


def organisations(user: User) -> Table:
    """Party organisations and places by kind: how many, how many are paired, and the members on their rosters."""
    rows = Organisation.objects.visible_to(user).open().filter(kind__in=(*PARTY_ORGANISATIONS, *TERRITORY))
    standing = Pairing.objects.filter(state__in=STANDING).order_by()
    paired = Q(pk__in=standing.values("unit")) | Q(pk__in=standing.values("village"))
    counts = rows.order_by().values_list("kind").annotate(number=Count("pk"), reached=Count("pk", filter=paired))
    members = Member.objects.present().filter(within(user.scopes("member.read"), "organisation__path")).order_by()
    members_of = dict(members.values_list("organisation__kind").annotate(Count("pk")))
    found = {kind: (reached, number) for kind, number, reached in counts}
    lines = [Line(str(kind.label), (members_of.get(kind, 0), *found[kind])) for kind in Kind if kind in found]
    columns = (_("members on the rosters"), _("of them paired"), _("organisations"))
    return Table(_("Organisations and members"), columns, lines)
