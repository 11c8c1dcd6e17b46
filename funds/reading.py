"""What the pages of ledgers ask: what one may enter, who gives, how both sides agree."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from funds.actions.entering import GIVE, KEEP
from funds.kinds import ANSWERED_BY, RULES, EntryKind, Hand
from funds.models import Entry, Fund, Project
from funds.querysets.ledger import LedgerQuerySet, summed
from organisations.models import Organisation, User
from pairing.models import Pairing, PairingPartner

TRANSFERS = (EntryKind.TRANSFER_OUT, EntryKind.TRANSFER_IN)
CONFIRMED_BY_KEEPER = tuple(kind for kind in ANSWERED_BY if kind != EntryKind.TRANSFER_OUT)
CONFIRMING = tuple(ANSWERED_BY[kind] for kind in CONFIRMED_BY_KEEPER)
GIVEN = ("pledge", "sent", "receipt", "goods", "coordinated", "investment")
DIFFERENCES = {
    "unconfirmed": _("not confirmed by the village"),
    "amount": _("amounts differ"),
    "not_sent": _("not entered by the unit"),
}


def units_of(pairing: Pairing) -> list[Organisation]:
    """The lead, then the partners that are or were in the consortium."""
    partners = PairingPartner.objects.filter(pairing=pairing, answered_at__isnull=False).select_related("unit")
    return [pairing.unit, *(partner.unit for partner in partners.order_by("pk"))]


def givers_for(user: User, into: Fund | Pairing) -> list[Organisation]:
    """The units for which the user enters what they give."""
    pairing = into if isinstance(into, Pairing) else into.pairing
    units = units_of(pairing) if pairing is not None else [post.organisation for post in user.posts]
    found = {unit.pk: unit for unit in units if user.capacity(GIVE, unit) is not None}
    return list(found.values())


def kinds_for(user: User, into: Fund | Pairing) -> list[EntryKind]:
    """What the user may enter there. What is passed on has a form of its own; nothing is set aside without projects."""
    holder = into.village if isinstance(into, Pairing) else into.holder
    hands = {Hand.GIVER} if givers_for(user, into) else set()
    if user.capacity(KEEP, holder) is not None:
        hands.add(Hand.KEEPER)
    found = [kind for kind in EntryKind if RULES[kind].hand in hands and kind not in TRANSFERS]
    if EntryKind.SET_ASIDE in found and not projects_of(into).exists():
        found.remove(EntryKind.SET_ASIDE)
    return found


def projects_of(into: Fund | Pairing) -> QuerySet[Project]:
    """Those for which its money is: of its pairing, or of the committee that keeps it; what goes on first."""
    if isinstance(into, Fund) and into.pairing_id is None:
        found = Project.objects.filter(committee=into.holder_id)
    else:
        found = Project.objects.filter(pairing=into.pairing_id if isinstance(into, Fund) else into.pk)
    return found.nearest_first()


def projects_to(user: User, funds: QuerySet[Fund]) -> QuerySet[Project]:
    """Those that the user sees, for which money may be passed on to one of the funds."""
    committees = funds.filter(pairing=None).order_by().values("holder")
    pairings = funds.filter(pairing__isnull=False).order_by().values("pairing")
    seen = Project.objects.visible_to(user).open()
    return seen.filter(Q(committee__in=committees) | Q(pairing__in=pairings)).nearest_first()


def may_reverse(user: User, entry: Entry) -> bool:
    """By the side whose entry it is, as long as it stands."""
    if entry.corrects_id or hasattr(entry, "reversal"):
        return False
    place = entry.giver if entry.rule.hand == Hand.GIVER else entry.fund.holder
    if entry.kind == EntryKind.TRANSFER_OUT:
        place = entry.answered_by.get().fund.holder
    permission = GIVE if entry.rule.hand == Hand.GIVER else KEEP
    return place is not None and user.capacity(permission, place) is not None


def may_add_voucher(user: User, entry: Entry) -> bool:
    """A paper that turned up later: the side whose entry it is."""
    place = entry.giver if entry.rule.hand == Hand.GIVER else entry.fund.holder
    permission = GIVE if entry.rule.hand == Hand.GIVER else KEEP
    return entry.corrects_id is None and place is not None and user.capacity(permission, place) is not None


def may_answer(user: User, entry: Entry) -> bool:
    """For the side whose entry is missing: the keeper where the giver entered it, the giver where the keeper did."""
    if entry.rule.hand == Hand.GIVER:
        return user.capacity(KEEP, entry.fund.holder) is not None
    return entry.giver is not None and user.capacity(GIVE, entry.giver) is not None


def waiting_for(user: User) -> QuerySet[Entry]:
    """What units sent and the user, as keeper of the fund, has not confirmed."""
    from_scopes = Fund.objects.filter(holder__in=Organisation.objects.managed_by(user, KEEP).order_by().values("pk"))
    return Entry.objects.unanswered().filter(kind__in=CONFIRMED_BY_KEEPER, fund__in=from_scopes.order_by().values("pk"))


def unsent_by(user: User) -> QuerySet[Entry]:
    """What villages say they received and the user, for the unit that gave it, has not entered as sent."""
    units = Organisation.objects.managed_by(user, GIVE).order_by().values("pk")
    return Entry.objects.not_sent().filter(fund__pairing__isnull=False, giver__in=units)


def with_answer(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Adds `answered_amount`: what the other side entered of it, none where it did not."""
    answer = Entry.objects.filter(answers=OuterRef("pk"), reversal=None).order_by()
    return rows.annotate(answered_amount=Coalesce(Subquery(answer.values("amount")[:1]), F("answers__amount")))


def differences(rows: LedgerQuerySet) -> QuerySet:
    """Entries on which the two sides of pairings do not agree, each with its `difference`."""
    found = with_answer(rows.standing().filter(fund__pairing__isnull=False))
    sent = Q(kind__in=CONFIRMED_BY_KEEPER)
    found = found.filter(
        sent & (Q(answered_amount=None) | ~Q(answered_amount=F("amount")))
        | Q(kind__in=CONFIRMING, answered_amount=None)
    )
    return found.annotate(
        difference=Case(
            When(kind__in=CONFIRMING, then=Value("not_sent")),
            When(answered_amount=None, then=Value("unconfirmed")),
            default=Value("amount"),
        ),
        apart=Case(When(answered_amount=None, then=F("amount")), default=F("amount") - F("answered_amount")),
    )


def by_giver(fund: Fund) -> list[dict]:
    """What each unit promised, sent, and what arrived of it; reversed entries taken off (SH-13)."""
    rows = fund.entries.filter(giver__isnull=False).order_by("giver__path").values("giver__name")
    return [dict(row) for row in rows.annotate(number=Count("pk"), **summed(GIVEN))]


def is_reversed() -> Exists:
    return Exists(Entry.objects.filter(corrects=OuterRef("pk")))
