"""Changing single values in the text of a scheme: comments, clauses and the order of lines stay as they are."""

from collections.abc import Mapping
from typing import Any

import yaml

Path = tuple[str | int, ...]  # from the beginning of the file: ("任务", 2, "数量")


def changed(text: str, values: Mapping[Path, Any]) -> str:
    """The text with these values: numbers, words, lists of them; None empties an item. What is missing is added.

    The text has been read before (`read_scheme`), and lines of lists exist already: only items are added.
    """
    for path, value in values.items():
        text = _with_value(text, path, value)
    return text


def _with_value(text: str, path: Path, value: Any) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    block: Any = root  # yaml.compose is not typed by the kinds of its nodes
    for depth, step in enumerate(path[:-1]):
        child = _child(block, step)
        if not isinstance(child, yaml.MappingNode | yaml.SequenceNode):  # the block is missing, or empty
            for name in reversed(path[depth + 1 :]):
                value = {name: value}
            return _with_item(text, block, str(step), value)
        block = child
    return _with_item(text, block, str(path[-1]), value)


def _child(block: Any, step: str | int) -> yaml.Node | None:
    if isinstance(step, int):
        return block.value[step]
    return next((value for key, value in block.value if key.value == step), None)


def _with_item(text: str, block: Any, name: str, value: Any) -> str:
    found = next(((key, old) for key, old in block.value if key.value == name), None)
    if found is None:
        return _with_new_item(text, block, f"{name}: {_written(value)}")
    key, old = found
    start, end = old.start_mark.index, old.end_mark.index
    if isinstance(old, yaml.CollectionNode) and not old.flow_style:
        start, end = text.index(":", key.end_mark.index) + 1, _last(old).end_mark.index
    ends = "\n" if getattr(old, "style", None) in ("|", ">") else ""
    space = " " if text[start - 1] == ":" and value is not None else ""
    return text[:start] + space + _written(value) + ends + text[end:]


def _last(node: yaml.Node) -> yaml.Node:
    """The last scalar of a block: where the block ends, without the comments that follow."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _with_new_item(text: str, block: Any, item: str) -> str:
    """Second in its block; in one of braces the last."""
    if block.flow_style:
        at = block.end_mark.index - 1
        return text[:at].rstrip(" ") + (", " if block.value else "") + item + text[at:]
    first = block.value[1][0] if len(block.value) > 1 else block.value[0][0]
    at = first.start_mark.index
    return text[:at] + item + "\n" + " " * first.start_mark.column + text[at:]


def _written(value: Any) -> str:
    """As it stands on the right of a colon, in braces as well."""
    if value is None:
        return ""
    return yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=float("inf")).strip()[1:-1]
