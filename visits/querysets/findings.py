"""Reading findings: as the visits that they come from; open until a record that stands answers them."""

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from pairing.states import IssueState
from visits.querysets.household_visits import nearness
from visits.states import RECORDED


def standing_answers():
    """Those whose record was not taken back, cancelled or withdrawn."""
    answers = apps.get_model("visits", "FindingAnswer").objects.order_by()
    return answers.filter(
        Q(aid__withdrawn_at=None, aid__isnull=False)
        | Q(plan__isnull=False)
        | Q(activity__state__in=RECORDED)
        | Q(issue__isnull=False) & ~Q(issue__state=IssueState.WITHDRAWN)
    )


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        visits = apps.get_model("visits", "HouseholdVisit").objects.visible_to(user)
        return self.filter(visit__in=visits.order_by().values("pk"))

    def with_nearness(self, user):
        """Adds `is_near`, as of the visit."""
        return self.annotate(is_near=nearness(user, "visit__"))

    def standing(self):
        """Those of visits that were not taken back."""
        return self.filter(visit__withdrawn_at=None)

    def with_answered(self):
        """Adds `is_answered`."""
        found = Exists(standing_answers().filter(finding=OuterRef("pk")))
        return self.annotate(
            is_answered=Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())
        )

    def open(self):
        """Without a measure (XY-09)."""
        return self.standing().filter(~Exists(standing_answers().filter(finding=OuterRef("pk"))), settled_at=None)

    def answered(self):
        return self.standing().filter(Exists(standing_answers().filter(finding=OuterRef("pk"))))

    def settled(self):
        return self.standing().filter(settled_at__isnull=False)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def with_visit(self):
        related = ("target_household", "target_member", "target_person", "village", "unit", "round__scheme_version")
        return self.select_related(*(f"visit__{each}" for each in related), "visit__pair", "visit__recorded_by")
