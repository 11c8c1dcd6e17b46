"""What the pages show of projects: the journal, the pictures, the shares, for whom somebody plans."""

import uuid
from collections.abc import Iterator
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.masking import mask_phones_in
from funds.actions.pooling import POOLING
from funds.models import Project, ProjectPhoto, ProjectShare
from funds.projects.states import ShareState
from funds.projects.turns import POOL, turn_of
from organisations.models import Organisation, User
from pairing.agreements.timeline_entry import Entry
from pairing.models import Pairing
from pairing.models.consortium import PairingPartner
from pairing.querysets.market import joined_in
from pairing.states import STANDING, PartnerState, RoundState, Side

MOST_PAIRINGS = 100


def own_pairings(user: User) -> QuerySet[Pairing]:
    """Those under which the user plans something, for one of the two sides."""
    unit, village = (Organisation.objects.managed_by(user, f"{side}.act").order_by().values("pk") for side in Side)
    rows = Pairing.objects.standing().exclude(round__state=RoundState.CLOSED).select_related("unit", "village")
    partners = joined_in(user.scopes("unit.act"), "pk", (PartnerState.JOINED,))
    found = rows.filter(unit__in=unit) | rows.filter(village__in=village) | rows.filter(partners)
    return found.order_by("pk")[:MOST_PAIRINGS]


def planning_side(user: User, pairing: Pairing) -> Side | None:
    """For which side of the pairing the user plans; None where they don't, or where nothing is planned any more."""
    if pairing.state not in STANDING or pairing.round.state == RoundState.CLOSED:
        return None
    side = next((side for side in Side if user.can(f"{side}.act", pairing.party(side))), None)
    if side is not None or not user.can("unit.act"):
        return side
    partners = PairingPartner.objects.joined().filter(pairing=pairing).select_related("unit")
    return Side.UNIT if any(user.can("unit.act", each.unit) for each in partners) else None


def planned_under(key: str, user: User) -> Project | None:
    """What this user planned under the key of a form: it arrived, though the answer may have been lost."""
    try:
        return Project.objects.filter(key=uuid.UUID(key), planned_by=user).first()
    except ValueError:
        return None


def of_pairing(user: User, pairing: Pairing) -> list[Project]:
    """What goes on first, each with its turn."""
    rows = Project.objects.visible_to(user).of_pairing(pairing).with_shares_open().nearest_first()
    found = list(rows.select_related("pairing__unit", "pairing__village", "place", "committee"))
    for project in found:
        project.turn = turn_of(project, shares_open=project.shares_open)
    return found


def own_committees(user: User) -> QuerySet[Organisation]:
    """Those for which the user pools."""
    return Organisation.objects.managed_by(user, POOL).open().filter(kind__in=POOLING)


def pools_for(user: User, committee: Organisation) -> bool:
    return committee.kind in POOLING and user.can(POOL, committee)


def shares_of(project: Project, user: User | None = None) -> list[ProjectShare]:
    """Each with `answers`: the side for which the user has something to say, None where they have not."""
    if not project.is_pooled:
        return []
    shares = list(project.shares.select_related("pairing__unit", "pairing__village"))
    for share in shares:
        share.project = project
        share.answers = answering_side(user, share) if user and project.is_before else None
    return shares


def answering_side(user: User, share: ProjectShare) -> Side | None:
    """Where the own side has not agreed yet; who acts for both answers for one after the other."""
    mine = [side for side in Side if user.can(f"{side}.act", share.pairing.party(side))]
    return next((side for side in mine if getattr(share, f"{side}_state") != ShareState.AGREED), None)


def photos_of(project: Project) -> list[tuple[str, list[ProjectPhoto]]]:
    """Before, during and after, each with its heading."""
    order = [each.value for each in ProjectPhoto.Moment]
    rows = project.photos.filter(file__destroyed_at=None).select_related("file")
    found = sorted(rows, key=lambda photo: (order.index(photo.moment), photo.pk))
    return [
        (str(ProjectPhoto.Moment(moment).label), list(photos))
        for moment, photos in groupby(found, key=lambda photo: photo.moment)
    ]


def journal(project: Project) -> Iterator[Entry]:
    """Who did what when, newest first."""
    for step in project.steps.select_related("by", "acting_as__organisation").order_by("-at", "-pk"):
        who = step.by.name
        if step.acting_as:
            who = _("%(name)s (%(post)s)") % {"name": who, "post": step.acting_as}
        did = str(step.get_verb_display())
        yield Entry(step.at, _("%(who)s %(did)s") % {"who": who, "did": did}, mask_phones_in(step.words))
