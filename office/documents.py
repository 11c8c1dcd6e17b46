"""Word documents from templates that staff can replace.

An app describes what it can print as plain data, listed by dotted name in settings.WORD_TEMPLATES:

    AGREEMENT = TemplateKind(
        key="agreement",
        name=_("Agreement"),
        fields={"unit.name": _("name of the unit"), "commitments[].text": _("one commitment"), "terms[]": _("…")},
        default=Path(__file__).parent / "agreement.docx",
    )

A template may use these fields, loops and conditions, nothing else; it is rendered in a child process with limits.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office.child import OutOfMemory, TimedOut, run_limited, stream_limited
from office.models import WordTemplate
from organisations.models import Organisation

LIST = "[]"
SECONDS, MEGABYTES = 10, 512
SECONDS_EACH = 2  # of many
Paper = tuple[Mapping[str, Any], Mapping[str, bytes]]  # what is printed, and its pictures by their names


@dataclass(frozen=True)
class TemplateKind:
    """What can be printed. `fields`: dotted name -> what it holds; a part of a name ending in [] is a list.

    `sample` is what an uploaded template is tried with; without it every field holds its own description.
    """

    key: str
    name: Any
    fields: Mapping[str, Any]
    default: Path
    sample: Mapping[str, Any] | None = None

    @property
    def usage(self) -> list[dict]:
        """For the page: what each field holds, and what is typed in Word to print it."""
        return [{"description": text, "typed": as_typed(field.split("."))} for field, text in self.fields.items()]

    def permitted(self, context: Mapping[str, Any]) -> dict:
        """Only the fields of the list; LookupError where the context lacks one."""
        chosen: dict = {}
        for field in self.fields:
            copy_field(field.split("."), context, chosen)
        return chosen

    def sample_context(self) -> dict:
        made: dict = {}
        for field, description in self.fields.items():
            invent(field.split("."), f"〔{description}〕", made)
        return self.permitted(self.sample or made)


def as_typed(parts: list[str]) -> str:
    """{{ unit.name }}; a list within its loop: {% for x in terms %}{{ x }}{% endfor %}"""
    loops, expression, variables = "", "", iter("xyz")
    for part in parts:
        expression = f"{expression}.{part}".strip(".").removesuffix(LIST)
        if part.endswith(LIST):
            variable = next(variables)
            loops += f"{{% for {variable} in {expression} %}}"
            expression = variable
    return loops + f"{{{{ {expression} }}}}" + "{% endfor %}" * loops.count("{% for")


def copy_field(parts: list[str], source: Any, target: dict) -> None:
    """Copy what a dotted name points at, into every item where a part of it is a list."""
    name, rest = parts[0].removesuffix(LIST), parts[1:]
    value = source[name]
    if not rest:
        target[name] = value
    elif isinstance(value, Mapping):
        copy_field(rest, value, target.setdefault(name, {}))
    else:
        for item, copied in zip(value, target.setdefault(name, [{} for _item in value]), strict=True):
            copy_field(rest, item, copied)


def invent(parts: list[str], text: str, target: dict) -> None:
    name, is_list = parts[0].removesuffix(LIST), parts[0].endswith(LIST)
    if len(parts) == 1:
        target[name] = [text] if is_list else text
        return
    inner = target.setdefault(name, [{}] if is_list else {})
    invent(parts[1:], text, inner[0] if is_list else inner)


def kinds() -> list[TemplateKind]:
    return [import_string(name) for name in settings.WORD_TEMPLATES]


def current(kind: TemplateKind, place: Organisation) -> bytes:
    """The template in force at `place`: the newest replacement of the nearest place, else that of the product."""
    newest = WordTemplate.objects.reaching(kind.key, place).select_related("file").first()
    return newest.file.path.read_bytes() if newest and newest.file else kind.default.read_bytes()


def render(
    kind: TemplateKind, context: Mapping[str, Any], *, place: Organisation, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The finished .docx, from the template in force at `place`.

    `pictures`: by the name (alternative text) that a picture has in the template, what takes its place; a template
    without it does without. Raises Refused with the mistake of the template, LookupError where a field is missing.
    """
    return fill(current(kind, place), kind.permitted(context), pictures or {})


def render_each(kind: TemplateKind, papers: Sequence[Paper], *, place: Organisation) -> Iterator[bytes]:
    """One .docx after the other from the template in force at `place`, all by one child process."""
    each = [{"context": plain(kind.permitted(context)), "pictures": as_text(given)} for context, given in papers]
    payload = {"template": base64.b64encode(current(kind, place)).decode(), "each": each}
    seconds = SECONDS + len(papers) * SECONDS_EACH
    with stopped_in_words():
        yield from stream_limited("office.typesetting.render_each", payload, seconds=seconds, megabytes=MEGABYTES)


def try_out(kind: TemplateKind, template: bytes) -> bytes:
    """Render an uploaded template with invented content; Refused says what is wrong with it."""
    return fill(template, kind.sample_context())


def fill(template: bytes, context: dict, pictures: Mapping[str, bytes] | None = None) -> bytes:
    payload: dict = {"template": base64.b64encode(template).decode(), "context": plain(context)}
    payload["pictures"] = as_text(pictures or {})
    with stopped_in_words():
        return run_limited("office.typesetting.render", payload, seconds=SECONDS, megabytes=MEGABYTES)


def as_text(pictures: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(one).decode() for name, one in pictures.items()}


@contextmanager
def stopped_in_words() -> Iterator[None]:
    try:
        yield
    except (TimedOut, OutOfMemory) as stopped:
        raise Refused(
            _("This template makes a document without end and was stopped. Look at its loops, then try again.")
        ) from stopped


def plain(value: Any) -> Any:
    """What JSON can hold: anything but containers, numbers and truth becomes its text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
