"""Two versions of a scheme side by side: section by section, what was added, dropped and changed, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pairing.agreements.differing import Piece, pieces
from pairing.schemes.document import sections
from pairing.schemes.lines import Line, Section
from pairing.schemes.scheme import SchemeText


@dataclass(frozen=True)
class Change:
    """`before` is None for a line that was added, `after` for one that was dropped."""

    before: Line | None
    after: Line | None

    @property
    def line(self) -> Line:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def pieces(self) -> list[Piece]:
        """Its words, those marked that came or went."""
        return list(pieces(self.before.words if self.before else "", self.after.words if self.after else ""))


@dataclass(frozen=True)
class Changed:
    """What differs in one section."""

    title: str
    changes: list[Change]


def compared(before: SchemeText, after: SchemeText) -> list[Changed]:
    """Only the sections in which something differs, in the order of the document."""
    earlier = {section.key: _named(section.lines) for section in sections(before)}
    found = [
        Changed(section.title, list(_changes(earlier[section.key], _named(section.lines))))
        for section in sections(after)
    ]
    return [section for section in found if section.changes]


def marked(adapted: Iterable[Section], original: SchemeText) -> list[Section]:
    """The same sections; what differs from the text that was copied is marked."""
    earlier = {section.key: _named(section.lines) for section in sections(original)}
    return [replace(section, lines=list(_marked(section.lines, earlier[section.key]))) for section in adapted]


def _marked(lines: Iterable[Line], earlier: dict[tuple, Line]) -> Iterable[Line]:
    for name, line in _named(lines).items():
        yield replace(line, is_adapted=earlier.get(name) != line)


def _named(lines: Iterable[Line]) -> dict[tuple, Line]:
    """Each by its key, else by its name; a repeated one by its number too."""
    seen: Counter = Counter()
    found = {}
    for line in lines:
        name = line.key or f"{line.name} "
        found[name, seen[name]] = line
        seen[name] += 1
    return found


def _changes(before: dict[tuple, Line], after: dict[tuple, Line]) -> Iterable[Change]:
    for name, line in after.items():
        if before.get(name) != line:
            yield Change(before.get(name), line)
    for name, line in before.items():
        if name not in after:
            yield Change(line, None)
