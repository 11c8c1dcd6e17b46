"""What a package is asked for, and what is known of its pairings before anything is gathered."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from office.documents import TemplateKind
from office.models import StoredFile
from organisations.models import Organisation, User
from pairing.models import Pairing, PairingPartner

RELATED = ("round__scheme_version", "round__organiser", "unit", "village")


@dataclass(frozen=True)
class Part:
    """One item of a package. `kind`: a key of retention.yaml; `by`: who answers for it. Of a file that was destroyed
    only the line in the index is left."""

    pairing: int
    kind: str
    title: str
    on: date | None
    by: str
    content: bytes | StoredFile = b""
    suffix: str = ""


@dataclass(frozen=True)
class Paper:
    """An item that is still to be printed from a Word template."""

    part: Part
    template: TemplateKind
    context: Mapping[str, Any]
    place: Organisation
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass
class Asked:
    """For whom and of which pairings and year. `absolute` makes a full address of a path.

    Everything is read through what this person may see: a package holds no more than the pages do.
    """

    user: User
    pairings: Mapping[int, Pairing]
    year: int
    absolute: Callable[[str], str]

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @cached_property
    def papers(self) -> set[int]:
        """The pairings whose signed papers and files are for this person."""
        return set(Pairing.objects.with_papers_for(self.user).filter(pk__in=self.pairings).values_list("pk", flat=True))

    @cached_property
    def units(self) -> dict[int, list[Organisation]]:
        """By pairing: the lead, then its partners."""
        found = {pk: [pairing.unit] for pk, pairing in self.pairings.items()}
        partners = PairingPartner.objects.filter(pairing__in=self.pairings, answered_at__isnull=False)
        for partner in partners.select_related("unit").order_by("pk"):
            found[partner.pairing_id].append(partner.unit)
        return found

    @cached_property
    def of_organisation(self) -> dict[tuple[int, int], list[int]]:
        """By round and organisation: the pairings of which it is a side."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for pk, pairing in self.pairings.items():
            for side in (*self.units[pk], pairing.village):
                found[pairing.round_id, side.pk].append(pk)
        return found

    @property
    def rounds(self) -> set[int]:
        return {pairing.round_id for pairing in self.pairings.values()}

    @property
    def organisations(self) -> set[int]:
        return {organisation for _round, organisation in self.of_organisation}

    @property
    def villages(self) -> set[int]:
        return {pairing.village_id for pairing in self.pairings.values()}


def asked_for(user: User, pairings: Iterable[int], year: int, absolute: Callable[[str], str]) -> Asked:
    """Of these pairings those that this person sees."""
    rows = Pairing.objects.visible_to(user).filter(pk__in=list(pairings)).select_related(*RELATED).order_by("pk")
    return Asked(user, {pairing.pk: pairing for pairing in rows}, year, absolute)
