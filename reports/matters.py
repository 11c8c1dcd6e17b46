"""What reports leave open in the hands of whoever holds a post, for its hand-over (settings.OPEN_MATTERS)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from reports.models import PeriodicReport
from reports.querysets.periodic import FILE, RECEIVE
from reports.states import ReportState

Matter = tuple[str, str]


def open_matters(user: User, organisation: Organisation) -> list[Matter]:
    """Reports of the organisation still to be handed in, and those that wait at its desk. No member is named."""
    return [*to_hand_in(user, organisation), *to_receive(user, organisation)]


def to_hand_in(user: User, organisation: Organisation) -> Iterator[Matter]:
    if user.can(FILE, organisation):
        for report in PeriodicReport.objects.filter(organisation=organisation).open().with_parts().order_by("due_on"):
            yield _("Report to be handed in: %(name)s") % {"name": report}, report.get_absolute_url()


def to_receive(user: User, organisation: Organisation) -> Iterator[Matter]:
    if user.can(RECEIVE, organisation):
        waiting = PeriodicReport.objects.filter(desk=organisation, state=ReportState.SUBMITTED).with_parts()
        for report in waiting.order_by("submitted_at", "pk"):
            words = {"name": report, "place": report.place.name}
            yield _("Report to be accepted: %(name)s, %(place)s") % words, report.get_absolute_url()
