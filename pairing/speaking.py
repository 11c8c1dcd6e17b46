"""Who speaks for an organisation itself: the posts that act for a side, or the staff of a committee for their own."""

from core.refusals import Refused
from organisations.history import note_capacity
from organisations.models import Appointment, Organisation, User

ACTING = ("unit.act", "village.act")
MANAGE = "issue.manage"
RAISE = "issue.raise"


def speaking_post(user: User, organisation: Organisation) -> Appointment | None:
    posts = [post for permission in ACTING if (post := user.capacity(permission, organisation))]
    staff = (post for post in user.posts if post.grants(MANAGE) and post.scope_path == organisation.path)
    return next(iter(posts), None) or next(staff, None)


def speaking(by: User, organisation: Organisation, sentence) -> Appointment:
    """The post, noted in the history; or `sentence` as the refusal."""
    post = speaking_post(by, organisation)
    if post is None:
        raise Refused(sentence)
    note_capacity(post)
    return post


def own_organisations(user: User):
    """Those for which the user speaks: the places of their posts."""
    posts = (post for post in user.posts if any(post.grants(permission) for permission in (*ACTING, MANAGE)))
    return Organisation.objects.open().filter(path__in={str(post.scope_path) for post in posts})
