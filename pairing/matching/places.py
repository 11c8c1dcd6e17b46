"""Where an organisation lies: prefecture, county, township - by its division code, else by those above it in the tree.

A place is a prefix of a code (4, 6, 9 digits); a county or township without a code takes that of a village below it,
else its path in the tree stands for it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from organisations.kinds import Kind
from organisations.models import Organisation

DIGITS = (4, 6, 9)
KINDS: tuple[str, ...] = (Kind.PREFECTURE, Kind.COUNTY, Kind.TOWNSHIP)


class Node(NamedTuple):
    path: str
    kind: str
    division_code: str


Place = tuple[str, str, str]


def places_of(nodes: Iterable[Node]) -> dict[str, Place]:
    """By path: prefecture, county, township; empty where nobody knows. One statement."""
    nodes = list(nodes)
    above = _above(nodes)
    return named({node.path: place(node, above) for node in nodes}, nodes, above)


def place(node: Node, above: Mapping[str, Node]) -> Place:
    found = ["", "", ""]
    for each in [*line_of(node, above), node]:
        for level, digits in enumerate(DIGITS):
            if len(each.division_code) >= digits:
                found[level] = each.division_code[:digits]
        if not each.division_code and each.kind in KINDS:
            found[KINDS.index(each.kind)] = each.path
    return found[0], found[1], found[2]


def named(found: dict[str, Place], nodes: list[Node], above: Mapping[str, Node]) -> dict[str, Place]:
    """A place that only its path stands for takes the code of what lies in it, so that both speak of one place."""
    known: dict[str, str] = {}
    for node in nodes:
        for each in line_of(node, above):
            if not each.division_code and each.kind in KINDS:
                level = KINDS.index(each.kind)
                if found[node.path][level] != each.path:
                    known.setdefault(each.path, found[node.path][level])
    if not known:
        return found
    return {path: tuple(known.get(each, each) for each in parts) for path, parts in found.items()}  # type: ignore[misc]


def line_of(node: Node, above: Mapping[str, Node]) -> list[Node]:
    """Those above it, from the top."""
    return [above[path] for path in Organisation.paths_down_to(node.path)[:-1] if path in above]


def _above(nodes: list[Node]) -> dict[str, Node]:
    paths = {path for node in nodes for path in Organisation.paths_down_to(node.path)[:-1]}
    rows = Organisation.objects.filter(path__in=paths).order_by().values_list("path", "kind", "division_code")
    return {path: Node(path, kind, code) for path, kind, code in rows}
