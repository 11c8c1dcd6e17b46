"""On how many of those who should be called on somebody has called, by village, each with its denominator (XY-10).

Counted are visits of running rounds. Whom the register knows is the denominator; where a visitor chose the kind at the
door of a household that the register does not know so, it is counted beside it.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.kinds import PersonKind
from members.models import Household, Member, Person
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Pairing
from pairing.schemes.words import VisitKind
from visits.models import HouseholdVisit
from visits.querysets.household_visits import MANAGE, READ, HouseholdVisitQuerySet

VETERANS = (VisitKind.VETERAN_MEMBER, VisitKind.VETERAN_CADRE, VisitKind.VETERAN_MODEL)
DELEGATES = (VisitKind.PARTY_DELEGATE, VisitKind.PEOPLES_DEPUTY, VisitKind.CPPCC_MEMBER)
GROUPS = {
    "veterans": (_("three veterans"), VETERANS),
    "children": (_("left-behind children"), (VisitKind.LEFT_BEHIND_CHILD,)),
    "delegates": (_("delegates, deputies and CPPCC members"), DELEGATES),
}


def counted_visits() -> HouseholdVisitQuerySet:
    return HouseholdVisit.objects.paid().of_running_rounds().order_by()


def villages_of(user: User) -> QuerySet[Organisation]:
    """Where the user reads the households, and where the units are paired whose helpers the user manages."""
    paired = Pairing.objects.standing().filter(within(user.scopes(MANAGE), "unit__path")).order_by()
    seen = within(user.scopes(READ)) | Q(pk__in=paired.values("village"))
    return Organisation.objects.open().filter(seen, kind=Kind.VILLAGE)


def known(kinds) -> QuerySet:
    """Those on the register, with `is_visited`; all of one model, members or children."""
    visits = counted_visits()
    if VisitKind.LEFT_BEHIND_CHILD in kinds:
        at_home = visits.filter(
            target_household=OuterRef("household"), kinds__contains=[str(VisitKind.LEFT_BEHIND_CHILD)]
        )
        children = Person.objects.present().filter(kind=PersonKind.LEFT_BEHIND_CHILD)
        alone = visits.filter(target_person=OuterRef("pk"))
        return children.annotate(is_visited=Exists(alone) | Exists(at_home))
    members = Member.objects.present().filter(marks__overlap=[str(kind) for kind in kinds])
    return members.annotate(is_visited=Exists(visits.filter(target_member=OuterRef("pk"))))


def needy() -> QuerySet:
    """With `is_visited` and `is_asked`: whether all questions of its scheme were answered."""
    visits = counted_visits().filter(target_household=OuterRef("pk"))
    asked = visits.complete().exclude(asks=[])
    return Household.objects.in_need().annotate(is_visited=Exists(visits), is_asked=Exists(asked))


def number(rows: QuerySet, column: str) -> Coalesce:
    """How many rows belong to the village of the outer query."""
    found = rows.filter(**{column: OuterRef("pk")}).order_by().values(column).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def with_calls(villages: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each village with its numbers, in one statement."""
    counts = {
        "homes": number(needy(), "village"),
        "homes_visited": number(needy().filter(is_visited=True), "village"),
        "homes_asked": number(needy().filter(is_asked=True), "village"),
    }
    for key, (_name, kinds) in GROUPS.items():
        column = "village" if key == "children" else "organisation"
        counts[key] = number(known(kinds), column)
        counts[f"{key}_visited"] = number(known(kinds).filter(is_visited=True), column)
    return villages.annotate(**counts)


@dataclass(frozen=True)
class Calls:
    """One kind in one village: on the register, called on, and households where visitors said so."""

    kind: VisitKind
    people: list
    others: int

    @property
    def name(self) -> str:
        return str(self.kind.label)

    @property
    def visited(self) -> int:
        return sum(each.is_visited for each in self.people)

    @property
    def waiting(self) -> list:
        return [each for each in self.people if not each.is_visited]


def calls_in(village: Organisation) -> list[Calls]:
    """The seven kinds of one village; three statements."""
    members = list(known((*VETERANS, *DELEGATES)).filter(organisation=village).select_related("organisation"))
    children = list(known((VisitKind.LEFT_BEHIND_CHILD,)).filter(village=village).select_related("village"))
    chosen = counted_visits().filter(village=village, target_household__isnull=False).exclude(kinds=[])
    households: dict[str, set[int]] = {}
    known_homes = {child.household_id for child in children}
    for pk, kinds in chosen.values_list("target_household", "kinds"):
        for kind in kinds:
            if kind != VisitKind.LEFT_BEHIND_CHILD or pk not in known_homes:
                households.setdefault(kind, set()).add(pk)
    return [
        Calls(
            kind,
            children if kind == VisitKind.LEFT_BEHIND_CHILD else [each for each in members if kind in each.marks],
            len(households.get(kind, ())),
        )
        for _name, kinds in GROUPS.values()
        for kind in kinds
    ]
