"""Reading on-site meetings, good cases and contests: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from organisations.querysets import within
from reports.praise.states import ContestState, GoodCaseState
from visits.querysets.around import above


def at_or_below(user, column: str) -> Q:
    """Whose organisation in `column` lies in one's scope, or above one's posts."""
    scopes = user.scopes()
    return within(scopes, column) | Q(**{f"{column}__in": above(str(path) for path in scopes)})


class OnsiteMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of committees in one's scope, and of those above one's posts."""
        return self.filter(at_or_below(user, "organisation__path"))


class GoodCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """By the author's side and the organiser's; once published by everybody of the round."""
        scopes = user.scopes()
        own = within(scopes, "organisation__path") | within(scopes, "round__organiser__path")
        return self.filter(own | Q(state=GoodCaseState.PUBLISHED) & at_or_below(user, "round__organiser__path"))

    def public(self):
        """What anybody reads, without sign-in."""
        return self.filter(is_public=True, state=GoodCaseState.PUBLISHED)


class ContestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of committees in one's scope, and of those above one's posts: all below may compete."""
        return self.filter(at_or_below(user, "organisation__path"))


class ContestEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The contestant's side and the organiser's; who was selected by all below once the result is told."""
        scopes = user.scopes()
        own = within(scopes, "organisation__path") | within(scopes, "contest__organisation__path")
        told = Q(contest__state=ContestState.CLOSED, is_selected=True)
        return self.filter(own | told & at_or_below(user, "contest__organisation__path"))
