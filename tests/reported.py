"""What the small world has of assessments and of the pay of village secretaries, by the beginning of its addresses."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from members.tests import factories as members
from organisations.models import User
from pairing.models import Pairing
from reports.models import (
    AdjustmentCase,
    Appeal,
    Assessed,
    Assessment,
    GivenScore,
    LeavingAllowance,
    ScoreAdjustment,
    ScoreLine,
    SecretaryPay,
)


def reported(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    village, by = pairing.village, cast["organiser"]
    secretary = members.member(village, f"{mark}老书记")
    common = {
        "round": pairing.round, "village": village, "member": secretary, "year": 2025,
        "entered_at": timezone.now(), "entered_by": by,
    }  # fmt: skip
    paid = SecretaryPay.objects.create(
        base=Decimal(20000), score=Decimal(210), base_score=Decimal(200), yuan_per_point=Decimal(50),
        bonus_percent=Decimal(10), base_source=f"{mark}文件", **common,
    )  # fmt: skip
    left = LeavingAllowance.objects.create(
        left_on=date(2024, 5, 1), years_in_a_row=12, years_in_all=12, present_base=Decimal(20000), regular_years=10,
        regular_percent=Decimal(30), one_off_source=f"{mark}决定", **common,
    )  # fmt: skip
    return {"secretaries/pay": paid, "secretaries/leaving": left} | assessed(pairing, cast, mark)


def assessed(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """One that is shown, with an appeal; adjusted and given points."""
    rules = pairing.round.rules.assessment.model_dump(mode="json") | {"own_weight": 20, "organiser_weight": 80}
    made = Assessment.objects.create(
        round=pairing.round, period="2026H1", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), content=rules,
        state="shown", made_at=timezone.now(), made_by=cast["organiser"], reckoned_at=timezone.now(),
    )  # fmt: skip
    sheet = Assessed.objects.create(
        assessment=made, side="unit", organisation=pairing.unit, full=10, points=5, score=50
    )
    line = ScoreLine.objects.create(
        assessed=sheet, item="daily", full=10, applies=True, computed=10, points=5,
    )  # fmt: skip
    kept = {"at": timezone.now(), "by": cast["organiser"], "post": cast["organiser"].appointments.get()}
    ScoreAdjustment.objects.create(line=line, points=-5, words=f"{mark}少一次", **kept)
    GivenScore.objects.create(line=line, giver=pairing.unit, is_own=True, points=9, **kept)
    appeal = Appeal.objects.create(assessed=sheet, line=line, words=f"{mark}没有少", **kept)
    case = AdjustmentCase.objects.create(
        assessed=sheet, pairing=pairing, reason=f"{mark}成效差", opened_at=timezone.now(), opened_by=cast["organiser"],
        opened_as=cast["organiser"].appointments.get(),
    )  # fmt: skip
    return {
        "assessments/adjustments": case,
        "assessments/sheets": sheet, "assessments/lines": line, "assessments/appeals": appeal, "assessments": made,
    }  # fmt: skip
