"""The tags of a scheme, under the headings of its text, and those that a pairing bears."""

from itertools import groupby

from pairing.models import Pairing, Round, SchemeVersion
from pairing.schemes.scheme import Tag


def grouped(round: Round) -> list[tuple[str, list[Tag]]]:
    """Heading and tags, in the order of the scheme."""
    return [(group, list(tags)) for group, tags in groupby(round.rules.tags, key=lambda tag: tag.group)]


def borne_by(pairing: Pairing) -> list[Tag]:
    return [tag for tag in pairing.round.rules.tags if tag.key in pairing.tags]


def name_of(key: str) -> str:
    """As the newest scheme that knows it prints it; the key itself where none does."""
    knowing = SchemeVersion.objects.filter(content__tags__contains=[{"key": key}]).order_by("-pk").first()
    return next((tag.name for tag in knowing.rules.tags if tag.key == key), key) if knowing else key


def names() -> dict[str, str]:
    """All tags by key, as the newest scheme that knows each prints it. One statement."""
    lists = SchemeVersion.objects.order_by("pk").values_list("content__tags", flat=True)
    return {tag["key"]: tag["name"] for tags in lists for tag in tags or []}
