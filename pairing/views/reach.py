"""What a person reaches, and on which side they stand: asked first by every view of the market."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from organisations.models import Organisation
from pairing.agreements.course import with_course
from pairing.models import Agreement, Pairing, Round
from pairing.querysets.market import AgreementQuerySet
from pairing.states import Side


def visible_round(user, pk: int) -> Round:
    rounds = (
        Round.objects.visible_to(user).published().select_related("scheme_version", "organiser", "newest_directory")
    )
    return get_object_or_404(rounds, pk=pk)


def managed_round(user, pk: int) -> Round:
    """404 for whoever may not organise it."""
    rounds = Round.objects.published().select_related("scheme_version", "organiser", "newest_directory")
    return get_object_or_404(rounds.managed_by(user), pk=pk)


def visible_pairing(user, pk: int) -> Pairing:
    pairings = with_course(Pairing.objects.visible_to(user))
    return get_object_or_404(
        pairings.select_related("round__scheme_version", "round__organiser", "unit", "village", "intention"), pk=pk
    )


def managed_pairing(user, pk: int) -> Pairing:
    """404 for whoever may not organise its round."""
    pairings = Pairing.objects.filter(round__in=Round.objects.managed_by(user))
    return get_object_or_404(
        pairings.select_related("round__scheme_version", "round__organiser", "unit", "village"), pk=pk
    )


def visible_agreement(user, pk: int) -> Agreement:
    return _agreement(Agreement.objects.visible_to(user), pk)


def own_agreement(user, pk: int) -> tuple[Agreement, Side]:
    """The agreement and the side for which the user acts; 404 for whoever only looks on."""
    agreement = visible_agreement(user, pk)
    side = own_side(user, agreement.pairing)
    if side is None:
        raise Http404
    return agreement, side


def agreement_with_papers(user, pk: int) -> Agreement:
    return _agreement(Agreement.objects.with_papers_for(user), pk)


def _agreement(agreements: AgreementQuerySet, pk: int) -> Agreement:
    related = agreements.select_related(
        "pairing__round__scheme_version", "pairing__round__organiser", "pairing__unit", "pairing__village", "amends"
    )
    return get_object_or_404(related.with_turn().prefetch_related("commitments", "signatures", "scans__file"), pk=pk)


def own_side(user, pairing: Pairing) -> Side | None:
    """The side for which the user acts, if any."""
    return next((side for side in Side if user.can(f"{side}.act", pairing.party(side))), None)


def own_parties(user, round: Round, side: Side) -> QuerySet[Organisation]:
    """The organisations of the directory for which the user may act."""
    listed = round.newest_directory
    mine = Organisation.objects.managed_by(user, f"{side}.act")
    return mine.filter(directory_entries__directory=listed, directory_entries__side=side)
