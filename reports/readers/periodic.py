"""Who can read a periodic report: as its `visible_to` decides."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, person, reaching, readers_of
from reports.models import PeriodicReport
from reports.querysets.periodic import FILE, READ
from reports.states import ReportState


@readers_of(PeriodicReport)
def of_report(report: PeriodicReport) -> Readers:
    """Colleagues of a member are not among them."""
    circles = []
    if report.member:
        circles += person(_("The member"), report.member.user)
    else:
        words = _("Posts that report for %(name)s") % {"name": report.place.name}
        circles.append(reaching(words, report.place, permission=FILE))
    if report.state != ReportState.DRAFTED:
        places = [report.desk, report.organisation]
        words = _("Posts at %(name)s and above that read reports") % {"name": report.desk.name}
        circles.append(reaching(words, *places, permission=READ))
    return Readers(circles)
