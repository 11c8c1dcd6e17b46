"""What a dashboard is asked for: a round and an area, both chosen by the address."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet

from organisations.kinds import AREAS, Kind
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.round_order import nearest_first

MOST_PLACES = 60
CHOOSABLE = (*AREAS, Kind.TOWNSHIP, Kind.PARTY_COMMITTEE, Kind.WORK_COMMITTEE)


@dataclass
class Asked:
    """`place` is None for all that the reader's posts cover."""

    user: User
    given: dict[str, str]

    @cached_property
    def readable(self) -> QuerySet[Round]:
        rows = Round.objects.visible_to(self.user).published()
        return rows.select_related("organiser", "scheme_version", "newest_directory").prefetch_related("milestones")

    @cached_property
    def rounds(self) -> list[Round]:
        """To choose from."""
        return list(nearest_first(self.readable, self.user))

    @cached_property
    def round(self) -> Round | None:
        asked = self.given.get("round", "")
        chosen = self.readable.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
        return chosen or (self.rounds[0] if self.rounds else None)

    @cached_property
    def places(self) -> list[Organisation]:
        """The areas within the round that the reader covers; only these can be chosen."""
        if self.round is None:
            return []
        rows = Organisation.objects.visible_to(self.user).under(self.round.organiser).open()
        found = rows.filter(kind__in=CHOOSABLE).exclude(pk=self.round.organiser_id)
        return list(found.only("name", "path", "kind")[:MOST_PLACES])

    @cached_property
    def place(self) -> Organisation | None:
        asked = self.given.get("place", "")
        return next((each for each in self.places if str(each.pk) == asked), None)

    @property
    def scopes(self) -> list[str]:
        return [self.place.path] if self.place else self.user.scopes()

    @property
    def is_whole(self) -> bool:
        """All of the round: the reader covers its organiser, and no area is chosen."""
        assert self.round is not None
        return any(self.round.organiser.path.startswith(path) for path in self.scopes)

    @property
    def query(self) -> str:
        assert self.round is not None
        return urlencode({"round": self.round.pk} | ({"place": self.place.pk} if self.place else {}))
