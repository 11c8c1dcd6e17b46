"""The records that count for a duty, as somebody may see them: what stands behind its number."""

from django.db.models import Q, QuerySet

from duties.models import Duty
from funds.models import DisclosedEntry, Disclosure, Feedback
from organisations.models import User
from pairing.models import Plan
from pairing.schemes.duty_words import Counted, Method
from pairing.states import PlanState
from visits.models import Activity, Participant
from visits.states import RECORDED, ActivityState

SHOWN = 50


def activities_of(user: User, duty: Duty) -> QuerySet[Activity]:
    """Confirmed, or waiting for it, newest first; chosen by the rule that `duties.counting` counts by."""
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted not in (Counted.ACTIVITY, Counted.SHARED_RECORD):
        return Activity.objects.none()
    rows = (
        Activity.objects.visible_to(user)
        .filter(pairing=duty.pairing, on__range=(duty.starts_on, duty.counts_until))
        .order_by("-on", "-pk")
    )
    if rule.counted == Counted.SHARED_RECORD:
        return rows.filter(state__in=RECORDED)[:SHOWN]
    rows = rows.filter(Q(state=ActivityState.CONFIRMED) | Q(state=ActivityState.SUBMITTED, corrects=None))
    if rule.method == Method.CLASSES:
        kinds = [kind.key for kind in duty.scheme_version.rules.activity_kinds if kind.group]
        rows = rows.filter(kind__in=kinds)
    else:
        rows = rows.filter(nature__in=rule.natures)
    if rule.roles:
        took_part = Participant.objects.filter(role__in=rule.roles, activity__pairing=duty.pairing)
        rows = rows.filter(pk__in=took_part.order_by().values("activity"))
    return rows[:SHOWN]


def plans_of(user: User, duty: Duty) -> QuerySet[Plan]:
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted != Counted.PLAN:
        return Plan.objects.none()
    years = Q(year=None) | Q(year__range=(duty.starts_on.year, duty.counts_until.year))
    states = (PlanState.CONFIRMED, PlanState.PROPOSED)
    plans = Plan.objects.visible_to(user).filter(years, pairing=duty.pairing, kind=rule.plan, state__in=states)
    return plans.order_by("-year", "-pk")[:SHOWN]


def disclosures_of(duty: Duty) -> QuerySet[Disclosure]:
    """Those in which money of these days was published for long enough: everybody may read them."""
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted != Counted.DISCLOSURE:
        return Disclosure.objects.none()
    days = (duty.starts_on, duty.counts_until)
    told = DisclosedEntry.objects.filter(entry__fund__pairing=duty.pairing, entry__on__range=days)
    return Disclosure.objects.published().filter(pk__in=told.order_by().values("disclosure"))[:SHOWN]


def feedback_of(user: User, duty: Duty) -> QuerySet[Feedback]:
    rule = duty.rule
    if duty.pairing is None or rule is None or rule.counted != Counted.FEEDBACK:
        return Feedback.objects.none()
    sent = Feedback.objects.visible_to(user).filter(sent_at__isnull=False, pairing=duty.pairing)
    return sent.filter(ends_on__range=(duty.starts_on, duty.counts_until))[:SHOWN]
