"""May this person give posts and codes? Each question raises `Refused` with the sentence that the page shows."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import note_capacity
from organisations.models import Appointment, Organisation, User
from organisations.roles import ROLES


def giving_post(giver: User, role: str, organisation: Organisation) -> Appointment | None:
    """The post that lets `giver` give `role` at `organisation`: its scope holds all that the new post would reach."""
    for post in giver.posts:
        reaches = organisation.scope_path.startswith(post.scope_path)
        if post.grants("appointment.manage") and reaches and role in ROLES[post.role].appoints:
            return post
    return None


def check_may_give(giver: User | None, role: str, organisation: Organisation) -> None:
    """`giver` None is the command line."""
    if giver is None:
        return
    post = giving_post(giver, role, organisation)
    if post is None:
        raise Refused(
            _("None of your posts lets you give the role “%(role)s” at %(name)s.")
            % {"role": ROLES[role].name if role in ROLES else role, "name": organisation.name}
        )
    note_capacity(post)


def check_may_appoint(giver: User | None, person: User, role: str, organisation: Organisation) -> None:
    if giver is not None and giver.pk == person.pk:
        raise Refused(_("Nobody gives a post to themselves. Ask somebody else who keeps posts."))
    check_may_give(giver, role, organisation)


def check_may_manage(giver: User | None, person: User) -> None:
    """Codes, sign-in: only where `giver` could have given every post that the person holds or will hold.

    Otherwise a code printed in one county would open the account of somebody who also works in another.
    """
    if giver is None:
        return
    if giver.pk == person.pk:
        raise Refused(_("This can't be done for yourself. Ask somebody else who keeps posts."))
    posts = list(held_or_coming(person))
    if not posts:
        raise Refused(_("%(name)s holds no post. Give a post first.") % {"name": person.name})
    for post in posts:
        check_may_give(giver, post.role, post.organisation)


def held_or_coming(person: User):
    return person.appointments.filter(Q(until=None) | Q(until__gte=timezone.localdate())).select_related("organisation")


def givable_roles(giver: User) -> list[str]:
    """What a form may offer; the place is checked by the act."""
    given = [ROLES[post.role].appoints for post in giver.posts if post.grants("appointment.manage")]
    return [key for key in ROLES if any(key in roles for roles in given)]


def check_may_edit(editor: User | None, organisation: Organisation, narrower: str = "") -> None:
    """`organisation.edit` changes everything; `narrower` names the permission that is enough for this part."""
    if editor is None:
        return
    own = bool(narrower) and editor.can(narrower, organisation)
    editor.acting(narrower if own else "organisation.edit", organisation)


def check_may_read_personal_data(reader: User, person: User) -> None:
    """A post that grants it must cover one of the person's own posts."""
    for post in held_or_coming(person):
        if reader.can("personal.read", post.organisation):
            reader.acting("personal.read", post.organisation)
            return
    raise Refused(_("None of your posts allows this for %(name)s.") % {"name": person.name})
