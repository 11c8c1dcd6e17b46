"""What organisations of a scheme compete in (YD-03): each comparison has an outcome by which it is looked at."""

from typing import Annotated

from pydantic import Field

from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Part, Ruled

Words = Annotated[str, Field(min_length=1, max_length=40)]


class Comparison(Part):
    """`name`: what is compared (比); `outcome`: by what it is judged (看). Activities of the kind with the same code
    count for it; `figures`: names of reported figures that stand beside the outcome."""

    key: Code
    name: Annotated[Words, Field(alias="比")]
    outcome: Annotated[Words, Field(alias="看")]
    figures: Annotated[list[Words], Field(alias="填报", max_length=6), BLANK_LIST] = []
    clause: Clause = ""

    @property
    def words(self) -> str:
        return f"比{self.name}、看{self.outcome}"


class ContestRules(Ruled):
    """Empty: the scheme holds no contest."""

    title: Annotated[str, Field(alias="名称", max_length=40)] = ""
    comparisons: Annotated[list[Comparison], Field(alias="比什么看什么", max_length=10), BLANK_LIST, ONCE] = []
