"""One side of pairings and proposals was merged, split, renamed or closed: its successor stands in its place.

Called within the decision on the organisations, which holds them locked. A signed agreement keeps the names that it
was printed with; what is still negotiated is printed and confirmed anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from pairing.actions.agreements import moved, reopen, start_anew
from pairing.actions.ending import at_once, ended
from pairing.actions.locking import fresh_round, lock_pairing_alone
from pairing.actions.undoing import undo_pairing
from pairing.agreements import renewals
from pairing.consortium import printed_partners
from pairing.models import Agreement, Intention, Pairing, PairingPartner, Takeover
from pairing.notices import course as course_notices
from pairing.notices import market as notices
from pairing.states import (
    AgreementState,
    EndReason,
    IntentionState,
    PairingState,
    PartnerState,
    RoundState,
    Side,
)


@dataclass(frozen=True)
class Succession:
    """`new` stands in for `old` from the day `on`; nobody does where it is None, the same where it was renamed."""

    old: Organisation
    new: Organisation | None
    reason: str
    on: date
    at: datetime
    by: User | None

    def pass_on(self) -> list[str]:
        told = []
        for side in Side:
            told += self.pairings(side)
            told += self.proposals(side)
            told += self.renewals(side)
        return told + self.partnerships()

    def pairings(self, side: Side) -> list[str]:
        standing = Pairing.objects.standing().filter(round__state=RoundState.OPEN, **{side: self.old})
        return [self.pairing(lock_pairing_alone(each), side) for each in standing.order_by("pk")]

    def pairing(self, pairing: Pairing, side: Side) -> str:
        other = pairing.party(side.other).name
        words = {"old": self.old.name, "new": self.new.name if self.new else "", "other": other}
        pairing.round = fresh_round(pairing.round)
        if self.new is None:
            self.finish(pairing)
            return _("The pairing of %(old)s with %(other)s ends; %(other)s is told.") % words
        if self.new == self.old:
            self.print_anew(pairing)
            return _("The pairing with %(other)s goes on; what is not signed yet is printed anew.") % words
        twin = self.twin_of(pairing, side)
        if twin is not None:
            keeps, goes = sorted((twin, pairing), key=lambda each: (each.state != PairingState.SIGNED, each.pk))
            self.finish(goes)
            if keeps == twin:
                return _("%(new)s is paired with %(other)s already: the pairing of %(old)s ends.") % words
        self.move(pairing, side)
        return _("The pairing with %(other)s goes over to %(new)s.") % words

    def twin_of(self, pairing: Pairing, side: Side) -> Pairing | None:
        """The successor's own pairing with the same other side."""
        same = {side: self.new, side.other: pairing.party(side.other), "round": pairing.round}
        twin = Pairing.objects.standing().filter(**same).first()
        return lock_pairing_alone(twin) if twin else None

    def finish(self, pairing: Pairing) -> None:
        """Ended where it was signed, else released; both are told."""
        if pairing.state == PairingState.SIGNED:
            ended(at_once(pairing, EndReason.ORGANISATION_GONE, None, self.reason, self.by, None, self.at), self.at)
            return
        undo_pairing(pairing, self.reason, IntentionState.OVERRULED, self.by, self.at)
        course_notices.tell_gone(pairing, self.at)

    def move(self, pairing: Pairing, side: Side) -> None:
        assert self.new is not None  # else the pairing was finished
        course_notices.settle_pairing(pairing, self.at)
        setattr(pairing, side, self.new)
        pairing.save()
        self.lead_now(pairing)
        self.follow([pairing], side)
        self.print_anew(pairing)
        course_notices.tell_taken_over(pairing, side, self.old, self.at)

    def follow(self, pairings: Iterable[Pairing], side: Side) -> int:
        decision: dict[str, Any] = {
            "on": self.on,
            "reason": self.reason,
            "recorded_at": self.at,
            "recorded_by": self.by,
        }
        parties = {"side": side, "former": self.old, "successor": self.new}
        return len(Takeover.objects.bulk_create(Takeover(pairing=each, **parties, **decision) for each in pairings))

    def renewals(self, side: Side) -> list[str]:
        """A closed round stays as it was; beside its pairings stands who may renew them in the next one."""
        if self.new is None or self.new == self.old:
            return []
        words = {"count": self.follow(renewals.still_to_come(self.old, self.new, side), side), "name": self.new.name}
        told = _("%(count)s pairings of a closed round can be renewed with %(name)s.") % words
        return [told] if words["count"] else []

    def lead_now(self, pairing: Pairing) -> None:
        """Whoever leads it from now on is no longer its partner beside."""
        beside = PairingPartner.objects.present().filter(pairing=pairing, unit=pairing.unit)
        beside.update(state=PartnerState.LEFT, left_at=self.at, left_by=self.by, left_words=self.reason)

    def print_anew(self, pairing: Pairing) -> None:
        """What nobody or one side has signed names the parties of today; whoever confirmed confirms anew."""
        text = Agreement.objects.under_way().filter(pairing=pairing).first()
        names: dict[str, Any] = {"unit_name": pairing.unit.name, "village_name": pairing.village.name}
        names["partners"] = printed_partners(pairing)
        if text is None or all(getattr(text, field) == value for field, value in names.items()):
            return
        text.pairing = pairing
        if text.state == AgreementState.SIGNING:
            start_anew(text, self.reason, self.at)
            return
        for field, value in names.items():
            setattr(text, field, value)
        reopen(text)
        moved(text, self.at)

    def proposals(self, side: Side) -> list[str]:
        waiting = Intention.objects.open().filter(**{side: self.old}).select_related("unit", "village", "round")
        return [self.proposal(each, side) for each in waiting.order_by("pk")] if self.new != self.old else []

    def proposal(self, intention: Intention, side: Side) -> str:
        words = {"old": self.old.name, "other": intention.party(side.other).name}
        if self.new is None or self.is_superfluous(intention, side):
            intention.state, intention.answered_at, intention.answer = IntentionState.LAPSED, self.at, self.reason
            intention.save()
            notices.tell_lapsed([intention], self.at)
            return _("The open proposal between %(old)s and %(other)s lapses.") % words
        notices.settle_answer([intention], self.at)
        setattr(intention, side, self.new)
        intention.save()
        notices.tell_proposed(intention, self.at)
        return _("The open proposal between %(old)s and %(other)s goes over to %(new)s.") % (
            words | {"new": self.new.name}
        )

    def is_superfluous(self, intention: Intention, side: Side) -> bool:
        same = {side: self.new, side.other: intention.party(side.other), "round": intention.round}
        return Intention.objects.open().filter(**same).exists() or Pairing.objects.standing().filter(**same).exists()

    def partnerships(self) -> list[str]:
        present = PairingPartner.objects.present().filter(unit=self.old, pairing__round__state=RoundState.OPEN)
        return [self.partnership(each) for each in present.select_related("pairing").order_by("pk")]

    def partnership(self, partner: PairingPartner) -> str:
        pairing = lock_pairing_alone(partner.pairing)
        pairing.round = fresh_round(pairing.round)
        others = {pairing.unit_id, *pairing.partners.present().exclude(pk=partner.pk).values_list("unit", flat=True)}
        words = {"old": self.old.name, "other": pairing.village.name}
        if self.new is None or self.new.pk in others:
            partner.state, partner.left_at, partner.left_by = PartnerState.LEFT, self.at, self.by
            partner.left_words = self.reason
            told = _("%(old)s no longer aids %(other)s as a partner.") % words
        else:
            partner.unit = self.new
            told = _("The part of %(old)s in aiding %(other)s goes over to %(new)s.") % (words | {"new": self.new.name})
        partner.save()
        self.print_anew(pairing)
        return told
