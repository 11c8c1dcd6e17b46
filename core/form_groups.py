"""Long forms, grouped: what belongs together stands in one row of a desk, below each other on a phone."""

from collections.abc import Sequence
from typing import Any


class Grouped:
    """Mixed into a form. `rows()` names fields row by row; whatever is named nowhere stands in a row of its own.

    `seldom` names those that are seldom filled in: they stand last, folded away until one of them says something.
    """

    seldom: Sequence[str] = ()

    def rows(self) -> Sequence[Sequence[str]]:
        raise NotImplementedError

    @property
    def groups(self) -> list[list]:
        """The visible fields in their rows."""
        form: Any = self
        shown = {field.name: field for field in form.visible_fields() if field.name not in self.seldom}
        named = [[shown.pop(name) for name in row if name in shown] for row in self.rows()]
        return [row for row in named if row] + [[field] for field in shown.values()]

    @property
    def folded(self) -> list:
        """The visible fields that are seldom filled in."""
        form: Any = self
        return [field for field in form.visible_fields() if field.name in self.seldom]

    @property
    def is_unfolded(self) -> bool:
        return any(field.errors or field.value() for field in self.folded)
