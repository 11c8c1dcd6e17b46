"""Reading the notes of villages on the three changes: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.querysets import within
from pairing.models import Pairing


class ChangeNotesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """By the village, by all above it, and by the units with which it is paired in the round."""
        scopes = user.scopes()
        paired = Pairing.objects.standing().filter(within(scopes, "unit__path"), round=OuterRef("round"))
        return self.filter(within(scopes, "village__path") | Q(Exists(paired.filter(village=OuterRef("village")))))
