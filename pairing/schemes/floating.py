"""What a scheme says of members away from home: steps, reports, letters, contacts."""

from typing import Annotated

from pydantic import Field, model_validator

from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, fault


class FloatingStep(Part):
    """What is done for each floating member; `heading` is a heading of SF-28. How many there are is open (SF-31).

    The members' app finds out by itself whether a step with one of its own codes is done; others are ticked by hand.
    """

    key: Code
    name: Name
    heading: Annotated[str, Field(alias="方面", max_length=20)] = ""
    before_leaving: Annotated[YesNo, Field(alias="外出前")] = False
    clause: Clause = ""


class FloatingRules(Ruled):
    """How members away from home are looked after (SF-28 to SF-39, SH-20, SH-21, XC-12)."""

    headings: Annotated[list[str], Field(alias="工作方面"), BLANK_LIST] = []
    steps: Annotated[list[FloatingStep], Field(alias="办理事项"), BLANK_LIST, ONCE] = []
    half_yearly_report: Annotated[YesNo, Field(alias="每半年向流出地汇报")] = False
    letter_days: Annotated[int, Field(alias="慰问信在七一前天数", ge=1, le=180)] = 30
    contact_months: Annotated[int, Field(alias="两地联系间隔月数", ge=1, le=24)] = 3
    answer_days: Annotated[int, Field(alias="查询答复天数", ge=1, le=180)] = 15
    lunar_forum: Annotated[YesNo, Field(alias="腊月召开座谈会")] = False

    @model_validator(mode="after")
    def _headings_are_named(self):
        for number, step in enumerate(self.steps):
            if step.heading and step.heading not in self.headings:
                fault("unknown_heading", ["办理事项", number, "方面"])
        return self
