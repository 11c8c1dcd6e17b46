"""Reading kept views: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those for the colleagues of an office for which one holds a post."""
        return self.filter(Q(kept_by=user) | Q(organisation__path__in=[str(path) for path in user.scopes()]))
