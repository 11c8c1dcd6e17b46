"""Who can read on-site meetings, good cases and contests."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, below, reaching, readers_of
from reports.models import Contest, ContestEntry, GoodCase, OnsiteMeeting
from reports.praise.states import ContestState, GoodCaseState


@readers_of(OnsiteMeeting)
@readers_of(Contest)
def at_or_below(held: OnsiteMeeting | Contest) -> Readers:
    name = {"name": held.organisation.name}
    return Readers(
        [
            reaching(_("Posts of %(name)s and above") % name, held.organisation),
            below(_("Posts below %(name)s") % name, held.organisation),
        ]
    )


@readers_of(ContestEntry)
def of_entry(entry: ContestEntry) -> Readers:
    contestant, organiser = entry.organisation, entry.contest.organisation
    found = Readers([reaching(_("Posts of the contestant and of the organiser, and above"), contestant, organiser)])
    if entry.is_selected and entry.contest.state == ContestState.CLOSED:
        found.circles.append(
            below(_("Since the result was told: posts below %(name)s") % {"name": organiser}, organiser)
        )
    return found


@readers_of(GoodCase)
def of_case(case: GoodCase) -> Readers:
    author, organiser = case.organisation, case.round.organiser
    found = Readers([reaching(_("Posts of the author and of the organiser, and above"), author, organiser)])
    if case.state == GoodCaseState.PUBLISHED:
        found.circles.append(below(_("Since it was published: posts below %(name)s") % {"name": organiser}, organiser))
    if case.is_public:
        found.public.append(_("The case as it was published, with the name of the unit or village."))
    return found
