"""How the pay of village secretaries is reckoned (SF-15 to SF-20): by points, by earnings, and after leaving."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from pairing.schemes.parts import Ruled, YesNo

Yuan = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class PayRules(Ruled):
    """`base_score`: the score at which nothing is added nor taken off; two appraisals of a hundred each where the text
    says 双百分. `yuan_per_point`: for each point above or below it. `bonus_percent` of what a village earned goes back
    to the village. `regular_years` in a row in the post give a regular allowance after it, `regular_percent` of the
    yearly base of the secretary who holds the post now; fewer give a single sum."""

    is_kept: Annotated[YesNo, Field(alias="计算村书记报酬")] = False
    base_score: Annotated[Decimal, Field(alias="基准分", ge=0, le=1000, decimal_places=2)] = Decimal(200)
    yuan_per_point: Annotated[Yuan, Field(alias="每分元")] = Decimal(50)
    bonus_percent: Annotated[Percent, Field(alias="创收返还百分比")] = Decimal(10)
    regular_years: Annotated[int, Field(alias="定期补贴连续任职年数", ge=1, le=60)] = 10
    regular_percent: Annotated[Percent, Field(alias="定期补贴百分比")] = Decimal(30)
