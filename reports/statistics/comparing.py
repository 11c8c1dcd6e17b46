"""Two tables of the same columns laid side by side: this round and the one before, this year and the last."""

from collections.abc import Sequence
from dataclasses import replace

from core.figures import Column, Figure, Line, Table


def laid_beside(first: Table, second: Table, names: tuple[str, str]) -> Table:
    """Each column twice, headed by what it is of; lines that only one of them has stand there too."""
    columns = [column for each in first.columns for column in pair_of(each, names)]
    table = Table(first.subject, columns, total_note=first.total_note or second.total_note)
    others = {key_of(line): line for line in second.lines}
    for line in first.lines:
        other = others.pop(key_of(line), None)
        table.lines.append(replace(line, figures=mixed(line.figures, other.figures if other else [])))
    table.lines += [replace(line, figures=mixed([], line.figures)) for line in others.values()]
    if first.total or second.total:
        name = (first.total or second.total).name  # type: ignore[union-attr]  # one of them is there
        table.total = Line(
            name, mixed(first.total.figures if first.total else [], second.total.figures if second.total else [])
        )
    return table


def pair_of(column: Column, names: tuple[str, str]) -> list[Column]:
    return [replace(column, title=f"{column.title}（{name}）") for name in names]


def key_of(line: Line) -> object:
    return line.name if line.key is None else line.key


def mixed(first: Sequence[Figure], second: Sequence[Figure]) -> list[Figure]:
    nothing = [Figure(None)] * max(len(first), len(second))
    pairs = zip(first or nothing, second or nothing, strict=True)
    return [figure for pair in pairs for figure in pair]
