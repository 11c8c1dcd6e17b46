"""Who can read a project: whoever reads the pairing, the committee and the organiser, and whoever gives a share."""

from django.utils.translation import gettext as _

from funds.models import Project
from organisations.audience import Circle, Readers, reaching, readers_of
from organisations.models import Organisation
from pairing.readers import of_pairing


@readers_of(Project)
def of_project(project: Project) -> Readers:
    circles: list[Circle] = list(of_pairing(project.pairing).circles) if project.pairing else []
    circles.append(whose(_("Whose posts reach the place, %(name)s"), project.place))
    if project.committee:
        circles.append(whose(_("Whose posts reach the committee that pools, %(name)s"), project.committee))
        circles.append(whose(_("Whose posts reach the organiser of the round, %(name)s"), project.round.organiser))
    for share in project.shares.select_related("pairing__round__organiser", "pairing__unit", "pairing__village"):
        circles += of_pairing(share.pairing).circles
    return Readers(circles)


def whose(words: str, organisation: Organisation) -> Circle:
    return reaching(words % {"name": organisation.name}, organisation)
