"""What a pairing of the small world has planned and promised, by the beginning of its addresses."""

from datetime import date
from typing import Any

from django.utils import timezone

from office.models import StoredFile
from organisations.models import User
from pairing.models import (
    Pairing,
    Plan,
    PlanItem,
    PlanReference,
    PublicCommitment,
    ResponsibilityLetter,
    Target,
    TargetYear,
)

YEAR = 2026


def planned(pairing: Pairing, file: StoredFile, by: User, mark: str) -> dict[str, Any]:
    """The longest beginning first: the first that fits is taken."""
    plan = Plan.objects.create(
        pairing=pairing, kind="term_plan", written_side="unit", body=f"{mark}方案", file=file, principal=f"{mark}生"
    )
    claim = {"claimed_side": "unit", "claimed_at": timezone.now(), "claimed_by": by, "proof": file}
    target = Target.objects.create(pairing=pairing, name=f"{mark}目标", state="claimed", horizon_year=YEAR, **claim)
    content = {
        "unit": pairing.unit.name, "village": pairing.village.name, "organiser": f"{mark}县", "round": "", "scheme": "",
        "is_binding": True, "holds_until_met": False, "labels": {"unit": "甲", "village": "乙"}, "year": YEAR,
        "lines": [], "shared": {},
    }  # fmt: skip
    return {
        "plans/items": PlanItem.objects.create(plan=plan, heading=f"{mark}措施", on=date(YEAR, 9, 1)),
        "plans/references": PlanReference.objects.create(
            pairing=pairing, kind="unit_plan_reference", year=YEAR, title=f"{mark}计划", file=file
        ),
        "plans": plan,
        "targets/years": TargetYear.objects.create(target=target, year=YEAR, planned=1, **claim),
        "targets": target,
        "letters": ResponsibilityLetter.objects.create(pairing=pairing, year=YEAR, content=content, drawn_by=by),
        "promises": PublicCommitment.objects.create(
            pairing=pairing, side="unit", year=YEAR, text=f"{mark}承诺", due_on=date(YEAR, 10, 1)
        ),
    }
