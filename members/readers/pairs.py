"""Who can read who helps whom, in words."""

from django.utils.translation import gettext as _

from members.models import AssignmentRun, PersonPair
from organisations.audience import Circle, Readers, person, reaching, readers_of

READ = "member.read"


@readers_of(PersonPair)
def of_person_pair(pair: PersonPair) -> Readers:
    """Both sides by their places, the helper and a member who is helped; the notes only those who look after it."""
    unit, village = {"name": pair.unit.name}, {"name": pair.village.name}
    circles = [
        reaching(_("Those who read the rosters of %(name)s, the helper's side") % unit, pair.unit, permission=READ),
        reaching(
            _("Those who read the rosters of %(name)s, where the help goes") % village, pair.village, permission=READ
        ),
        *own(pair),
    ]
    noted = [
        reaching(_("Those who manage the pairs of %(name)s") % unit, pair.unit, permission="pair.manage"),
        reaching(_("Those who keep the households of %(name)s") % village, pair.village, permission="household.edit"),
        *own(pair)[:1],
    ]
    return Readers(circles, parts=[(_("What was noted: words, wish, plan"), noted)])


def own(pair: PersonPair) -> list[Circle]:
    sides = ((_("The helper"), pair.helper_member), (_("The member who is helped"), pair.target_member))
    return [circle for words, member in sides if member for circle in person(words, member.user)]


@readers_of(AssignmentRun)
def of_assignment(run: AssignmentRun) -> Readers:
    """Unfinished thoughts of those who say who helps whom there."""
    words = _("Those who manage the pairs of %(name)s") % {"name": run.place.name}
    return Readers([reaching(words, run.place, permission="pair.manage")])
