"""Reminding units and villages that are behind: at most one message a day each, with numbers, without names."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from core.refusals import Refused
from members.actions.pairs import MANAGE
from members.coverage.counting import Coverage, coverage
from office import inbox
from organisations.history import act, note_capacity
from organisations.kinds import AREAS, DESKS, Kind
from organisations.models import Appointment, Organisation, User
from pairing.schemes.persons import PersonRules

REMINDS_FROM = (*AREAS, *DESKS, Kind.TOWNSHIP, Kind.PARTY_COMMITTEE, Kind.WORK_COMMITTEE, Kind.ORGANS_WORK_COMMITTEE)
KEEPING = "household.edit"


def reminding_post(user: User) -> Appointment | None:
    """The post in which somebody reminds those below: one that manages pairs over an area or a committee."""
    posts = (post for post in user.posts if post.grants(MANAGE) and post.organisation.kind in REMINDS_FROM)
    return next(posts, None)


@act(_("reminded those who are behind with helpers"))
def remind_behind(*, by: User, rules: PersonRules, at: datetime) -> int:
    """Villages with households without a helper, units with members short of their quota. Returns how many."""
    post = reminding_post(by)
    if post is None:
        raise Refused(_("Only whoever manages the pairs of an area reminds others."))
    note_capacity(post)
    behind = behind_in(coverage(by, rules))
    among = Organisation.objects.managed_by(by, MANAGE).filter(pk__in=[pk for pk, _number, _of in behind])
    found = among.in_bulk()
    day = timezone.localdate(at)
    messages = [
        {
            "organisation": found[pk],
            "permission": MANAGE if of == "unit" else KEEPING,
            "subject": SUBJECTS[of],
            "params": {"count": number, "name": found[pk].name, "day": chinese_date(day)},
            "url": reverse("helper_coverage"),
            "kind": inbox.NOTICE,
            "key": f"helper-coverage:{of}:{day}",
            "at": at,
        }
        for pk, number, of in behind
        if pk in found
    ]
    inbox.tell_each(messages)
    return len(messages)


SUBJECTS = {
    "unit": gettext_noop("%(count)s members of %(name)s look after fewer households than the scheme asks (%(day)s)"),
    "village": gettext_noop("%(count)s households in need in %(name)s have no helper (%(day)s)"),
}


def behind_in(figures: Coverage) -> list[tuple[int, int, str]]:
    """Organisation, number, and whether as a unit or as a village."""
    units = [(line.key, line.short, "unit") for line in figures.units if line.short]
    return units + [(line.pk, line.missing, "village") for line in figures.villages if line.missing]
