"""Who answers for a pairing today: as the text in force names them, unless a later change says otherwise (SH-42)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pairing.models import Agreement, Pairing, Responsible
from pairing.states import Side

KINDS = Responsible.Kind


@dataclass(frozen=True)
class Named:
    """Somebody, or a department, who answers for a side since a day; `change` is empty where the agreement says so."""

    side: Side
    kind: Responsible.Kind
    name: str
    since: date
    change: Responsible | None = None

    @property
    def label(self) -> str:
        return f"{self.side.label} · {self.kind.label}" if self.kind == KINDS.LIAISON else str(self.kind.label)


def current(pairing: Pairing, signed: Agreement | None, on: date) -> list[Named]:
    """One statement. The later day wins; on the same day a change wins over the text."""
    found: dict[tuple[str, str], Named] = {}
    if signed is not None and signed.signed_at:
        day = timezone.localtime(signed.signed_at).date()
        for kind, name in ((KINDS.LEADER, signed.leader_in_charge), (KINDS.DEPARTMENT, signed.responsible_dept)):
            if name:
                found[Side.UNIT, kind] = Named(Side.UNIT, kind, name, day)
    for change in pairing.responsibles.all():
        known = found.get((change.side, change.kind))
        if change.since <= on and (known is None or change.since >= known.since):
            side, kind = Side(change.side), KINDS(change.kind)
            found[change.side, change.kind] = Named(side, kind, change.name, change.since, change)
    return [found[side, kind] for side in Side for kind in KINDS if (side, kind) in found]


def write_into(draft: Agreement, pairing: Pairing, signed: Agreement, on: date) -> None:
    """A new text begins with whoever answers today, not with whom the signed one names."""
    named = {each.kind: each.name for each in current(pairing, signed, on) if each.side == Side.UNIT}
    draft.leader_in_charge = named.get(KINDS.LEADER, "")
    draft.responsible_dept = named.get(KINDS.DEPARTMENT, "")
