"""Reading periodic reports: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from duties.states import DutyState
from organisations.querysets import within
from pairing.schemes.duty_words import Desk
from reports.states import OPEN_REPORTS, REPORTS_IN, ReportState

MANAGE = "round.manage"
FILE, RECEIVE, READ = "report.file", "report.receive", "report.read"


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of a member: by the member and the posts that read the reports of their organisation, never by colleagues.

        Of an organisation: by its own posts that report, by its desk, and by the posts above that read reports. What
        was never handed in is read by nobody but those who write it.
        """
        reading = user.scopes(READ)
        above = within(reading, "desk__path") | within(reading, "organisation__path")
        return self.filter(self.owed(user) | above & ~Q(state=ReportState.DRAFTED))

    @staticmethod
    def owed(user) -> Q:
        return Q(member__user=user) | within(user.scopes(FILE), "organisation__path")

    def written_by(self, user):
        """Those that the user writes: as a member, or for the organisation of a post."""
        return self.filter(self.owed(user))

    def received_by(self, user):
        """Those that go to a desk for which the user answers: what goes to the organisation department, to those who
        manage rounds alone."""
        managed = within(user.scopes(MANAGE), "desk__path")
        mine = ~Q(line=Desk.ORGANISATION_DEPARTMENT) | managed
        return self.filter(mine, within(user.scopes(RECEIVE), "desk__path"))

    def standing(self):
        """Their duty is still owed, or they were handed in."""
        return self.filter(Q(duty__state=DutyState.OPEN) | Q(state__in=REPORTS_IN))

    def open(self):
        return self.filter(state__in=OPEN_REPORTS, duty__state=DutyState.OPEN)

    def with_parts(self):
        return self.select_related(
            "duty__scheme_version__scheme", "round__organiser", "member__organisation", "member__user", "organisation",
            "desk", "submitted_by", "answered_by",
        )  # fmt: skip
