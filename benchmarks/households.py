"""The assignment of a whole county, then the board of who helps whom: unchanged, and looked at after each change."""

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
    for what, change in CHANGES.items():
        after = {f"{name}, after {what}": board for name, board in boards.items()}
        found |= pages.measure(organiser, after, change)
    secretary = county.team_secretary()
    own = {f"{name}, of a team": board for name, board in boards.items()}
    found |= pages.measure(secretary, own)
    what, change = next(iter(CHANGES.items()))
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


def change_need(number: int) -> None:
    household = Household.objects.order_by("pk")[2 * number]
    household.is_needy = not household.is_needy
    household.save()


def replace_helper(number: int) -> None:
    """By somebody else of the same team."""
    helped = PersonPair.objects.filter(kind=PairKind.CADRE_HOUSEHOLD, state=PairState.ACTIVE)
    pair, today = helped.order_by("pk")[2 * number], timezone.localdate()
    others = Member.objects.present().filter(organisation=pair.unit_id).exclude(pk=pair.helper_member_id)
    ended = {"state": PairState.ENDED, "until": today, "end_reason": EndReason.REASSIGNED}
    PersonPair.objects.filter(pk=pair.pk).update(**ended)
    pair.pk, pair.helper_member = None, others.order_by("pk")[0]
    pair.save()


def change_presence(number: int) -> None:
    member = Member.objects.order_by("pk")[2 * number]
    member.left_on = None if member.left_on else timezone.localdate()
    member.save()


CHANGES: dict[str, pages.Change] = {
    "a household changed": change_need,
    "a helper was replaced": replace_helper,
    "a cadre left": change_presence,
}
