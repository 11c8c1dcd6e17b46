"""The lines and sections of which the page of a scheme is made."""

from dataclasses import dataclass

from pairing.schemes.parts import Ruled


@dataclass(frozen=True)
class Line:
    """`key`: by which it is found again in another version; empty where only its name tells. `is_adapted`: it differs
    from the text that was copied."""

    name: str
    words: str = ""
    clause: str = ""
    key: str = ""
    is_adapted: bool = False

    @property
    def clauses(self) -> list[str]:
        return self.clause.split("、") if self.clause else []


@dataclass(frozen=True)
class Section:
    """`marks_defaults`: a line without a clause is our default; in versions of an earlier form that is not known."""

    key: str
    title: str
    lines: list[Line]
    nothing: str = ""
    marks_defaults: bool = True


def line_of(block: Ruled, item: str, name, words) -> Line:
    return Line(str(name), str(words), block.clause_of.get(item, ""), item)
