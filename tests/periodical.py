"""What is reported in the world of the tests that cross the apps."""

from datetime import date
from typing import Any

from django.utils import timezone

from duties.models import Duty
from organisations.models import User
from pairing.models import Pairing
from reports.models import PeriodicReport, ReportStep, ReportWords

QUARTER = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30)}
DUE = date(2026, 7, 15)


def periodical(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A report of the unit that waits at the county, and one that a member has still to write."""
    of_unit = report(pairing, "unit_report", "superior_committee", organisation=pairing.unit)
    of_member = report(pairing, "member_report", "own_organisation", member=cast["cadre"].member)
    at, author = timezone.now(), cast["branch_secretary"]
    ReportWords.objects.create(report=of_unit, section="practice", words=f"{mark}党课上了两次")
    PeriodicReport.objects.filter(pk=of_unit.pk).update(state="submitted", submitted_at=at, submitted_by=author)
    ReportStep.objects.create(report=of_unit, verb="submitted", at=at, by=author)
    of_unit.refresh_from_db()
    return {"reports/periodic": of_unit, "report of a member": of_member}


def report(pairing: Pairing, obligation: str, line: str, **whose: Any) -> PeriodicReport:
    common = {"round": pairing.round, "obligation": obligation, "period": "2026Q2", "due_on": DUE}
    duty = Duty.objects.create(
        scheme_version=pairing.round.scheme_version, unit=pairing.unit, starts_on=QUARTER["starts_on"], least=1,
        planned_on=QUARTER["starts_on"], **common, **whose,
    )  # fmt: skip
    desk = pairing.unit if line == "own_organisation" else pairing.round.organiser
    return PeriodicReport.objects.create(
        duty=duty, line=line, desk=desk, drafted_at=timezone.now(), **QUARTER, **common, **whose
    )
