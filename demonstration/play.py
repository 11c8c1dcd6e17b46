"""How two secretaries bring a pairing as far as it has come, through the same verbs as the pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from organisations.kinds import Kind
from organisations.models import Organisation, User
from pairing.actions import accept, confirm_agreement, propose, revise_agreement, sign_agreement
from pairing.agreements.content import Promise, Terms, content_hash
from pairing.models import Agreement, Commitment, Intention, Pairing, Round
from pairing.states import Side

STEPS = ("proposed", "accepted", "drafted", "confirmed by unit", "confirmed", "signed by unit", "signed")


@dataclass
class Pair:
    """A unit, a village and their secretaries in one round."""

    round: Round
    unit: Organisation
    village: Organisation
    secretaries: dict[int, User]

    def secretary(self, side: Side) -> User:
        return self.secretaries[(self.unit if side == Side.UNIT else self.village).pk]

    def play(self, until: str, at: datetime) -> None:
        """Every step up to `until`, the last one at `at`, the earlier ones on the days before."""
        steps = STEPS[: STEPS.index(until) + 1]
        for number, step in enumerate(steps):
            moment = at - timedelta(days=len(steps) - 1 - number, minutes=7 * number)
            getattr(self, step.replace(" ", "_"))(moment)

    def proposed(self, at: datetime) -> None:
        self.intention: Intention = propose(
            by=self.secretary(Side.UNIT), round=self.round, unit=self.unit, village=self.village, side=Side.UNIT, at=at
        )

    def accepted(self, at: datetime) -> None:
        self.pairing: Pairing = accept(by=self.secretary(Side.VILLAGE), intention=self.intention, at=at)

    def drafted(self, at: datetime) -> None:
        agreement = self._agreement()
        revise_agreement(
            by=self.secretary(Side.UNIT),
            agreement=agreement,
            side=Side.UNIT,
            version=agreement.version,
            terms=self._terms(agreement),
            at=at,
        )

    def confirmed_by_unit(self, at: datetime) -> None:
        self._confirm(Side.UNIT, at)

    def confirmed(self, at: datetime) -> None:
        self._confirm(Side.VILLAGE, at)

    def signed_by_unit(self, at: datetime) -> None:
        self._sign(Side.UNIT, at)

    def signed(self, at: datetime) -> None:
        self._sign(Side.VILLAGE, at)

    def _confirm(self, side: Side, at: datetime) -> None:
        agreement = self._agreement()
        confirm_agreement(by=self.secretary(side), agreement=agreement, side=side, version=agreement.version, at=at)

    def _sign(self, side: Side, at: datetime) -> None:
        agreement, person = self._agreement(), self.secretary(side)
        sign_agreement(
            by=person, agreement=agreement, side=side, name=person.name, shown_hash=content_hash(agreement), at=at
        )

    def _agreement(self) -> Agreement:
        return (
            Agreement.objects.under_way().select_related("pairing__unit", "pairing__village").get(pairing=self.pairing)
        )

    def _terms(self, agreement: Agreement) -> Terms:
        return Terms(
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            leader_in_charge=self.unit.contact_name,
            responsible_dept="机关党委" if self.unit.kind == Kind.AGENCY else "党群工作部",
            commitments=list(self._promises()),
        )

    def _promises(self):
        """From what the village asks for and the unit is: no promise without a root in the rosters."""
        amount = Decimal(30_000 if self.unit.kind == Kind.ENTERPRISE else 20_000)
        yield Promise(Commitment.Kind.MONEY, "帮扶资金", amount=amount)
        for need in self.village.needs.all()[:1]:
            yield Promise(Commitment.Kind.PROJECT, need.name)
        yield Promise(Commitment.Kind.ACTIVITY, "实用技术培训", times_a_year=2)
