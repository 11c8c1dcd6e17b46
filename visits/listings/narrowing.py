"""What a list says when a link from a page of figures has narrowed it."""

from organisations.models import Organisation
from organisations.requests import Request

LONGEST_KEY = 9


def narrowed_to(request: Request) -> list[str]:
    """In words, to which organisations a link from the figures has narrowed a list."""
    keys = [request.GET.get(name, "") for name in ("unit", "village")]
    known = [int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_KEY]
    found = Organisation.objects.readable_by(request.user).filter(pk__in=known) if known else []
    return [organisation.name for organisation in found]
