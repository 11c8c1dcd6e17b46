"""Reading surveys: every chain begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.querysets import within
from reports.survey.states import OVER

MANAGE = "survey.manage"
WATCHING = (MANAGE, "history.read")  # whoever has these over the organiser reads a survey from its beginning


def watched(user, path: str) -> Q:
    scopes = [scope for permission in WATCHING for scope in user.scopes(permission)]
    return within(scopes, path)


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who runs it or supervises the organiser; once it is closed also those who were asked about."""
        mine = (
            apps.get_model("reports", "SurveySubject")
            .objects.filter(within(user.scopes(), "organisation__path"), survey=OuterRef("pk"))
            .order_by()
        )
        return self.filter(watched(user, "round__organiser__path") | Q(Exists(mine), state__in=OVER))

    def managed_by(self, user):
        return self.filter(within(user.scopes(MANAGE), "round__organiser__path"))


class SurveySubjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Results about oneself and those below, results about all for whoever runs or supervises the survey."""
        mine = Q(within(user.scopes(), "organisation__path"), survey__state__in=OVER)
        return self.filter(watched(user, "survey__round__organiser__path") | mine)


class SurveyPlaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(watched(user, "survey__round__organiser__path"))

    def managed_by(self, user):
        return self.filter(within(user.scopes(MANAGE), "survey__round__organiser__path"))


class SurveyAnswerQuerySet(models.QuerySet):
    def standing(self):
        """Without those of batches that were withdrawn."""
        return self.exclude(batch__withdrawn_at__isnull=False)
