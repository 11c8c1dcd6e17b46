"""Giving a duty to a colleague of the post that owes it, and taking it back."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from core.refusals import Refused
from duties.models import Assignment, Duty
from duties.querysets import FULFIL
from duties.states import DutyState
from office import inbox
from office.models.messages import NOTICE
from organisations.history import act
from organisations.models import Appointment, Organisation, User

YOURS = gettext_noop("A duty is yours to see to by %(day)s: %(name)s (%(where)s)")


def owners_of(duty: Duty) -> dict[str, Organisation]:
    """By the permission of the posts that answer for it: the organisations whose posts these are."""
    found = {
        "unit": duty.unit, "village": duty.village, "committee": duty.committee,
        "floating": duty.floating and duty.floating.origin,
    }  # fmt: skip
    if not any(found.values()):
        found["organiser"] = duty.organisation
    return {FULFIL[side]: owner for side, owner in found.items() if owner}


def answered_by(user: User, duty: Duty) -> list[Organisation]:
    """Of these the ones for which the user answers by a post."""
    return [owner for permission, owner in owners_of(duty).items() if user.can(permission, owner)]


def may_assign(user: User, duty: Duty) -> bool:
    return duty.state == DutyState.OPEN and not duty.is_met and bool(answered_by(user, duty))


def colleagues(user: User, duty: Duty) -> QuerySet[Appointment]:
    """The posts at these organisations that somebody else holds today."""
    posts = Appointment.objects.current().filter(organisation__in=answered_by(user, duty), user__is_active=True)
    return posts.exclude(user=user).select_related("user", "organisation").order_by("organisation__path", "user__name")


@act(_("gave a duty to somebody"))
def assign(*, by: User, duty: Duty, post: Appointment, words: str, at: datetime) -> Assignment:
    """It stays owed by the organisation; whoever had it before has it no longer."""
    duty = locked(by, duty)
    if not colleagues(by, duty).filter(pk=post.pk).exists():
        raise Refused(_("Choose somebody who holds a post at the organisation that owes this duty."))
    end(by, duty, at)
    made = Assignment.objects.create(duty=duty, post=post, words=words.strip(), assigned_at=at, assigned_by=by)
    content = {"day": chinese_date(duty.due_on), "name": duty.name, "where": str(duty.where)}
    inbox.tell_person(
        user=post.user, subject=YOURS, body="", url=reverse("duty", args=[duty.pk]), kind=NOTICE,
        key=f"duty-assigned:{made.pk}", at=at, params=content,
    )  # fmt: skip
    return made


@act(_("took a duty back"))
def take_back(*, by: User, duty: Duty, at: datetime) -> None:
    if not end(by, locked(by, duty), at):
        raise Refused(_("Nobody in particular sees to this duty."))


def locked(by: User, duty: Duty) -> Duty:
    duty = Duty.objects.select_for_update(of=("self",)).related().get(pk=duty.pk)
    if not may_assign(by, duty):
        raise Refused(_("This duty is no longer owed, or your posts do not answer for it."))
    return duty


def end(by: User, duty: Duty, at: datetime) -> int:
    return Assignment.objects.filter(duty=duty, ended_at=None).update(ended_at=at, ended_by=by)


def assignee() -> Subquery:
    """Of each duty the name of whom it was given to; NULL where nobody in particular sees to it."""
    given = Assignment.objects.standing().filter(duty=OuterRef("pk"))
    return Subquery(given.values("post__user__name")[:1])


def assigned(duty: Duty) -> Assignment | None:
    return Assignment.objects.standing().filter(duty=duty).select_related("post__user", "assigned_by").first()
