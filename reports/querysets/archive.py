"""Reading archive packages: every chain begins with `visible_to(user)`."""

from django.db import models

from office.states import ENDED


class PackageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own: each holds what the person who asked may read."""
        return self.filter(asked_by=user)

    def related(self):
        return self.select_related("round", "pairing__unit", "pairing__village", "job", "file")

    def being_made(self):
        return self.filter(made_at=None).exclude(job__state__in=ENDED)

    def past(self, today):
        """Kept longer than they should be."""
        return self.filter(file__isnull=False, kept_until__lt=today)
