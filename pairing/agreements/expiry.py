"""The term of a pairing comes to its end: both sides are told 30 and 7 days before, once each (SH-38)."""

from datetime import datetime, timedelta

from django.db.models import F, Func, Q, QuerySet, TextField
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from office import inbox
from pairing.agreements.renewals import joined
from pairing.models import Pairing
from pairing.states import RoundState, Side

STAGES = (30, 7)  # days before the last day
SUBJECT = gettext_noop("The term of your pairing with %(name)s ends on %(day)s")


class PrintedDay(Func):
    """2013年7月31日"""

    function = "to_char"
    template = """%(function)s(%(expressions)s, 'FMYYYY"年"FMMM"月"FMDD"日"')"""
    output_field = TextField()


def remind_expiring(*, at: datetime) -> int:
    """Which stage has a pairing passed that was never told? A missed day catches up, a second run tells nobody.

    Of two stages passed at once only the nearer one is told. One statement a stage and side, however many pairings.
    """
    today = timezone.localtime(at).date()
    bounds = zip(STAGES, (*STAGES[1:], -1), strict=True)
    return sum(tell(days, nearer, side, today, at) for days, nearer in bounds for side in Side)


def ending_between(today, most: int, least: int) -> QuerySet[Pairing]:
    """Signed pairings of running rounds that nobody has renewed, with so many days left: `least` < days <= `most`."""
    days = Q(ends_on__lte=today + timedelta(days=most), ends_on__gt=today + timedelta(days=least))
    return Pairing.objects.signed().filter(days, round__state=RoundState.OPEN, renewed_by=None)


def tell(most: int, least: int, side: Side, today, at: datetime) -> int:
    before, after = reverse("pairing", args=[0]).split("0", 1)
    rows = ending_between(today, most, least).annotate(
        addressee=F(f"{side}_id"),
        message_key=joined("pairing:", f":expires:{most}"),
        message_url=joined(before, after),
        message_params=JSONObject(name=F(f"{side.other}__name"), day=PrintedDay("ends_on")),
    )
    return inbox.tell_rows(
        rows=rows.order_by("pk").values_list("addressee", "message_key", "message_url", "message_params"),
        permission=f"{side}.act",
        subject=SUBJECT,
        kind=inbox.NOTICE,
        at=at,
    )
