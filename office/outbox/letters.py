"""Letters: a message of the inbox that also goes out by mail with all that it says, to be kept outside the product.

Only what is of no person and no secret is written so: `params["lines"]` of the message. Whoever takes no mail, or
wants to hear of deadlines only, has it in the inbox alone.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from office.models import ChannelChoice, DigestPart, Message, Outgoing
from office.models.messages import NOTICE
from office.models.outbox import LETTER
from office.outbox.hurrying import hurry
from office.outbox.states import Medium
from office.outbox.timing import Hours
from organisations.models import Appointment, User


@transaction.atomic
def write_letters(letters: Sequence[tuple[Appointment, Message]], *, url: str, at: datetime) -> int:
    """To each in that post, in five statements however many; `url` is where the mail leads to.

    The same key to the same person once more is an IntegrityError, and nothing is written. Returns how many are mailed.
    """
    for post, message in letters:
        message.recipient_id, message.kind, message.sent_at, message.settled_at = post.user_id, NOTICE, at, at
    Message.objects.bulk_create(message for _post, message in letters)
    people = [post.user_id for post, _message in letters]
    choices = {choice.user_id: choice for choice in ChannelChoice.objects.filter(user__in=people)}
    reached = set(User.objects.filter(pk__in=people).exclude(email="").values_list("pk", flat=True))
    mailed = []
    for post, message in letters:
        choice = choices.get(post.user_id) or ChannelChoice(user_id=post.user_id)
        if post.user_id in reached and choice.by_mail and not choice.only_deadlines:
            mailed.append((message, outgoing_of(post, message, choice, url, at)))
    Outgoing.objects.bulk_create(row for _message, row in mailed)
    DigestPart.objects.bulk_create(DigestPart(outgoing=row, message=message) for message, row in mailed)
    if mailed:
        transaction.on_commit(hurry)
    return len(mailed)


def outgoing_of(post: Appointment, message: Message, choice: ChannelChoice, url: str, at: datetime) -> Outgoing:
    told = {name: value for name, value in message.params.items() if name != "lines"}
    hours = Hours(choice.quiet_from, choice.quiet_until, choice.workdays_only)
    return Outgoing(
        recipient_id=post.user_id, medium=Medium.MAIL, organisation_id=post.organisation_id, kind=LETTER,
        key=message.key, subject=message.subject, params=told, url=url, made_at=at, next_at=hours.first_moment(at),
    )  # fmt: skip
