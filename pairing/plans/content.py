"""What a plan says, as data: what a form hands in, and what a new version starts from."""

from dataclasses import dataclass, field
from datetime import date

from pairing.models import Plan, PlanItem

SCALARS = ("body", "principal", "branch_secretary", "responsibility", "target", "reward_penalty")


@dataclass(frozen=True)
class Line:
    """One item without its row."""

    kind: str
    heading: str
    words: str = ""
    on: date | None = None


@dataclass(frozen=True)
class PlanText:
    body: str = ""
    principal: str = ""
    branch_secretary: str = ""
    responsibility: str = ""
    target: str = ""
    reward_penalty: str = ""
    lines: list[Line] = field(default_factory=list)

    def scalars(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in SCALARS}


def text_of(plan: Plan) -> PlanText:
    """The text as it is stored."""
    return PlanText(
        **{name: getattr(plan, name) for name in SCALARS}, lines=[line_of(item) for item in plan.items.all()]
    )


def line_of(item: PlanItem) -> Line:
    return Line(item.kind, item.heading, item.words, item.on)


def differences(newer: Plan, older: Plan) -> list[dict]:
    """What the newer version says otherwise, field by field, for two columns on a page."""
    labels = {field.name: field.verbose_name for field in Plan._meta.concrete_fields}
    found: list[dict] = [
        {"label": labels[name], "before": getattr(older, name), "after": getattr(newer, name)}
        for name in SCALARS
        if getattr(older, name) != getattr(newer, name)
    ]
    before, after = ([line_of(item) for item in plan.items.all()] for plan in (older, newer))
    if before != after:
        label = PlanItem._meta.verbose_name_plural
        gone, come = [line for line in before if line not in after], [line for line in after if line not in before]
        found.append({"label": label, "lines_before": gone, "lines_after": come})
    return found
