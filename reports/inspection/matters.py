"""What inspections and drafts leave open in the hands of whoever holds a post (settings.OPEN_MATTERS)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from reports.holding import INSPECT
from reports.inspection.states import InspectionState, NoticeState
from reports.models import Inspection, Notice

Matter = tuple[str, str]


def open_matters(user: User, organisation: Organisation) -> list[Matter]:
    """Inspections under way and drafts of the organisation, of somebody who inspects and writes for it."""
    if not user.can(INSPECT, organisation):
        return []
    return [*inspections(organisation), *drafts(organisation)]


def inspections(organisation: Organisation) -> Iterator[Matter]:
    done = (InspectionState.CLOSED, InspectionState.DROPPED)
    for each in Inspection.objects.filter(organisation=organisation).exclude(state__in=done).order_by("on", "pk"):
        yield _("Inspection: %(title)s") % {"title": each.title}, each.get_absolute_url()


def drafts(organisation: Organisation) -> Iterator[Matter]:
    for each in Notice.objects.filter(organisation=organisation, state=NoticeState.DRAFT).order_by("written_at"):
        yield _("Draft of a circular or notice: %(title)s") % {"title": each.title}, each.get_absolute_url()
