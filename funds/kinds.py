"""What an entry of a ledger can be, as plain data: who enters it, what it does to money and goods, as what it counts.

The columns with the sums of a fund are called as the kinds are; the trigger that adds to them is written from here.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEAST, MOST = Decimal("0.01"), Decimal("1000000000.00")  # yuan


class FundKind(models.TextChoices):
    """Of a pairing, of a committee for several donors (SH-39), for members in need (XC-10)."""

    PAIRING = "pairing", _("fund of a pairing")
    POOL = "pool", _("pool of several donors")
    NEEDY_MEMBERS = "needy_members", _("fund for members in need")


class EntryKind(models.TextChoices):
    PLEDGE = "pledge", pgettext_lazy("kind of an entry", "promised")
    SENT = "sent", pgettext_lazy("kind of an entry", "money sent")
    RECEIPT = "receipt", pgettext_lazy("kind of an entry", "money received")
    GOODS_SENT = "goods_sent", pgettext_lazy("kind of an entry", "goods sent")
    GOODS = "goods", pgettext_lazy("kind of an entry", "goods received")
    COORDINATED = "coordinated", pgettext_lazy("kind of an entry", "co-ordinated money")
    INVESTMENT = "investment", pgettext_lazy("kind of an entry", "investment")
    SPENDING = "spending", pgettext_lazy("kind of an entry", "spent")
    HANDOUT = "handout", pgettext_lazy("kind of an entry", "goods handed out")
    TRANSFER_OUT = "transfer_out", pgettext_lazy("kind of an entry", "passed on to a fund")
    TRANSFER_IN = "transfer_in", pgettext_lazy("kind of an entry", "taken over from a fund")
    REFUND = "refund", pgettext_lazy("kind of an entry", "given back")
    SET_ASIDE = "set_aside", pgettext_lazy("kind of an entry", "set aside for a project")


class Hand(models.TextChoices):
    """Who enters: whoever gives, or whoever keeps the fund."""

    GIVER = "giver", _("aiding unit")
    KEEPER = "keeper", _("keeper of the fund")


class Source(models.TextChoices):
    """Where the money comes from (TC-08), and the purse of the unit itself."""

    OWN = "own", _("own money of the unit")
    PARTY_DUES = "party_dues", _("Party dues")
    FISCAL = "fiscal", _("fiscal money")
    DEPARTMENT = "department", _("support of a department")
    SOCIAL = "social", _("social sponsorship")


class Use(models.TextChoices):
    """What it is for: the work fields of SH-11, production and living of XY-06, the village site of SH-27."""

    ECONOMY = "economy", _("economic development")
    LIVELIHOOD = "livelihood", _("people's livelihood")
    CULTURE_SOCIETY = "culture_society", _("cultural and social undertakings")
    PARTY_BUILDING = "party_building", _("Party building")
    PRODUCTION = "production", _("means of production")
    LIVING = "living", _("means of living")
    SITE = "site", _("activity site of the village")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    TRAINING = "training", pgettext_lazy("use of money", "training")
    MEMBERS_IN_NEED = "members_in_need", _("members in need")
    OTHER = "other", pgettext_lazy("use of money", "other")


class Channel(models.TextChoices):
    """By which way a gift goes (SH-49): handed straight to a village it is not deducted from tax."""

    CHARITY = "charity", _("public-welfare organisation")
    GOVERNMENT = "government", _("government at county level or above, or its department")
    RURAL_FUND = "rural_fund", _("rural public-welfare fund")
    DIRECT = "direct", _("directly to the village")


TAX_ELIGIBLE = (Channel.CHARITY, Channel.GOVERNMENT, Channel.RURAL_FUND)


@dataclass(frozen=True)
class Rule:
    """`cash`, `goods`: what it does to what the fund holds. `is_gift`: counts as donation - what a unit promised or
    sent is counted once the other side received it, an investment and co-ordinated money never are (SH-14).

    `aside`: what it moves from the money that was received for no project to that of its project; the fund keeps it.
    `has_lines`: lists goods with their values. `answers`: the entry of the other side that it can confirm.
    """

    hand: Hand
    cash: int = 0
    goods: int = 0
    aside: int = 0
    is_gift: bool = False
    has_lines: bool = False
    has_voucher: bool = False
    has_channel: bool = False
    answers: EntryKind | None = None

    @property
    def is_aid(self) -> bool:
        """What comes from a giver: it names the giver, the source and the resources (SH-02, TC-08)."""
        return self.hand == Hand.GIVER or self.is_gift


K = EntryKind
RULES: dict[str, Rule] = {
    K.PLEDGE: Rule(Hand.GIVER),
    K.SENT: Rule(Hand.GIVER, has_channel=True),
    K.RECEIPT: Rule(Hand.KEEPER, cash=1, is_gift=True, has_channel=True, answers=K.SENT),
    K.GOODS_SENT: Rule(Hand.GIVER, has_lines=True, has_channel=True),
    K.GOODS: Rule(Hand.KEEPER, goods=1, is_gift=True, has_lines=True, has_channel=True, answers=K.GOODS_SENT),
    K.COORDINATED: Rule(Hand.GIVER),
    K.INVESTMENT: Rule(Hand.GIVER),
    K.SPENDING: Rule(Hand.KEEPER, cash=-1, has_voucher=True),
    K.HANDOUT: Rule(Hand.KEEPER, goods=-1, has_lines=True),
    K.TRANSFER_OUT: Rule(Hand.KEEPER, cash=-1),
    K.TRANSFER_IN: Rule(Hand.KEEPER, cash=1, answers=K.TRANSFER_OUT),
    K.REFUND: Rule(Hand.KEEPER, cash=-1),
    K.SET_ASIDE: Rule(Hand.KEEPER, aside=1),
}
ANSWERED_BY: dict[str, str] = {rule.answers: kind for kind, rule in RULES.items() if rule.answers}
# What the keeper of the fund may enter first; the giver then answers it with its own entry.
ANSWERED_BACK: dict[str, str] = {kind: rule.answers for kind, rule in RULES.items() if rule.answers and rule.is_gift}
TWO_SIDED = (*ANSWERED_BACK, *ANSWERED_BACK.values())
WITH_LINES = tuple(kind for kind, rule in RULES.items() if rule.has_lines)
AID = tuple(kind for kind, rule in RULES.items() if rule.is_aid)


def other_side(kind: str) -> str | None:
    """The kind by which the other side confirms an entry of this kind; None where it confirms none."""
    return ANSWERED_BACK.get(kind) or ANSWERED_BY.get(kind)
