"""Reckoning an assessment anew, the whole of it or one sheet."""

from datetime import datetime
from decimal import Decimal

from django.db import connection
from psycopg2.extras import Json

from organisations.models import Organisation
from pairing.models.scheme_change import obligations_of
from pairing.schemes.assessment import Item
from pairing.schemes.assessment_words import AssessedSide, ItemKind
from pairing.schemes.duty_words import Counted
from reports.assessment import statements
from reports.assessment.satisfaction import rates_of
from reports.models import Assessed, Assessment

# Of these a duty asks for yuan or hundredths: one that is not met is one missing, however many are.
IN_AMOUNTS = {
    Counted.MONEY, Counted.DISCLOSURE, Counted.SHARED_RECORD, Counted.DIARY, Counted.PLACE_COVERAGE,
    Counted.VILLAGE_COVERAGE, Counted.KIND_COVERAGE, Counted.MEMBER_COVERAGE, Counted.BASE_NUMBER,
}  # fmt: skip
UNLIMITED = Decimal(1000)


def reckon(assessment: Assessment, at: datetime) -> None:
    """Everybody who is to be assessed, each line, each total: a constant number of statements."""
    given = parameters(assessment)
    run(given, statements.SUBJECTS, statements.LINES, statements.SETTLE, statements.TOTALS)
    if any(item.rule == "linked" for item in assessment.rules.items):
        run(given, statements.LINKED, statements.SETTLE, statements.TOTALS)
    run(given, statements.PLACES)
    assessment.reckoned_at = at
    assessment.save(update_fields=["reckoned_at"])


def resettle(assessed: Assessed) -> None:
    """One sheet, after somebody gave points or took them off."""
    given = parameters(assessed.assessment) | {"only": assessed.pk}
    run(given, statements.SETTLE, statements.TOTALS, statements.PLACES)


def freeze_rows(assessment: Assessment) -> None:
    run({"assessment": assessment.pk}, *statements.FREEZE)


def run(given: dict, *asked: str) -> None:
    with connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(statement, given)


def parameters(assessment: Assessment) -> dict:
    rules = assessment.rules
    sides = [str(side) for side in rules.assessed]
    duties = obligations_of(assessment.round, assessment.ends_on)
    return {
        "assessment": assessment.pk,
        "round": assessment.round_id,
        "first": assessment.starts_on,
        "last": assessment.ends_on,
        "step": Organisation.steplen,
        "sides": sides,
        "items": Json([row(item, sides) for item in rules.items]),
        "amounts": [duty.key for duty in duties if duty.counted in IN_AMOUNTS],
        "rates": Json(rates_of(assessment)),
        "grades": Json([{"name": grade.name, "least": str(grade.least)} for grade in rules.grades]),
        "least_share": rules.least_share,
        "veto_grade": rules.veto_grade,
        "bonus_cap": rules.bonus_cap,
        "own": rules.own_weight,
        "other": rules.other_weight,
        "organiser": rules.organiser_weight,
        "earlier": assessment.earlier_id,
        "earlier_weight": rules.earlier_weight,
        "may_rank": rules.may_rank,
        "only": None,
    }


def row(item: Item, sides: list[str]) -> dict:
    """Where both sides get one score, what concerns either of them concerns the pairing (AH-24)."""
    concerned = [str(side) for side in item.sides] or sides
    if AssessedSide.PAIRING in sides and {"unit", "village"} & set(concerned):
        concerned = [*concerned, "pairing"]
    cap = UNLIMITED if item.kind == ItemKind.VETO else item.most
    return {
        "key": item.key, "kind": item.kind, "rule": item.rule, "full": str(item.full), "off": str(item.off),
        "wanted": item.wanted, "floor": str(item.floor), "cap": str(cap), "sides": concerned,
        "obligations": item.obligations, "natures": [str(each) for each in item.natures],
    }  # fmt: skip
