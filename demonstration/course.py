"""What becomes of signed pairings: a round before with a pairing that ended early, its renewals, an amendment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.dates import shift_years
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from organisations.models import Organisation, User
from pairing.actions import (
    close_round,
    confirm_agreement,
    open_round,
    prepare_round,
    publish_directory,
    revise_agreement,
)
from pairing.actions.amending import start_amendment
from pairing.actions.ending import agree_to_end, propose_end
from pairing.actions.renewing import answer_renewal
from pairing.actions.responsibility import change_responsible
from pairing.agreements.content import Promise, terms_of
from pairing.models import Commitment, Pairing, Round, SchemeVersion
from pairing.schemes.terms import default_terms
from pairing.states import Side


@dataclass
class Earlier:
    """The round before, three years ago, closed the day before the next one opens."""

    calendar: Calendar
    root: Organisation
    organiser: User
    secretaries: dict[int, User]
    opened: datetime

    def load(self, version: SchemeVersion, rows: list[tuple[Organisation, Organisation]]) -> Round:
        """Of three pairings one ended early; the others stood to the end."""
        start = shift_years(self.opened.date(), -3)
        terms = default_terms(version.rules, starts_on=start)
        terms = replace(terms, name=f"新城区城乡党组织结对帮扶 {start.year}—{terms.ends_on.year}")
        self.round = prepare_round(by=self.organiser, scheme_version=version, organiser=self.root, terms=terms)
        publish_directory(by=self.organiser, round=self.round, at=at(start, 9))
        open_round(by=self.organiser, round=self.round, at=at(start, 10))
        self.pairs = [Pair(self.round, unit, village, self.secretaries) for unit, village in rows]
        for number, pair in enumerate(self.pairs):
            pair.play("signed", at(start + timedelta(days=20 + number), 14, number))
        self.end_early(self.pairs[-1], at(start + timedelta(days=500), 10))
        return close_round(
            by=self.organiser,
            round=self.round,
            words="三年结对任务完成。",
            at=at(self.opened.date() - timedelta(days=1), 17),
        )

    def end_early(self, pair: Pair, moment: datetime) -> None:
        words = "单位职能划转，与村里需求已不对口。"
        ending = propose_end(by=pair.secretary(Side.UNIT), pairing=pair.pairing, side=Side.UNIT, words=words, at=moment)
        later = moment + timedelta(days=3)
        agree_to_end(by=pair.secretary(Side.VILLAGE), ending=ending, words="村两委研究同意。", at=later)

    def renew(self, round: Round) -> None:
        """Both sides of the first want to go on; of the second only the unit has answered."""
        first, second, *_ended = self.pairs
        for number, (pair, side) in enumerate(((first, Side.UNIT), (first, Side.VILLAGE), (second, Side.UNIT))):
            answer_renewal(
                by=pair.secretary(side),
                round=round,
                pairing=pair.pairing,
                side=side,
                consents=True,
                at=self.opened + timedelta(days=2 + number, hours=1),
            )
        renewed = Pair(round, first.unit, first.village, self.secretaries)
        renewed.pairing = Pairing.objects.get(renews=first.pairing)
        renewed.confirmed_by_unit(self.opened + timedelta(days=6))


def amend(pair: Pair, calendar: Calendar) -> None:
    """Somebody else answers for it now; and the unit wants to give more, confirmed it, and the village is asked."""
    by, signed = pair.secretary(Side.UNIT), pair.pairing.agreements.in_force().get()
    change_responsible(
        by=by,
        pairing=pair.pairing,
        side=Side.UNIT,
        kind="leader",
        name="马文斌",
        since=calendar.days_ago(12).date(),
        reason="原分管领导调任。",
        at=calendar.days_ago(12),
    )
    draft = start_amendment(by=by, agreement=signed, side=Side.UNIT, at=calendar.days_ago(4))
    terms = terms_of(draft)
    project = Promise(Commitment.Kind.PROJECT, "村级冷库一座", amount=Decimal(60_000))
    terms = replace(terms, commitments=[*terms.commitments, project], terms="冷库建成后归村集体所有，收益每年公示。")
    draft = revise_agreement(
        by=by, agreement=draft, side=Side.UNIT, version=draft.version, terms=terms, at=calendar.days_ago(4, 11)
    )
    confirm_agreement(by=by, agreement=draft, side=Side.UNIT, version=draft.version, at=calendar.days_ago(3))
