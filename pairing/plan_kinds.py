"""The kinds of plans that schemes ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    TERM_PLAN = "term_plan", _("assistance plan")
    YEARLY_PLAN = "yearly_plan", _("yearly assistance plan")
    JOINT_PLAN = "joint_plan", _("joint work plan")
    VILLAGE_PLAN = "village_plan", _("work plan of the village")
    KEY_POINTS = "key_points", _("key points of joint building")
    MEASURES = "measures", _("measures for the village")
    UNIT_PLAN_REFERENCE = "unit_plan_reference", _("in the work plan of the unit")
    BRANCH_PLAN_REFERENCE = "branch_plan_reference", _("in the work plan of the branch")


# Not plans of the pairing, but where other plans name it (TN-22).
REFERENCES = (PlanKind.UNIT_PLAN_REFERENCE, PlanKind.BRANCH_PLAN_REFERENCE)
WRITTEN = tuple(kind for kind in PlanKind if kind not in REFERENCES)
