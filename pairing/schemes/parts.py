"""What every block of a scheme file is made of: codes, names, clauses, yes and no, and faults with their place."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from pairing.schemes import words


def from_words(known: dict, value):
    return known.get(value, value) if isinstance(value, str) else value


def empty_if_blank(make, value):
    return make() if value is None else value


def in_words(known: dict) -> BeforeValidator:
    return BeforeValidator(partial(from_words, known))


def joined(value):
    """One clause, or several as one text."""
    return "、".join(map(str, value)) if isinstance(value, list) else value


def fault(kind: str, at: Sequence[str | int]) -> NoReturn:
    """A fault that pydantic doesn't know; `at` leads from the block to the line (pairing.scheme_reading words it)."""
    raise PydanticCustomError(kind, "{at}", {"at": list(at)})  # type: ignore[arg-type]


def codes_once(parts: list) -> list:
    seen = set()
    for number, part in enumerate(parts):
        if part.key in seen:
            fault("repeated_code", [number, "代号"])
        seen.add(part.key)
    return parts


BLANK_LIST = BeforeValidator(partial(empty_if_blank, list))
BLANK_BLOCK = BeforeValidator(partial(empty_if_blank, dict))
ONCE = AfterValidator(codes_once)
YesNo = Annotated[bool, in_words(words.YES_NO)]
Code = Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9_]+$", max_length=40)]
Name = Annotated[str, Field(alias="名称", min_length=1, max_length=60)]
Clause = Annotated[str, BeforeValidator(joined), Field(alias="条款", max_length=60)]


class Part(BaseModel):
    """A block of the file; an unknown key is an error, so that a typing slip is not lost silently."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=False)


class Ruled(Part):
    """A block of single rules; 条款 says for each item from which clause it comes. Items not named are our default."""

    clause_of: Annotated[
        dict[str, Annotated[str, BeforeValidator(joined), Field(max_length=60)]], Field(alias="条款"), BLANK_BLOCK
    ] = {}

    @field_validator("clause_of", mode="before")
    @classmethod
    def _by_field(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        names = {field.alias: name for name, field in cls.model_fields.items() if field.alias and name != "clause_of"}
        known = names | {name: name for name in names.values()}
        if unknown := next((item for item in value if item not in known), None):
            fault("unknown_item", [unknown])
        return {known[item]: clause for item, clause in value.items()}

    @property
    def clause(self) -> str:
        """Every clause of the block, each once."""
        return "、".join(dict.fromkeys(self.clause_of.values()))
