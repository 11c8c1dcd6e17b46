"""How even the load is: before, as proposed, and as changed by hand. A fixed number of statements."""

from collections import Counter
from dataclasses import asdict, dataclass

from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from core.counts import count_by
from members.assignment.reading import cadre_pairs, serving_of
from members.assignment.sharing import Why
from members.models import AssignmentProposal, AssignmentRun, Member
from members.states import AssignmentState, PairState


@dataclass
class Measure:
    """`helped`: households of the place with a helper; the loads are those of single helpers."""

    helped: int
    without: int
    largest: int
    smallest: int
    ties: int

    def kept(self) -> dict[str, int]:
        return asdict(self)


def measure(run: AssignmentRun, *, with_proposals: bool) -> Measure:
    loads = loads_of(run, with_proposals=with_proposals)
    place = run.place.path
    standing = cadre_pairs().filter(state=PairState.ACTIVE, village__path__startswith=place).count()
    proposed = AssignmentProposal.objects.filter(run=run, state=AssignmentState.PROPOSED)
    counts = proposed.aggregate(all=Count("pk"), ties=Count("pk", filter=Q(why=Why.TIE))) if with_proposals else {}
    given = counts.get("all", 0)
    return Measure(
        helped=standing + given,
        without=max(run.households - given, 0),
        largest=max(loads, default=0),
        smallest=min(loads, default=0),
        ties=counts.get("ties", 0),
    )


def loads_of(run: AssignmentRun, *, with_proposals: bool) -> list[int]:
    """Households of each helper of the teams that serve the place.

    Grouped by helper, not looked up for each of them: proposals that were written a moment ago have no statistics yet,
    and PostgreSQL would read all of them for every helper.
    """
    teams = {team for each in serving_of(run.place).values() for team in each}
    standing = cadre_pairs().filter(state=PairState.ACTIVE)
    loads = Counter(dict(standing.values_list("helper_member").annotate(rows=Count("pk"))))
    if with_proposals:
        proposed = AssignmentProposal.objects.filter(run=run, state=AssignmentState.PROPOSED).order_by()
        loads.update(dict(proposed.values_list("member").annotate(rows=Count("pk"))))
    members = Member.objects.present().filter(organisation__in=teams).order_by()
    return [loads[pk] for pk in members.values_list("pk", flat=True)]


def with_load(members: QuerySet[Member], run: AssignmentRun | None) -> QuerySet:
    """Adds `load`: what they have, and what `run` proposes for them."""
    load: Combinable = count_by(
        cadre_pairs().filter(state=PairState.ACTIVE, helper_member=OuterRef("pk")), "helper_member"
    )
    if run is not None:
        proposed = AssignmentProposal.objects.filter(run=run, state=AssignmentState.PROPOSED, member=OuterRef("pk"))
        load = load + count_by(proposed, "member")
    return members.annotate(load=load)
