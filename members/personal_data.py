"""What is kept about people, why and how long: read once from personal_data.yaml, the one place that says so.

The public page shows it, consent is asked for by it, erasure clears by it. Chinese keys: officials read the file.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Basis:
    """A legal basis."""

    key: str
    article: str
    words: str


@dataclass(frozen=True)
class Field:
    """A personal column. `consent`: the purpose to which consent is asked for; empty where none is.

    `erased`: what stands there after an erasure, where the column can't be empty.
    """

    column: str
    name: str
    purpose: str
    basis: Basis
    is_sensitive: bool
    consent: str
    erased: str


@dataclass(frozen=True)
class RecordType:
    """`owners`: the paths that lead to the person; none where the record itself is the person's entry."""

    label: str
    name: str
    owners: tuple[str, ...]
    years: int
    since: str
    afterwards: str
    fields: tuple[Field, ...]

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    def owners_of(self, kind: type[models.Model]) -> list[str]:
        """Those of the owners that lead to a record of this kind."""
        return [path for path in self.owners if end_of(self.model, path) is kind]

    def blank(self) -> dict[str, Any]:
        """Each personal column with what it holds when nothing is kept."""
        return {field.column: nothing(self.model, field) for field in self.fields}


def end_of(model: Any, path: str) -> Any:
    """The model to which a path of foreign keys leads."""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def nothing(model: Any, field: Field) -> Any:
    column = model._meta.get_field(field.column)
    return field.erased or (None if column.null else column.get_default())


YES = {"是": True, "否": False, True: True, False: False}


def _read() -> dict[str, RecordType]:
    text = yaml.safe_load(Path(__file__).with_name("personal_data.yaml").read_text(encoding="utf-8"))
    bases = {key: Basis(key, basis["条文"], basis["说明"]) for key, basis in text["法律依据"].items()}
    return {label: _record(label, given, bases) for label, given in text["记录"].items()}


def _record(label: str, given: dict, bases: dict[str, Basis]) -> RecordType:
    fields = tuple(
        Field(
            column,
            of["名称"],
            of["目的"],
            bases[of["依据"]],
            YES[of["敏感"]],
            of.get("须同意", ""),
            of.get("删除后", ""),
        )
        for column, of in given["栏目"].items()
    )
    owners = tuple(given.get("属于", ()))
    return RecordType(label, given["名称"], owners, given["保存年数"], given["起算"], given["到期处理"], fields)


RECORDS = _read()
