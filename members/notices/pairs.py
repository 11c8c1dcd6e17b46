"""What helper and village are told of a person-to-person pair. No name of anybody in need stands in a message."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from members.models import PersonPair
from office import inbox
from organisations.models import User

KIND = inbox.NOTICE


def tell_paired(pair: PersonPair, at: datetime) -> None:
    tell_helper(pair, gettext_noop("You are named as a helper in %(village)s from %(day)s"), "made", at)
    tell_village(pair, gettext_noop("%(unit)s names a helper for somebody in %(village)s"), "made", at)


def tell_ended(pair: PersonPair, at: datetime) -> None:
    tell_released(pair, at)
    tell_village(pair, gettext_noop("A helper from %(unit)s no longer helps somebody in %(village)s"), "ended", at)


def tell_released(pair: PersonPair, at: datetime) -> None:
    tell_helper(pair, gettext_noop("You are no longer a helper for somebody in %(village)s since %(day)s"), "ended", at)


def helper_user(pair: PersonPair) -> User | None:
    return pair.helper_member.user if pair.helper_member else None


def tell_helper(pair: PersonPair, subject: str, step: str, at: datetime) -> None:
    if user := helper_user(pair):
        inbox.tell_person(
            user=user, subject=subject, body="", url=pair.get_absolute_url(), kind=KIND, key=key(pair, step), at=at,
            params=params(pair),
        )  # fmt: skip


def tell_village(pair: PersonPair, subject: str, step: str, at: datetime) -> None:
    """Whoever keeps the households of the village; nobody where the village itself said so."""
    if pair.unit_id == pair.village_id:
        return
    inbox.tell(
        organisations=[pair.village], permission="household.edit", subject=subject, body="", params=params(pair),
        url=pair.get_absolute_url(), kind=KIND, key=key(pair, step), at=at,
    )  # fmt: skip


def tell_village_of_all(pairs: Sequence[PersonPair], on: date, at: datetime) -> None:
    """Of many that end on a day, in one statement."""
    subject = gettext_noop("A helper from %(unit)s no longer helps somebody in %(village)s")
    inbox.tell_each(
        {
            "organisation": pair.village, "permission": "household.edit", "subject": subject,
            "url": pair.get_absolute_url(), "params": params(pair) | {"day": chinese_date(on)}, "kind": KIND,
            "key": key(pair, "ended"), "at": at,
        }
        for pair in pairs
        if pair.unit_id != pair.village_id
    )  # fmt: skip


def params(pair: PersonPair) -> dict[str, str]:
    day = pair.until or pair.since
    return {"village": pair.village.name, "unit": pair.unit.name, "day": chinese_date(day)}


def key(pair: PersonPair, step: str) -> str:
    return f"person-pair:{pair.pk}:{step}"
