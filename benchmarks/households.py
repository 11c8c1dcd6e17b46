"""The assignment of a whole county, then the board of who helps whom: unchanged, and looked at after each change."""

from collections.abc import Callable
from itertools import cycle

from django.urls import reverse
from django.utils import timezone

from benchmarks import assigning, county, pages
from benchmarks.import_households import HOUSEHOLDS, TEAMS
from benchmarks.report import Finding
from benchmarks.scratch import scratch_database
from members.kinds import EndReason, PairKind
from members.models import Household, Member, PersonPair
from members.states import PairState
from pairing.models import Round

SMALL = {"households": 1_040, "teams": 13}  # of 26 villages


def measure(households: int = HOUSEHOLDS) -> list[Finding]:
    """The small county is only there for its pages."""
    with scratch_database():
        small, _findings = at_size(**SMALL)
    with scratch_database():
        large, findings = at_size(households=households, teams=TEAMS)
    return findings + pages.compare(small, large)


def at_size(*, households: int, teams: int) -> tuple[dict[str, pages.PageTime], list[Finding]]:
    organiser = county.build(households, teams)
    findings = assigning.measure(organiser)
    boards = {f"who helps whom, {round.name}": address(round) for round in Round.objects.order_by("pk")}
    found = pages.measure(organiser, boards | lists())
    for what, change in changes().items():
        after = {f"{name}, after {what}": board for name, board in boards.items()}
        found |= pages.measure(organiser, after, change)
    secretary = county.team_secretary()
    own = {f"{name}, of a team": board for name, board in boards.items()}
    found |= pages.measure(secretary, own)
    what, change = next(iter(changes().items()))
    found |= pages.measure(secretary, {f"{name}, after {what}": board for name, board in own.items()}, change)
    return found, findings


def address(round: Round) -> str:
    return f"{reverse('helper_coverage')}?round={round.pk}"


def lists() -> dict[str, str]:
    households = reverse("uncovered_households")
    return {
        "who helps whom: households": households,
        "who helps whom: households without a helper": f"{households}?missing=helper",
        "who helps whom: cadres by rank": reverse("quota_list"),
        "pairs of persons": reverse("person_pairs"),
    }


def changes() -> dict[str, Callable[[], object]]:
    """Each does something new whenever it is called."""
    households, members = cycle(Household.objects.order_by("pk")[:40:2]), cycle(Member.objects.order_by("pk")[:40:2])
    helped = PersonPair.objects.filter(kind=PairKind.CADRE_HOUSEHOLD, state=PairState.ACTIVE)
    pairs = iter(helped.order_by("pk")[:400:2])
    return {
        "a household changed": lambda: toggle_need(next(households)),
        "a helper was replaced": lambda: replace_helper(next(pairs)),
        "a cadre left": lambda: leave(next(members)),
    }


def toggle_need(household: Household) -> None:
    household.is_needy = not household.is_needy
    household.save()


def replace_helper(pair: PersonPair) -> None:
    """By somebody else of the same team."""
    today = timezone.localdate()
    others = Member.objects.present().filter(organisation=pair.unit_id).exclude(pk=pair.helper_member_id)
    ended = {"state": PairState.ENDED, "until": today, "end_reason": EndReason.REASSIGNED}
    PersonPair.objects.filter(pk=pair.pk).update(**ended)
    pair.pk, pair.helper_member = None, others.order_by("pk")[0]
    pair.save()


def leave(member: Member) -> None:
    member.left_on = None if member.left_on else timezone.localdate()
    member.save()
