"""Which round a person most likely means where none was chosen."""

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from organisations.models import User
from organisations.querysets import within
from pairing.models import DirectoryEntry, Round

LARGE = 1_000  # lines of a directory: beyond this all rounds are equally large


class NumberOf(Subquery):
    """How many rows: a slice is counted no further than its end."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()


def own_first(rounds: QuerySet[Round], user: User) -> QuerySet[Round]:
    """Open ones first; of these one's own, then those in which somebody of one's own takes part; the latest first."""
    own = models.Q(organiser__in={post.organisation_id for post in user.posts})
    mine = DirectoryEntry.objects.filter(within(user.scopes(), "organisation__path"))
    found = rounds.annotate(
        is_own=models.ExpressionWrapper(own, models.BooleanField()),
        takes_part=Exists(mine.filter(directory=OuterRef("newest_directory"))),
    )
    return found.order_by("-state", "-is_own", "-takes_part", "-starts_on", "-pk")


def nearest_first(rounds: QuerySet[Round], user: User) -> QuerySet[Round]:
    """As `own_first`, but of those that are equally near the largest first, which takes longer to find."""
    lines = DirectoryEntry.objects.filter(directory=OuterRef("newest_directory")).order_by().values("pk")
    found = own_first(rounds, user).annotate(size=NumberOf(lines[:LARGE]))
    return found.order_by("-state", "-is_own", "-takes_part", "-size", "-pk")
