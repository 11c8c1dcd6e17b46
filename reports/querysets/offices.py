"""Reading what the colleagues of one office share: every chain begins with `visible_to(user)`."""

from django.db import models


class OfOfficeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the places for which one holds a post: neither above nor below."""
        return self.filter(organisation__path__in=[str(path) for path in user.scopes()])
