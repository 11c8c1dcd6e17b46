"""What a person has to do next, for the units and villages in whose name they act: one card a matter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from core.templatetags import look
from office.models import Message
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.agreements.renewals import awaiting
from pairing.models import Agreement, DirectoryEntry, Intention, Pairing, PairingPartner, Round
from pairing.notices.market import TURN
from pairing.schemes.scheme import INTENTION, SIGNING
from pairing.states import AgreementState, PartnerState, RoundState, Side, Turn

PROMISE_KEYS = ("plan:", "target:", "targetyear:", "letter:", "promise:", "issue:", "exchange:")
MOST_PROMISES = 12
MARKETS = {Side.UNIT: "market_villages", Side.VILLAGE: "market_units"}


@dataclass
class Card:
    """A matter with its one action. `is_mine`: the next step is the reader's own."""

    title: str
    sentence: str
    url: str
    action: str
    is_mine: bool = True
    is_done: bool = False
    due_on: date | None = None
    days_left: int | None = field(default=None)

    @property
    def tone(self) -> str:
        if self.is_done:
            return "done"
        return "wait" if not self.is_mine or self.days_left is None else look.deadline_tone(self.days_left)

    @property
    def words(self) -> str:
        if self.is_done:
            return _("done")
        if not self.is_mine:
            return _("awaiting the other side")
        return _("your turn") if self.days_left is None else look.days_left_words(self.days_left)

    @property
    def urgency(self) -> tuple:
        return (self.is_done, not self.is_mine, self.days_left if self.days_left is not None else 10_000)


@dataclass(frozen=True)
class Matter:
    """A card of one party in a round, due with one of its milestones."""

    round: Round
    party: int
    card: Card
    milestone: str

    def dated(self, today: date) -> Card:
        if deadline := self.round.deadline(self.milestone):
            self.card.due_on, self.card.days_left = deadline.last_day, deadline.days_left(today)
        return self.card


def cards_of(user: User, *, today: date) -> list[Card]:
    """Most pressing first. Eight statements at most, however many posts and rounds."""
    sides = [side for side in Side if user.scopes(f"{side}.act")]
    if not sides:
        return []
    listed = list(_lines(user, sides))
    matters = [
        *_proposal_cards(user, sides),
        *_agreement_cards(user, sides),
        *_renewal_cards(user, sides, listed),
        *_partner_cards(user),
    ]
    engaged = {(matter.round.pk, matter.party) for matter in matters}
    lines = (_choosing_card(line) for line in listed)
    matters += [line for line in lines if (line.round.pk, line.party) not in engaged]
    prefetch_related_objects([matter.round for matter in matters], "milestones")
    cards = [*(matter.dated(today) for matter in matters), *_promise_cards(user)]
    return sorted(cards, key=lambda card: card.urgency)


def _acts_for(user: User, side: Side, path: str) -> Q:
    return within(user.scopes(f"{side}.act"), path)


def _lines(user: User, sides: list[Side]):
    """One's own lines in the newest directory of each open round."""
    newest = Round.objects.filter(state=RoundState.OPEN).order_by().values("newest_directory")
    mine = Q(pk__in=[])
    for side in sides:
        mine |= Q(side=side) & _acts_for(user, side, "organisation__path")
    entries = DirectoryEntry.objects.filter(mine, directory__in=newest)
    return entries.select_related("directory__round__scheme_version")


def _choosing_card(line: DirectoryEntry) -> Matter:
    round, side = line.directory.round, Side(line.side)
    texts = {
        Side.UNIT: (_("Choose a village"), _("Find villages")),
        Side.VILLAGE: (_("Look for a unit"), _("Find units")),
    }
    title, action = texts[side]
    words = {"name": line.name, "round": round.name}
    sentence = _("%(name)s has nobody yet in %(round)s") % words
    card = Card(title, sentence, reverse(MARKETS[side], args=[round.pk]), action)
    return Matter(round, line.organisation_id, card, INTENTION)


def _promise_cards(user: User) -> Iterator[Card]:
    """Plans, targets, promises, issues and resources that wait for one's side: what the messages still ask for."""
    asked = Q(pk__in=[])
    for key in PROMISE_KEYS:
        asked |= Q(key__startswith=key)
    for message in Message.objects.visible_to(user).open().filter(asked, kind=TURN)[:MOST_PROMISES]:
        yield Card(message.subject_text, "", message.url, _("Look"))


