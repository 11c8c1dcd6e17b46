"""Who can read a reported figure: the posts of its place and those above."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, reaching, readers_of
from reports.models import ReportedFigure


@readers_of(ReportedFigure)
def of_figure(figure: ReportedFigure) -> Readers:
    return Readers([reaching(_("Posts of %(name)s and above") % {"name": figure.place.name}, figure.place)])
