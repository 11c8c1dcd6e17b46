"""The words of a message to the outside: numbers, days and a link that asks for sign-in; never a name of a person.

A letter has the lines of its message as well, which are meant to be kept outside and are of no person.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from office.models import Outgoing
from office.models.outbox import LETTER
from office.outbox.limits import limit_of


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def letter(outgoing: Outgoing) -> Letter:
    """In the language of the installation. `subject` alone is no part of the text."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("[Jiedui] %(subject)s") % {"subject": outgoing.subject_text}
        address = settings.PUBLIC_URL + outgoing.url
        lines = [*kept(outgoing), address] if outgoing.kind == LETTER else [address, _("The page asks you to sign in.")]
        if outgoing.recipient_id:
            lines.append(_("Choose how you are told: %(url)s") % {"url": f"{settings.PUBLIC_URL}/me/channels/"})
    return Letter(subject, "\n".join(lines))


def kept(outgoing: Outgoing) -> list[str]:
    """What the message of a letter says, and its lines."""
    message = outgoing.parts.select_related("message").get().message
    return [message.body_text, "", *message.params["lines"], ""]


def short_text(outgoing: Outgoing) -> str:
    """Subject and text in one, as long as the service takes it: the subject is cut, never the link."""
    words = letter(outgoing)
    most = limit_of(outgoing).bytes
    return f"{fitted(words.subject, most - len(words.text.encode()) - 1) if most else words.subject}\n{words.text}"


def fitted(text: str, most: int) -> str:
    """Not more bytes of UTF-8 than `most`, no character cut in two."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: max(most - 3, 0)].decode(errors="ignore") + "…"
