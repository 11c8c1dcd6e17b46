"""Which round a person most likely means where none was chosen."""

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from organisations.models import User
from organisations.querysets import within
from pairing.models import DirectoryEntry, Round

LARGE = 1_000  # lines of a directory: beyond this all rounds are equally large


class NumberOf(Subquery):
    """How many rows: a slice is counted no further than its end."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()


def nearness(user: User) -> tuple[OrderBy, ...]:
    """Open ones first; of these one's own, then those in which somebody of one's own takes part."""
    own = models.Q(organiser__in={post.organisation_id for post in user.posts})
    mine = DirectoryEntry.objects.filter(within(user.scopes(), "organisation__path"))
    return (
        models.F("state").desc(),
        models.ExpressionWrapper(own, models.BooleanField()).desc(),
        Exists(mine.filter(directory=OuterRef("newest_directory"))).desc(),
    )


def own_first(rounds: QuerySet[Round], user: User) -> QuerySet[Round]:
    """The nearest first; of those that are equally near the latest."""
    return rounds.order_by(*nearness(user), "-starts_on", "-pk")


def nearest_first(rounds: QuerySet[Round], user: User) -> QuerySet[Round]:
    """The nearest first; of those that are equally near the largest, which takes longer to find."""
    lines = DirectoryEntry.objects.filter(directory=OuterRef("newest_directory")).order_by().values("pk")
    return rounds.order_by(*nearness(user), NumberOf(lines[:LARGE]).desc(), "-pk")
