"""What visits leave open in the hands of whoever holds a post, for its hand-over (settings.OPEN_MATTERS)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from visits.models import Finding, HouseholdVisit

Matter = tuple[str, str]


def open_matters(user: User, organisation: Organisation) -> list[Matter]:
    """First visits with open questions and findings without a measure, of the visits that the person recorded."""
    return [*incomplete(user, organisation), *without_measure(user, organisation)]


def incomplete(user: User, organisation: Organisation) -> Iterator[Matter]:
    visits = HouseholdVisit.objects.filter(recorded_by=user, unit=organisation).incomplete().of_running_rounds()
    for visit in visits.select_related("village").order_by("on", "pk"):
        yield _("Incomplete first visit in %(name)s") % {"name": visit.village.name}, visit.get_absolute_url()


def without_measure(user: User, organisation: Organisation) -> Iterator[Matter]:
    findings = Finding.objects.filter(visit__recorded_by=user, visit__unit=organisation).open().with_visit()
    for finding in findings.order_by("due_on", "pk"):
        words = {"name": finding.visit.village.name, "topic": finding.topic_name}
        yield _("Finding without a measure in %(name)s: %(topic)s") % words, finding.get_absolute_url()
