"""The records that count for a duty, as somebody may see them: what stands behind its number."""

from django.db.models import Q, QuerySet

from duties.models import Duty
from organisations.models import User
from pairing.models import Plan
from pairing.schemes.duty_words import Counted, Method
from pairing.states import PlanState
from visits.models import Activity, Participant
from visits.states import ActivityState

SHOWN = 50


def activities_of(user: User, duty: Duty) -> QuerySet[Activity]:
    """Confirmed, or waiting for it, newest first; chosen by the rule that `duties.counting` counts by."""
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted != Counted.ACTIVITY:
        return Activity.objects.none()
    counts = Q(state=ActivityState.CONFIRMED) | Q(state=ActivityState.SUBMITTED, corrects=None)
    rows = Activity.objects.visible_to(user).filter(
        counts, pairing=duty.pairing, on__range=(duty.starts_on, duty.counts_until)
    )
    if rule.method == Method.CLASSES:
        kinds = [kind.key for kind in duty.scheme_version.rules.activity_kinds if kind.group]
        rows = rows.filter(kind__in=kinds)
    else:
        rows = rows.filter(nature__in=rule.natures)
    if rule.roles:
        took_part = Participant.objects.filter(role__in=rule.roles, activity__pairing=duty.pairing)
        rows = rows.filter(pk__in=took_part.order_by().values("activity"))
    return rows.order_by("-on", "-pk")[:SHOWN]


def plans_of(user: User, duty: Duty) -> QuerySet[Plan]:
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted != Counted.PLAN:
        return Plan.objects.none()
    years = Q(year=None) | Q(year__range=(duty.starts_on.year, duty.counts_until.year))
    states = (PlanState.CONFIRMED, PlanState.PROPOSED)
    plans = Plan.objects.visible_to(user).filter(years, pairing=duty.pairing, kind=rule.plan, state__in=states)
    return plans.order_by("-year", "-pk")[:SHOWN]
