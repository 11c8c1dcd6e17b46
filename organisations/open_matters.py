"""What is open in the hands of a person in a post, before it is handed over: each app tells its own.

settings.OPEN_MATTERS names functions f(user, organisation) that return (title, address) of each matter.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from organisations.models import Appointment


def open_matters(post: Appointment) -> list[tuple[str, str]]:
    """Each address once, as the first to tell it calls it: a message says the same as the record that it leads to."""
    found: dict[str, str] = {}
    for name in settings.OPEN_MATTERS:
        for title, address in import_string(name)(post.user, post.organisation):
            found.setdefault(address, title)
    return [(title, address) for address, title in found.items()]
