"""Under which organisation a roster goes, when nobody has said so: what its titles, names and codes point to."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from organisations.kinds import AREAS, Kind
from organisations.models import Organisation

PLACE_KINDS = (*AREAS, Kind.TOWNSHIP)
AREA = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,7}?(?:市|地区|自治州|盟))?([\u4e00-\u9fff]{1,9}?(?:自治县|县|区|旗|市))"
)


def likely_place(
    places: Sequence[Organisation], titles: Iterable[str], names: Iterable[str], codes: Iterable[str]
) -> Organisation | None:
    """The one of `places` that titles name, else most names begin with, else the codes belong to."""
    titles, names = list(titles), list(names)
    by_length = sorted(places, key=lambda place: -len(place.name))
    for place in by_length:
        if any(place.name in title for title in titles):
            return place
    for place in by_length:
        if names and sum(place.name in name for name in names) * 2 > len(names):
            return place
    prefixes = Counter(code[:6] for code in codes)
    for place in by_length:
        if place.division_code and prefixes and prefixes.most_common(1)[0][0] == place.division_code[:6]:
            return place
    return None


def only_place(places: Sequence[Organisation]) -> Organisation | None:
    """The one place above all others that somebody may import to."""
    roots = [place for place in places if place.depth == min(other.depth for other in places)]
    return roots[0] if len(roots) == 1 else None


def place_in(titles: Iterable[str], names: Iterable[str]) -> str:
    """The name of a county or district that titles or names speak of: to be created, and said so."""
    for title in titles:
        if match := AREA.match(title):
            return match[1] if len(match[1]) > 2 else match[0]
    found = Counter(match[1] for name in names if (match := AREA.match(name)))
    return found.most_common(1)[0][0] if found else ""


def places_for(user) -> list[Organisation]:
    """Where the user may import to; everywhere for the command line."""
    places = Organisation.objects.open().filter(kind__in=PLACE_KINDS)
    return list(places if user is None else places.managed_by(user, "roster.import"))