def _proposal_cards(user: User, sides: list[Side]) -> Iterator[Matter]:
    mine = Q(pk__in=[])
    for side in sides:
        mine |= _acts_for(user, side, f"{side}__path")
    proposals = Intention.objects.open().filter(mine, round__state=RoundState.OPEN)
    for intention in _with_round(proposals, "round").select_related("unit", "village"):
        side = own_side(user, intention)
        if intention.proposed_side == side:
            title, action = _("Awaiting the answer of %(name)s"), _("Look")
        else:
            title, action = _("Answer the proposal of %(name)s"), _("Answer")
        words = {"name": intention.party(side.other).name}
        card = Card(
            title % words, intention.words, intention.get_absolute_url(), action, intention.proposed_side != side
        )
        yield Matter(intention.round, intention.party(side).pk, card, INTENTION)


def _agreement_cards(user: User, sides: list[Side]) -> Iterator[Matter]:
    mine = Q(pk__in=[])
    for side in sides:
        mine |= _acts_for(user, side, f"pairing__{side}__path")
    agreements = (
        Agreement.objects.standing()
        .with_turn()
        .filter(mine, pairing__in=Pairing.objects.standing().order_by(), pairing__round__state=RoundState.OPEN)
    )
    rows = _with_round(agreements, "pairing__round").select_related("pairing__unit", "pairing__village")
    newest = {agreement.pairing_id: agreement for agreement in reversed(rows)}
    for agreement in newest.values():
        pairing = agreement.pairing
        side = own_side(user, pairing)
        yield Matter(pairing.round, pairing.party(side).pk, _agreement_card(agreement, side), SIGNING)


def _renewal_cards(user: User, sides: list[Side], lines: list[DirectoryEntry]) -> Iterator[Matter]:
    """Pairings of the last round that one's side, listed in the round that is open, may renew in it (SH-34)."""
    rounds = {line.directory.round_id: line.directory.round for line in lines}
    own = {side: Organisation.objects.filter(_acts_for(user, side, "path")) for side in sides}
    waiting: list[Any] = list(awaiting(own))
    for pairing in (each for each in waiting if each.next_round in rounds):
        side = next(side for side in sides if getattr(pairing, f"{side}_asked"))
        round, party = rounds[pairing.next_round], getattr(pairing, f"{side}_now")
        title = _("Renew the pairing with %(name)s?") % {"name": getattr(pairing, f"{side.other}_named")}
        card = Card(title, round.name, reverse("renew_pairing", args=[pairing.pk]), _("Answer"))
        yield Matter(round, party, card, INTENTION)


def _partner_cards(user: User) -> Iterator[Matter]:
    """Consortia that one's units were asked to join, or joined (SH-13)."""
    pairings = Pairing.objects.standing().filter(round__state=RoundState.OPEN).order_by()
    mine = PairingPartner.objects.present().filter(_acts_for(user, Side.UNIT, "unit__path"), pairing__in=pairings)
    for partner in _with_round(mine, "pairing__round").select_related("unit", "pairing__unit", "pairing__village"):
        pairing = partner.pairing
        words = {"name": pairing.unit.name, "village": pairing.village.name}
        if partner.state == PartnerState.INVITED:
            title = _("%(name)s asks you to aid %(village)s together") % words
            card = Card(title, partner.contribution, reverse("consortium", args=[pairing.pk]), _("Answer"))
        elif partner.is_asked_for_share:
            title = _("%(name)s proposes another share to you in aiding %(village)s") % words
            card = Card(title, "", reverse("consortium", args=[pairing.pk]), _("Answer"))
        else:
            title, signed = _("Aiding %(village)s together with %(name)s") % words, pairing.signed_on is not None
            card = Card(title, "", pairing.get_absolute_url(), _("Look"), is_mine=False, is_done=signed)
        yield Matter(pairing.round, partner.unit_id, card, SIGNING)


def _agreement_card(agreement: Agreement, side: Side) -> Card:
    words = {"name": agreement.pairing.party(side.other).name}
    url = agreement.get_absolute_url()
    if agreement.state == AgreementState.SIGNED:
        title = _("Agreement with %(name)s is signed")
        return Card(title % words, "", url, _("Look"), is_mine=False, is_done=True)
    is_mine = agreement.turn in (Turn[side.name], Turn.BOTH)
    if agreement.state == AgreementState.DRAFT:
        title, action = _("Confirm the agreement with %(name)s"), _("Open the draft")
    else:
        title, action = _("Sign the agreement with %(name)s"), _("Sign")
    sentence = str(AgreementState(agreement.state).label)
    return Card(title % words, sentence, url, action if is_mine else _("Look"), is_mine)


def own_side(user: User, matter: Intention | Pairing) -> Side:
    """The side for which the reader acts; the unit's where it is both."""
    return Side.UNIT if user.can("unit.act", matter.unit) else Side.VILLAGE


def _with_round(rows, path: str):
    return rows.select_related(f"{path}__scheme_version")
