"""Reading rounds, intentions and pairings: every chain begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from organisations.models import Organisation
from organisations.querysets import within
from pairing.agreements.turns import turn_to_confirm, turn_to_sign, unit_signature, whose_turn
from pairing.states import (
    UNDER_WAY,
    AgreementState,
    IntentionState,
    PairingState,
    PartnerState,
    RoundState,
    Side,
    Turn,
)


def party_to(paths, through: str = "", pairing: str = "") -> Q:
    """Rows of a round organised under one of `paths`, or whose unit, village, partner (SH-13) or follower lies there.

    `through` leads to the row that names the two; `pairing` to the pairing, where that is not the same. Asked in this
    order, so that the database needs no look at the organisations where the round decides (an organiser sees twenty
    thousand pairings), and only at few where it doesn't (a secretary's own unit).
    """
    below = Organisation.objects.filter(within(paths)).order_by().values("pk")
    asked = (PartnerState.INVITED, PartnerState.JOINED)
    return (
        Q(**{f"{through}round__organiser__in": below.filter(rounds__isnull=False)})
        | Q(**{f"{through}unit__in": below})
        | Q(**{f"{through}village__in": below})
        | joined_in(paths, pairing or through.removesuffix("__"), asked)
        | followed_in(paths, pairing or through.removesuffix("__"))
    )


def followed_in(paths, pairing: str) -> Q:
    """Rows of pairings whose party is followed by an organisation under one of `paths`, also after their round."""
    if not pairing or not paths:
        return Q(pk__in=[])
    takeovers = apps.get_model("pairing", "Takeover").objects.filter(within(paths, "successor__path"))
    return Q(**{f"{pairing}__in": takeovers.order_by().values("pairing")})


def joined_in(paths, pairing: str, states: tuple[PartnerState, ...]) -> Q:
    """Rows of pairings with a partner under one of `paths`; none where no column leads to a pairing."""
    if not pairing or not paths:
        return Q(pk__in=[])
    partners = apps.get_model("pairing", "PairingPartner").objects.filter(within(paths, "unit__path"), state__in=states)
    return Q(**{f"{pairing}__in": partners.order_by().values("pairing")})


def papers_of(user, through: str = "", pairing: str = "") -> Q:
    """What those see who act for one of the two sides or for a partner, or who organise the round."""
    return (
        within(user.scopes("unit.act"), f"{through}unit__path")
        | within(user.scopes("village.act"), f"{through}village__path")
        | within(user.scopes("round.manage"), f"{through}round__organiser__path")
        | joined_in(user.scopes("unit.act"), pairing or through.removesuffix("__"), (PartnerState.JOINED,))
    )


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds organised in one's scope, and open rounds organised above one's own place."""
        scopes = user.scopes()
        above = {path[:end] for path in scopes for end in range(4, len(path) + 1, 4)}
        return self.filter(
            within(scopes, "organiser__path") | Q(organiser__path__in=above) & ~Q(state=RoundState.DRAFT)
        )

    def managed_by(self, user):
        """Rounds that the user organises, or whose organiser lies in their scope."""
        return self.filter(within(user.scopes("round.manage"), "organiser__path"))

    def published(self):
        """What anybody may see: rounds that were opened."""
        return self.exclude(state=RoundState.DRAFT)


class DirectoryEntryQuerySet(models.QuerySet):
    def current(self, round):
        """The lines of the newest directory of a round."""
        return self.filter(directory=round.newest_directory_id)

    def villages(self):
        return self.filter(side=Side.VILLAGE)

    def units(self):
        return self.filter(side=Side.UNIT)


class IntentionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(party_to(user.scopes()))

    def with_papers_for(self, user):
        """Those whose words are for this user."""
        return self.filter(papers_of(user))

    def open(self):
        return self.filter(state=IntentionState.PROPOSED)


class SelectionBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of committees in one's scope, of rounds organised there, and for areas that lie there."""
        scopes = user.scopes()
        return self.filter(
            within(scopes, "committee__path") | within(scopes, "round__organiser__path") | within(scopes, "area__path")
        )


class PairingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(party_to(user.scopes(), pairing="pk"))

    def with_papers_for(self, user):
        """Those whose papers - Word file, signed scan - are for this user."""
        return self.filter(papers_of(user, pairing="pk"))

    def standing(self):
        """Those that take a place on both sides: neither released nor ended."""
        return self.filter(state__in=[PairingState.NEGOTIATING, PairingState.SIGNED])

    def signed(self):
        return self.filter(state=PairingState.SIGNED)


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(party_to(user.scopes(), "pairing__"))

    def with_papers_for(self, user):
        return self.filter(papers_of(user, "pairing__"))

    def in_force(self):
        """Signed by both, not yet replaced: at most one of a pairing."""
        return self.filter(state=AgreementState.SIGNED)

    def under_way(self):
        """Negotiated or half signed: at most one of a pairing, beside the one in force where it amends that."""
        return self.filter(state__in=UNDER_WAY)

    def standing(self):
        """Both; the newest number first is the one with which there is something to do."""
        return self.exclude(state__in=[AgreementState.VOID, AgreementState.SUPERSEDED]).order_by("-number")

    def with_turn(self):
        """Adds `turn`: whose turn it is, a `Turn`."""
        return self.annotate(unit_signature=unit_signature()).annotate(turn=whose_turn())

    def to_confirm_by(self, side: Side):
        """Drafts that wait for this side."""
        drafts = self.filter(state=AgreementState.DRAFT).annotate(turn=turn_to_confirm())
        return drafts.filter(turn=Turn[side.name])

    def to_sign_by(self, side: Side):
        """What both confirmed and this side has not signed."""
        agreed = self.filter(state__in=[AgreementState.CONFIRMED, AgreementState.SIGNING])
        with_turn = agreed.annotate(unit_signature=unit_signature()).annotate(turn=turn_to_sign())
        return with_turn.filter(turn__in=[Turn[side.name], Turn.BOTH])


class TaskProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts by those who organise the round; issued ones also by the committee and those above it."""
        organised = within(user.scopes("round.manage"), "round__organiser__path")
        return self.filter(organised | ~Q(issued_at=None) & within(user.scopes(), "committee__path"))

    def newest(self):
        """The newest version for each committee and side; a draft is newer than what was issued."""
        numbered = self.model._default_manager.filter(
            round=OuterRef("round"), committee=OuterRef("committee"), side=OuterRef("side")
        )
        return self.filter(version=Subquery(numbered.order_by("-version").values("version")[:1]))
