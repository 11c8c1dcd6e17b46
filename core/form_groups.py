"""Long forms, grouped: what belongs together stands in one row of a desk, below each other on a phone."""

from collections.abc import Iterable, Sequence
from typing import Any


def says_something(fields: Iterable[Any]) -> bool:
    """Of bound fields: whether one holds a value or a mistake."""
    return any(field.errors or field.value() for field in fields)


class More(list):
    """Rows of one kind behind each other: each is unfolded by `title` under the one before it."""

    def __init__(self, title: Any, rows: Iterable[Sequence[Any]]):
        super().__init__(rows)
        self.title = title

    @property
    def is_unfolded(self) -> bool:
        return any(map(says_something, self))

    @property
    def rest(self) -> "More":
        return More(self.title, self[1:])


class Grouped:
    """Mixed into a form. `rows()` names fields row by row; whatever is named nowhere stands in a row of its own.

    `seldom` names those that are seldom filled in: they stand last, folded away until one of them says something.
    """

    seldom: Sequence[str] = ()

    def rows(self) -> Sequence[Sequence[str] | More]:
        raise NotImplementedError

    @property
    def groups(self) -> list[list]:
        """The visible fields in their rows."""
        form: Any = self
        shown = {field.name: field for field in form.visible_fields() if field.name not in self.seldom}

        def taken(row: Sequence[str] | More) -> list:
            if isinstance(row, More):
                return More(row.title, filter(None, map(taken, row)))
            return [shown.pop(name) for name in row if name in shown]

        named = [taken(row) for row in self.rows()]
        return [row for row in named if row] + [[field] for field in shown.values()]

    @property
    def folded(self) -> list:
        """The visible fields that are seldom filled in."""
        form: Any = self
        return [field for field in form.visible_fields() if field.name in self.seldom]

    @property
    def is_unfolded(self) -> bool:
        return says_something(self.folded)
