"""A signed pairing under a scheme, and what the tests of plans, targets, letters and commitments do with it."""

from decimal import Decimal
from typing import Any

from pairing.actions import plans as plan_acts
from pairing.actions import targets as target_acts
from pairing.models import Pairing, Plan, Scheme, SchemeVersion, Target
from pairing.plans.content import Line, PlanText
from pairing.states import PairingState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, County, county

YEAR = IN_TIME.year
DAY = IN_TIME.date()


def asking(key: str = "shanghai", **blocks: Any) -> SchemeVersion:
    """A scheme of tests: that of the file, with these blocks instead of its own."""
    file = factories.scheme_version(key)
    content = file.content | blocks | {"key": "asking"}
    scheme = Scheme.objects.create(key="asking", name="测试方案", issuer="测试", status="binding")
    return SchemeVersion.objects.create(scheme=scheme, number=1, text="", content=content)


def signed_under(scheme: str = "shanghai", *, classes: tuple[str, ...] = (), **blocks: Any) -> tuple[County, Pairing]:
    """A county whose unit and village have signed, in a round under the scheme (with other blocks, if given)."""
    place = county()
    place.village.classes = list(classes)
    place.village.save(update_fields=["classes"])
    place.round.scheme_version = asking(scheme, **blocks) if blocks else factories.scheme_version(scheme)
    place.round.save(update_fields=["scheme_version"])
    fields: dict[str, Any] = {"state": PairingState.SIGNED, "ends_on": place.round.ends_on}
    return place, factories.pairing(place.round, place.unit, place.village, **fields)


def person(place: County, side: Side):
    return place.secretary if side == Side.UNIT else place.village_secretary


def written(
    place: County,
    pairing: Pairing,
    kind: str,
    year: int | None = None,
    *,
    side: Side = Side.UNIT,
    upload=None,
    **text: Any,
) -> Plan:
    """A plan as a form hands it in; one line unless asked otherwise."""
    text.setdefault("body", "帮助建设经果林，培训种植大户。")
    text.setdefault("lines", [Line("progress", "苗木到村", "", DAY)])
    newest = Plan.objects.under_way().filter(pairing=pairing, kind=kind, year=year).first()
    return plan_acts.write_plan(
        by=person(place, side),
        pairing=pairing,
        side=side,
        kind=kind,
        year=year,
        text=PlanText(**text),
        edition=newest.edition if newest else 0,
        at=IN_TIME,
        upload=upload,
    )


def handed_over(place: County, plan: Plan, side: Side = Side.UNIT) -> Plan:
    return plan_acts.propose_plan(by=person(place, side), plan=plan, side=side, edition=plan.edition, at=IN_TIME)


def confirmed(place: County, plan: Plan, side: Side = Side.UNIT) -> Plan:
    """Handed over by the side that wrote it, confirmed by the other."""
    plan = handed_over(place, plan, side)
    other = side.other
    return plan_acts.confirm_plan(by=person(place, other), plan=plan, side=other, edition=plan.edition, at=IN_TIME)


def taken(place: County, pairing: Pairing) -> list[Target]:
    target_acts.take_goals(by=place.secretary, pairing=pairing, side=Side.UNIT)
    return list(pairing.targets.all())


def planned(place: County, target: Target, value: int = 12, year: int = YEAR):
    return target_acts.plan_year(
        by=place.secretary, target=target, side=Side.UNIT, year=year, planned=Decimal(value), planned_words="新建冷库"
    )


def met(place: County, target: Target) -> Target:
    claimed = target_acts.claim_target(
        by=place.secretary, target=target, side=Side.UNIT, proof_words="已验收", at=IN_TIME
    )
    return target_acts.confirm_target(by=place.village_secretary, target=claimed, side=Side.VILLAGE, at=IN_TIME)
