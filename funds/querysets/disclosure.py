"""Reading disclosures, and which entries are not disclosed yet; chains about people begin with `visible_to(user)`."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Value
from django.db.models.expressions import Func

from funds.kinds import RULES, Hand
from funds.publishing.profiles import days_in_sql
from funds.publishing.states import DisclosureState
from organisations.kinds import Kind
from organisations.querysets import within

# Every receipt and every spending (SH-53): what the keeper of a fund enters.
DISCLOSABLE = tuple(kind for kind, rule in RULES.items() if rule.hand == Hand.KEEPER)


class DisclosureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of villages in one's scope, also while they are prepared; what is published everybody reads."""
        return self.filter(within(user.scopes(), "village__path"))

    def published(self):
        """Those that count: long enough in public."""
        return self.filter(state=DisclosureState.PUBLISHED)

    def public(self):
        """Whatever everybody may read, those of too short a time among them."""
        return self.exclude(state=DisclosureState.DRAFT)

    def newest(self):
        """Without those that a newer published version corrects."""
        return self.exclude(corrected_by__state__in=[DisclosureState.PUBLISHED, DisclosureState.SHORT])


def disclosed() -> Exists:
    lines = apps.get_model("funds", "DisclosedEntry").objects.order_by()
    return Exists(lines.filter(entry=OuterRef("pk"), disclosure__state=DisclosureState.PUBLISHED))


def to_disclose(entries, village=None):
    """Of `entries` those of villages' funds that belong into a disclosure."""
    held = {"fund__holder": village} if village is not None else {"fund__holder__kind": Kind.VILLAGE}
    return entries.filter(kind__in=DISCLOSABLE, **held)


def with_due_day(entries):
    """Adds `due_on`: the day by which an entry is published at the latest, that of its quarter (O-09)."""
    first = Func(Value("quarter"), F("on"), function="date_trunc")
    due = Func(
        first,
        days_in_sql("due_day", "fund__holder__path"),
        output_field=DateField(),
        template="(%(expressions)s)::date",
        arg_joiner=" + interval '3 months' - interval '1 day' + interval '1 day' * ",
    )
    return entries.annotate(due_on=due)


def undisclosed(entries):
    return to_disclose(entries).exclude(disclosed())


def overdue(entries, today: date):
    """Entries that should be published and are not (SH-52, SH-53)."""
    return with_due_day(undisclosed(entries)).filter(due_on__lt=today)
