"""Which villages an inspection goes to: a stratified random sample that anybody can draw again.

Each stratum gets its share of the sample in proportion to its villages, by the largest remainder. Within it villages
are put in the order of SHA-256 of 「seed:number of the village」, and the first ones are taken: the same seed and the
same list make the same draw, on any machine.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from organisations.kinds import VillageClass
from organisations.models import Organisation
from pairing.figures.task_proposals import shared_out
from pairing.models import DirectoryEntry, Pairing, Round
from pairing.states import PairingState, Side
from reports.inspection.states import Among, Strata


@dataclass(frozen=True)
class Stratum:
    """Villages that are drawn from together. `drawn`: in the order in which they were drawn."""

    name: str
    listed: Sequence[int]
    drawn: Sequence[int]


def new_seed() -> str:
    return secrets.token_hex(4)


def in_order(keys: Iterable[int], seed: str) -> list[int]:
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).hexdigest(), key))


def draw(strata: Mapping[str, Sequence[int]], size: int, seed: str) -> list[Stratum]:
    names = sorted(strata)
    shares = shared_out(min(size, sum(map(len, strata.values()))), {name: len(strata[name]) for name in names})
    return [Stratum(name, strata[name], in_order(strata[name], seed)[: shares[name]]) for name in names]


def hash_of(villages: Iterable[int]) -> str:
    """Of the list that was drawn from: another list has another."""
    return hashlib.sha256(",".join(map(str, sorted(villages))).encode()).hexdigest()


def villages_of(round: Round, committee: Organisation, among: str) -> list[Organisation]:
    """The villages of the newest directory below the committee; or those of them that are paired by signature."""
    lines = DirectoryEntry.objects.filter(directory=round.newest_directory_id, side=Side.VILLAGE)
    found = Q(pk__in=lines.order_by().values("organisation"))
    if among == Among.PAIRED:
        signed = Pairing.objects.filter(round=round, state=PairingState.SIGNED)
        found &= Q(pk__in=signed.order_by().values("village"))
    return list(Organisation.objects.under(committee).villages().open().filter(found).order_by("path"))


def strata_of(villages: Sequence[Organisation], by: str) -> dict[str, list[int]]:
    """The villages by township, by class, or by both; one of several classes stands under all of them together."""
    above = townships_of(villages) if by in (Strata.TOWNSHIP, Strata.BOTH) else {}
    found: dict[str, list[int]] = {}
    for village in villages:
        parts = [above.get(village.parent_path, "—")] if above else []
        if by in (Strata.CLASS, Strata.BOTH):
            parts.append(class_words(village))
        found.setdefault(" · ".join(parts), []).append(village.pk)
    return found


def townships_of(villages: Iterable[Organisation]) -> dict[str, str]:
    paths = {village.parent_path for village in villages}
    return dict(Organisation.objects.filter(path__in=paths).values_list("path", "name"))


def class_words(village: Organisation) -> str:
    return "、".join(str(VillageClass(each).label) for each in sorted(village.classes)) or "—"
