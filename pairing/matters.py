"""What pairing has open in the hands of whoever holds a post, for its hand-over (settings.OPEN_MATTERS)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from pairing.agreements.renewals import awaiting
from pairing.models import Agreement, Ending, Intention, Issue, Pairing
from pairing.states import EndingState, RoundState, Side, Turn

Matter = tuple[str, str]


def open_matters(user: User, organisation: Organisation) -> list[Matter]:
    """Title and address of what waits for `organisation`: in one's own name, or as one of the two sides."""
    sides = [side for side in Side if user.can(f"{side}.act", organisation)]
    found = [matter for side in sides for matter in of_side(side, organisation)]
    return found + list(issues_of(user, organisation))


def of_side(side: Side, organisation: Organisation) -> Iterator[Matter]:
    agreements = (
        Agreement.objects.under_way()
        .with_turn()
        .filter(
            turn__in=[Turn[side.name], Turn.BOTH],
            pairing__in=Pairing.objects.standing().filter(**{side: organisation}).order_by(),
            pairing__round__state=RoundState.OPEN,
        )
    )
    for agreement in agreements.select_related("pairing__unit", "pairing__village").order_by("pk"):
        yield (
            _("Agreement with %(name)s: %(state)s")
            % {
                "name": agreement.pairing.party(side.other).name,
                "state": agreement.get_state_display(),
            },
            agreement.pairing.get_absolute_url(),
        )
    proposals = Intention.objects.open().filter(proposed_side=side.other, **{side: organisation})
    for proposal in proposals.select_related("unit", "village").order_by("pk"):
        words = {"name": proposal.party(side.other).name}
        yield _("Answer the proposal of %(name)s") % words, proposal.get_absolute_url()
    endings = Ending.objects.filter(state=EndingState.PROPOSED, side=side.other, **{f"pairing__{side}": organisation})
    for ending in endings.select_related("pairing__unit", "pairing__village").order_by("pk"):
        words = {"name": ending.pairing.party(side.other).name}
        yield _("%(name)s proposes to end the pairing early") % words, reverse("end_pairing", args=[ending.pairing_id])
    own = Organisation.objects.filter(pk=organisation.pk)
    for key, name in awaiting({side: own}).order_by("pk").values_list("pk", f"{side.other}_named"):
        words = {"name": name}
        yield _("Answer whether to renew the pairing with %(name)s") % words, reverse("renew_pairing", args=[key])


def issues_of(user: User, organisation: Organisation) -> Iterator[Matter]:
    """Those that the organisation has to solve, by nobody in particular or by a post of this person."""
    mine = Q(owner=organisation) & (Q(owner_post=None) | Q(owner_post__user=user))
    for issue in Issue.objects.running().filter(mine).order_by("due_on", "pk"):
        yield _("Issue: %(title)s") % {"title": issue.title}, issue.get_absolute_url()
