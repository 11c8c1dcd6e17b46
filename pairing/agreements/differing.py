"""How an amendment differs from the text that it was copied from: field by field, within a text word for word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from pairing.consortium import parts_of
from pairing.models import Agreement

SENTENCES = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
WORDS = re.compile(r"[A-Za-z0-9.,%]+|\s+|.", re.DOTALL)
LONGEST_REFINED = 400  # of two passages with more words each, the whole of either is shown


@dataclass(frozen=True)
class Piece:
    """A passage that stayed, was added or was removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    label: object
    pieces: list[Piece]


def differences(agreement: Agreement) -> list[Difference]:
    """Between `agreement.amends` and `agreement`, in the order of the printed text."""
    if agreement.amends is None:
        return []
    before, after = lines_of(agreement.amends), lines_of(agreement)
    changed = [(label, before[label], text) for label, text in after.items() if before[label] != text]
    return [Difference(label, list(pieces(old, new))) for label, old, new in changed]


def lines_of(agreement: Agreement) -> dict:
    """What the two sides agree on, as the texts that are compared."""
    parts = [f"{part.name} {part.share}% {part.contribution}".rstrip() for part in parts_of(agreement)]
    return {
        _("aiding unit"): agreement.unit_name,
        _("paired village"): agreement.village_name,
        _("partners"): "\n".join(parts),
        _("first day"): localized_date(agreement.starts_on),
        _("last day"): localized_date(agreement.ends_on),
        _("Commitments"): "\n".join(promise.line for promise in agreement.commitments.all()),
        _("leader in charge"): agreement.leader_in_charge,
        _("responsible department"): agreement.responsible_dept,
        _("further terms"): agreement.terms.replace("\r\n", "\n"),
    }


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Sentence by sentence; a sentence that was rewritten, word for word."""
    for kind, old, new in opcodes(SENTENCES.findall(before), SENTENCES.findall(after)):
        olds, news = WORDS.findall(old), WORDS.findall(new)
        if kind == "replace" and max(len(olds), len(news)) <= LONGEST_REFINED:
            for inner, gone, come in opcodes(olds, news):
                yield from told(inner, gone, come)
        else:
            yield from told(kind, old, new)


def opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind, "".join(before[start:end]), "".join(after[first:last])


def told(kind: str, old: str, new: str) -> Iterator[Piece]:
    if kind == "equal":
        yield Piece("same", new)
        return
    if old:
        yield Piece("removed", old)
    if new:
        yield Piece("added", new)
