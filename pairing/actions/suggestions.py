"""Suggestions to an organisation department, and its reply (SH-22)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from office import inbox
from organisations.history import act, note_capacity
from organisations.kinds import AREAS
from organisations.models import Appointment, Organisation, User
from pairing.models import Suggestion
from pairing.notices.market import TURN
from pairing.states import SuggestionState, check_transition

REPLIES = "round.manage"
SPEAKS = ("unit.act", "village.act", "units.choose", "issue.manage")  # who of these acts for an organisation


def addressees(*organisations: Organisation):
    """The committees above them that organise rounds or have an organisation department, the nearest first."""
    step = Organisation.steplen
    above = {each.path[:end] for each in organisations for end in range(step, len(each.path) + 1, step)}
    organising = Q(rounds__isnull=False) | Q(kind__in=AREAS)
    return Organisation.objects.filter(organising, path__in=above).distinct().order_by("-path")


def posts_that_speak(user: User) -> list[Appointment]:
    """Those in which `user` acts for the organisation: an auditor reads, but never writes in its name."""
    return [post for post in user.posts if any(post.grants(permission) for permission in SPEAKS)]


@act(_("made a suggestion to the organisation department"))
def suggest(
    *, by: User, organisation: Organisation, organiser: Organisation, title: str, words: str, at: datetime
) -> Suggestion:
    """By whoever acts for `organisation`, to a committee above it."""
    places = ((post, (post.scope_path, post.organisation.path)) for post in posts_that_speak(by))
    post = next((post for post, paths in places if organisation.path in paths), None)
    if post is None:
        raise Refused(_("You hold no post in which you act for %(name)s.") % {"name": organisation.name})
    if not addressees(organisation).filter(pk=organiser.pk).exists():
        raise Refused(_("Choose a committee above %(name)s.") % {"name": organisation.name})
    if not title.strip() or not words.strip():
        raise Refused(_("Write what you suggest: one line, and the words."))
    note_capacity(post)
    made = Suggestion.objects.create(
        organiser=organiser,
        organisation=organisation,
        title=title.strip(),
        words=words.strip(),
        written_at=at,
        written_by=by,
        written_as=post,
    )
    inbox.tell(
        organisations=[organiser],
        permission=REPLIES,
        subject=gettext_noop("%(name)s suggests: %(title)s"),
        body="",
        params={"name": organisation.name, "title": made.title},
        url=made.get_absolute_url(),
        kind=TURN,
        key=f"suggestion:{made.pk}",
        at=at,
    )
    return made


@act(_("replied to a suggestion"))
def reply(*, by: User, suggestion: Suggestion, words: str, at: datetime) -> Suggestion:
    """Once, in words; whoever wrote it is told in person."""
    rows = Suggestion.objects.select_for_update(no_key=True, of=("self",)).select_related("organiser", "written_by")
    suggestion = rows.get(pk=suggestion.pk)
    by.acting(REPLIES, suggestion.organiser)
    check_transition(suggestion.state, SuggestionState.ANSWERED, _("This suggestion has been answered already."))
    if not words.strip():
        raise Refused(_("Write the reply; whoever made the suggestion will read it."))
    suggestion.state, suggestion.reply = SuggestionState.ANSWERED, words.strip()
    suggestion.replied_at, suggestion.replied_by = at, by
    suggestion.save()
    inbox.settle(key=f"suggestion:{suggestion.pk}", at=at)
    inbox.tell_person(
        user=suggestion.written_by,
        subject=gettext_noop("%(name)s replied to your suggestion: %(title)s"),
        body="",
        params={"name": suggestion.organiser.name, "title": suggestion.title},
        url=suggestion.get_absolute_url(),
        kind=inbox.NOTICE,
        key=f"suggestion:{suggestion.pk}:reply",
        at=at,
    )
    return suggestion
