"""The ends of the chains go to whoever watches over the money: what lies in their mailboxes nobody here can alter.

A letter has the ledgers that have grown since the one before; the first has all. What is too much for one letter comes
with the next: it goes on from `until`, the moment up to which the last one told.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from funds.querysets.supervision import WATCH
from office.models import Message
from office.outbox.letters import write_letters
from organisations.models import Appointment, Organisation
from organisations.roles import ROLES

KEY = "ledger-heads"
MOST = 2000  # lines of one letter
BATCH = 200
SETTLED = timedelta(hours=1)  # longer than any entry is on its way: what is older is committed
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # before any ledger was kept here
# Of each person the ends that are new to them, by the places from which they are watched. The last entry of each
# ledger is found by its number: it does not matter how many entries there are.
NEW_ENDS = """
    WITH ends AS (
        SELECT DISTINCT p.person, e.entered_at, e.fund_id, e.number, e.hash
        FROM funds_fund f JOIN organisations_organisation o ON o.id = f.holder_id
        CROSS JOIN LATERAL (
            SELECT fund_id, number, hash, entered_at FROM funds_entry
            WHERE fund_id = f.id AND entered_at <= %(until)s ORDER BY number DESC LIMIT 1
        ) e
        CROSS JOIN generate_series(%(step)s, length(o.path), %(step)s) AS size
        JOIN unnest(%(people)s::bigint[], %(scopes)s::text[], %(since)s::timestamptz[]) AS p (person, scope, since)
            ON p.scope = left(o.path, size) AND e.entered_at > p.since
    ), ranked AS (SELECT *, rank() OVER (PARTITION BY person ORDER BY entered_at) AS place FROM ends)
    SELECT person, entered_at, fund_id, number, hash FROM ranked WHERE place <= %(most)s + 1
    ORDER BY person, entered_at, fund_id
"""


class End(NamedTuple):
    person: int
    entered_at: datetime
    fund: int
    number: int
    hash: str


@transaction.atomic
def mail_heads(*, at: datetime) -> int:
    """Once a day to each; four statements, and five for each batch of people. Returns how many were written to."""
    key, until = f"{KEY}:{timezone.localdate(at)}", at - SETTLED
    roles = [name for name, role in ROLES.items() if WATCH in role.permissions]
    posts = Appointment.objects.current(timezone.localdate(at)).filter(role__in=roles, user__is_active=True)
    places = list(posts.select_related("organisation").order_by("pk"))
    told = last_told([post.user_id for post in places])
    places = [post for post in places if told.get(post.user_id, ("", ""))[0] != key]
    since = {post.user_id: told.get(post.user_id, (key, BEGINNING.isoformat()))[1] for post in places}
    of_person = {post.user_id: post for post in reversed(places)}
    letters = ((of_person[person], letter_of(ends, key, at, until)) for person, ends in new_ends(places, since, until))
    number = 0
    while batch := list(islice(letters, BATCH)):
        write_letters(batch, url=reverse("open_check"), at=at)
        number += len(batch)
    return number


def last_told(people: list[int]) -> dict[int, tuple[str, str]]:
    """Of each person the key of the last letter, and up to which moment it told."""
    rows = Message.objects.filter(recipient__in=people, key__startswith=f"{KEY}:").order_by("recipient", "-sent_at")
    found = rows.distinct("recipient").values_list("recipient", "key", "params__until")
    return {person: (key, until) for person, key, until in found}


def new_ends(places: list[Appointment], since: dict[int, str], until: datetime) -> Iterator[tuple[int, list[End]]]:
    given = {
        "people": [post.user_id for post in places], "scopes": [post.scope_path for post in places],
        "since": [since[post.user_id] for post in places], "until": until, "step": Organisation.steplen, "most": MOST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NEW_ENDS, given)
        for person, ends in groupby((End(*row) for row in cursor.fetchall()), key=lambda end: end.person):
            yield person, list(ends)


def letter_of(ends: list[End], key: str, at: datetime, until: datetime) -> Message:
    """`lines`: as a poster prints them, whole."""
    if len(ends) > MOST:
        edge = ends[MOST].entered_at
        ends = [end for end in ends if end.entered_at < edge] or ends
        until = ends[-1].entered_at
    day = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        lines = [
            _("No. %(fund)s, entry %(number)s: %(head)s")
            % {"fund": end.fund, "number": end.number, "head": end.hash} for end in ends
        ]  # fmt: skip
    return Message(
        key=key, url=reverse("ledger_heads", args=[day]),
        subject=gettext_noop("The ends of %(number)s ledgers of aid money, to be kept (%(day)s)"),
        body=gettext_noop(
            "Keep these lines outside the product. Whoever alters or removes an entry later can't make the ledger "
            "agree with them again. Anybody checks a line on the page “Check a ledger”, without signing in."
        ),
        params={"number": len(lines), "day": chinese_date(day), "lines": lines, "until": until.isoformat()},
    )  # fmt: skip
