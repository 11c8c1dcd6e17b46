"""Who may help whom, as it stands: read in a constant number of statements into a `Task`."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet

from members.assignment.sharing import Helper, Task
from members.kinds import Mark, PairKind
from members.models import AssignmentRun, Household, Member, PersonPair
from members.states import PairState
from organisations.models import Organisation, OrganisationLink
from pairing.levels import Level
from pairing.models import Pairing

HELPED = (Mark.NEEDY, Mark.UNEMPLOYED, Mark.RETIRED, Mark.ELDERLY)
NO_QUOTAS: Mapping[str, int] = {}


def read(run: AssignmentRun, quotas: Mapping[str, int] = NO_QUOTAS) -> Task:
    """`quotas`: households by rank, where nobody may get more."""
    serving = serving_of(run.place)
    teams = {team for each in serving.values() for team in each}
    return Task(
        households=list(open_households(run).values_list("pk", "village")),
        teams=helpers_of(run, teams, quotas if run.keeps_quota else NO_QUOTAS),
        serving=serving,
        ties=ties_of(run),
    )


def open_households(run: AssignmentRun) -> QuerySet[Household]:
    """Those of the place whom no cadre helps, village by village."""
    helping = cadre_pairs().filter(state=PairState.ACTIVE, target_household=OuterRef("pk"))
    found = Household.objects.present().filter(village__path__startswith=run.place.path).exclude(Exists(helping))
    return (found.filter(is_needy=True) if run.only_needy else found).order_by("village", "pk")


def cadre_pairs() -> QuerySet[PersonPair]:
    return PersonPair.objects.filter(kind=PairKind.CADRE_HOUSEHOLD).order_by()


def serving_of(place: Organisation) -> dict[int, list[int]]:
    """By village: the teams that serve it, then the units paired with it."""
    links = OrganisationLink.objects.current().filter(
        kind=OrganisationLink.Kind.SERVED, member__path__startswith=place.path
    )
    pairings = Pairing.objects.standing().filter(level=Level.UNIT_VILLAGE, village__path__startswith=place.path)
    found: dict[int, list[int]] = defaultdict(list)
    for village, team in [
        *links.order_by("pk").values_list("member", "holder"),
        *pairings.order_by("pk").values_list("village", "unit"),
    ]:
        if team not in found[village]:
            found[village].append(team)
    return found


def helpers_of(run: AssignmentRun, teams: set[int], quotas: Mapping[str, int]) -> dict[int, list[Helper]]:
    """By team: whoever is there and needs no help themselves, with what they have already."""
    members = Member.objects.present().filter(organisation__in=teams).exclude(marks__overlap=list(HELPED))
    if run.only_able:
        members = members.marked(Mark.ABLE_TO_HELP)
    standing = cadre_pairs().filter(state=PairState.ACTIVE, helper_member__organisation__in=teams)
    loads: dict[int, int] = defaultdict(int)
    villages: dict[int, set[int]] = defaultdict(set)
    for helper, village, number in standing.values_list("helper_member", "village").annotate(number=Count("pk")):
        loads[helper] += number
        villages[helper].add(village)
    found: dict[int, list[Helper]] = defaultdict(list)
    for pk, team, rank in members.order_by("pk").values_list("pk", "organisation", "rank"):
        found[team].append(Helper(pk, loads[pk], quotas.get(rank), frozenset(villages[pk])))
    return found


def ties_of(run: AssignmentRun) -> dict[int, int]:
    """Who helped each household last."""
    past = cadre_pairs().filter(state=PairState.ENDED, village__path__startswith=run.place.path)
    rows = past.order_by("target_household", "-until", "-pk").distinct("target_household")
    return dict(rows.values_list("target_household", "helper_member"))
