"""Roles: read once from roles.yaml."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language


@dataclass(frozen=True)
class Role:
    key: str
    names: dict[str, str]
    descriptions: dict[str, str]
    permissions: frozenset[str]
    own: frozenset[str]
    appoints: frozenset[str]

    @property
    def name(self) -> str:
        return self.names[spoken()]

    @property
    def description(self) -> str:
        return self.descriptions[spoken()]


def spoken() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


PARTS = ("permissions", "own", "appoints")


def _read() -> dict[str, Role]:
    text = Path(__file__).with_name("roles.yaml").read_text(encoding="utf-8")
    return {
        key: Role(key, role["name"], role["description"], *(frozenset(role.get(part, ())) for part in PARTS))
        for key, role in yaml.safe_load(text).items()
    }


ROLES = _read()


def role_choices() -> list[tuple[str, object]]:
    """For forms and `get_role_display`: names in the language of the reader."""
    return [(key, spoken_name(key)) for key in ROLES]


spoken_name = lazy(lambda key: ROLES[key].name, str)


class RoleField(models.CharField):
    """A role's key. Migrations know nothing of the choices, which are data."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
