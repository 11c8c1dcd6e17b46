"""Reminding by hand all that are behind in some duties of a round: each post once a day, without names."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from duties.models import Reminder
from duties.querysets import FULFIL, DutyQuerySet
from duties.reminding import tell_owners
from office.outbox.digests import compose_digests
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.rounds import locked
from pairing.models import Round
from pairing.states import RoundState

BY_HAND = gettext_noop("A reminder from the organiser: %(count)s duties are late (%(day)s): see which")
SHOWN = 60
SIDES = ("unit", "village", "committee")
Post = tuple[int, str]  # the organisation and the permission by which its posts are found


@dataclass
class Behind:
    """Of each post the duties that it is behind in, each with its last day. `told`: posts reminded by hand today, which
    are left out."""

    posts: dict[Post, list[tuple[int, date]]] = field(default_factory=lambda: defaultdict(list))
    told: int = 0

    @property
    def duties(self) -> int:
        return len({pk for owed in self.posts.values() for pk, _due_on in owed})


def may_remind(user: User, round: Round) -> bool:
    return round.state == RoundState.OPEN and user.can("round.manage", round.organiser)


def behind(duties: DutyQuerySet, round: Round, today: date) -> Behind:
    """Two statements. `duties` are late ones of the round."""
    told = set(
        Reminder.objects.filter(duty__round=round, sent_by__isnull=False, digest_on=today)
        .order_by()
        .values_list("organisation", "permission")
    )
    found = Behind()
    reminded = set()
    for pk, due_on, *owners in duties.order_by("pk").values_list("pk", "due_on", *SIDES):
        for owner, side in zip(owners, SIDES, strict=True):
            post = (owner, FULFIL[side])
            if owner and post in told:
                reminded.add(post)
            elif owner:
                found.posts[post].append((pk, due_on))
    found.told = len(reminded)
    return found


def names_of(found: Behind) -> list[tuple[Organisation, int]]:
    """The first of them, most duties first, with their number. One statement."""
    first = sorted(found.posts, key=lambda post: (-len(found.posts[post]), post))[:SHOWN]
    named = Organisation.objects.in_bulk([owner for owner, _permission in first])
    return [(named[post[0]], len(found.posts[post])) for post in first]


@act(_("reminded those that are behind with duties"))
def remind_behind(*, by: User, round: Round, duties: DutyQuerySet, at: datetime) -> int:
    """Returns how many posts were told. Refused where everybody that is behind was reminded today."""
    round = locked(by, round)
    if round.state != RoundState.OPEN:
        raise Refused(_("Only in an open round is anybody behind."))
    today = timezone.localdate(at)
    found = behind(duties, round, today)
    if not found.posts:
        raise Refused(ALREADY if found.told else _("Nobody is behind in these duties."))
    Reminder.objects.bulk_create(
        Reminder(
            duty_id=pk, stage=(today - due_on).days, due_on=due_on, organisation_id=owner, permission=permission,
            digest_on=today, made_at=at, sent_by=by,
        )
        for (owner, permission), owed in found.posts.items()
        for pk, due_on in owed
    )  # fmt: skip
    made = Reminder.objects.filter(sent_by__isnull=False, digest_on=today, made_at=at, duty__round=round)
    tell_owners(made, today, at, subject=BY_HAND, key=f"duties-by-hand:{round.pk}")
    compose_digests(at)
    return len(found.posts)


ALREADY = _("All that are behind in these duties were reminded today already. The next reminder is possible tomorrow.")
