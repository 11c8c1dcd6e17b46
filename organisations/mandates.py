"""The parts that organisations have in the work of an area: read once from mandates.yaml (AH-38, TN-20)."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.functional import lazy

from organisations.roles import spoken


@dataclass(frozen=True)
class Part:
    key: str
    names: dict[str, str]
    descriptions: dict[str, str]
    clause: str
    kinds: tuple[str, ...]
    one: bool

    @property
    def name(self) -> str:
        return self.names[spoken()]

    @property
    def description(self) -> str:
        return self.descriptions[spoken()]


def _read() -> dict[str, Part]:
    text = Path(__file__).with_name("mandates.yaml").read_text(encoding="utf-8")
    return {
        key: Part(key, part["name"], part["description"], part["clause"], tuple(part["kinds"]), part["one"])
        for key, part in yaml.safe_load(text).items()
    }


PARTS = _read()


def part_choices() -> list[tuple[str, object]]:
    """For forms and `get_part_display`: names in the language of the reader."""
    return [(key, lazy(lambda part=part: part.name, str)()) for key, part in PARTS.items()]
