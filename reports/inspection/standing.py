"""How far an inspection is, and what may be done next by whom."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.models import User
from reports.inspection.states import CheckResult, InspectionState
from reports.models import CheckLine, InspectedVillage, Inspection, InspectionIssue


@dataclass(frozen=True)
class Looked:
    """A village of the sample with its lines and issues, as the page lists it."""

    place: InspectedVillage
    lines: list[CheckLine]
    issues: list[InspectionIssue]
    is_out: bool

    @property
    def is_complete(self) -> bool:
        return all(line.result for line in self.lines)

    @property
    def asked(self) -> int:
        return sum(1 for line in self.lines if line.result and line.result != CheckResult.NOT_ASKED)

    @property
    def good(self) -> int:
        return sum(1 for line in self.lines if line.result == CheckResult.GOOD)


@dataclass(frozen=True)
class Standing:
    """What the person may do now; `waits_for`: why they may not confirm."""

    steps: frozenset[str] = field(default_factory=frozenset)
    waits_for: str = ""


def results_of(places: QuerySet[InspectedVillage]) -> list[Looked]:
    """In three statements however many villages; whoever is out stands last."""
    rows = list(places.select_related("village", "instead_of__village", "recorded_by").order_by("position", "pk"))
    lines: dict[int, list[CheckLine]] = {place.pk: [] for place in rows}
    issues: dict[int, list[InspectionIssue]] = {place.pk: [] for place in rows}
    for line in CheckLine.objects.filter(place__in=lines).order_by("place", "position"):
        lines[line.place_id].append(line)
    for found in InspectionIssue.objects.filter(place__in=lines).select_related("issue"):
        issues[found.place_id].append(found)
    out = {place.instead_of_id for place in rows}
    looked = [Looked(place, lines[place.pk], issues[place.pk], place.pk in out) for place in rows]
    return sorted(looked, key=lambda each: each.is_out)


def standing_of(inspection: Inspection, user: User) -> Standing:
    if inspection.state == InspectionState.PLANNED:
        return Standing(frozenset({"edit", "draw", "drop"}))
    if inspection.state == InspectionState.UNDER_WAY:
        return Standing(frozenset({"fill", "check", "submit", "drop"}))
    if inspection.state == InspectionState.SUBMITTED:
        own = inspection.places.filter(recorded_by=user).exists()
        if own or user.pk in (inspection.submitted_by_id, inspection.drawn_by_id):
            return Standing(waits_for=_("It waits for a second person: somebody else of your office confirms it."))
        return Standing(frozenset({"confirm", "return"}))
    return Standing()
