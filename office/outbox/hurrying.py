"""Whoever sends is woken once something to send is committed."""

import logging

from kombu.exceptions import OperationalError

from office.tasks import send_outgoing

logger = logging.getLogger(__name__)


def hurry() -> None:
    """Sent at once; where nobody can be told so, beat finds it within a minute."""
    try:
        send_outgoing.delay()
    except OperationalError:
        logger.warning("The broker can't be reached: the outbox waits for the next minute.")
