"""Which kinds of plans the two sides write, and which only refer to a plan kept elsewhere."""

from pairing.schemes.words import PlanKind

REFERENCES = (PlanKind.UNIT_PLAN_REFERENCE, PlanKind.BRANCH_PLAN_REFERENCE)  # TN-22
WRITTEN = tuple(kind for kind in PlanKind if kind not in REFERENCES)
