"""For whom somebody hands in a good case or a contest sheet, and what must not stand in it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from funds.publishing.personal import SHORTEST_NAME, check_public, names_kept_in
from members.models import Household, Person
from organisations.kinds import COMMITTEES, UNITS, Kind
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import DirectoryEntry, Pairing, Round


def authors_for(user: User):
    """Units and villages for which the user acts, and committees below an organiser for which they report."""
    units = within(user.scopes("unit.act")) & Q(kind__in=UNITS)
    villages = within(user.scopes("village.act")) & Q(kind=Kind.VILLAGE)
    committees = within(user.scopes("report.file")) & Q(kind__in=COMMITTEES)
    organisers = Round.objects.order_by().values("organiser")
    found = Organisation.objects.filter(units | villages | committees & ~Q(pk__in=organisers))
    return found.open().order_by("path")


def own_first(rounds, authors):
    """Rounds in whose directory one of the authors stands, before the others."""
    entries = DirectoryEntry.objects.filter(directory=OuterRef("newest_directory"), organisation__in=authors)
    return rounds.annotate(is_own=Exists(entries)).order_by("-is_own", "-starts_on", "-pk")


def may_author(user: User) -> bool:
    """The same without a question to the database; whoever organises rounds hands nothing in to themselves."""
    return user.can("unit.act") or user.can("village.act") or (user.can("report.file") and not user.can("round.manage"))


def names_near(author: Organisation, round: Round) -> set[str]:
    """Names on the rosters of the village, of the villages with which the unit is paired, or of the township."""
    if author.is_village:
        return names_kept_in(author)
    if author.kind == Kind.TOWNSHIP:
        below = within([author.path], "village__path")
        heads = Household.objects.filter(below, erased_at=None).values_list("head", flat=True)
        persons = Person.objects.filter(below, erased_at=None).values_list("name", flat=True)
        return {name for name in (*heads, *persons) if len(name) >= SHORTEST_NAME}
    paired = Pairing.objects.standing().filter(round=round, unit=author).select_related("village")
    return {name for pairing in paired for name in names_kept_in(pairing.village)}


def check_words(texts: Iterable[str], author: Organisation, round: Round) -> None:
    """Everybody of the round reads it, perhaps everybody at all: scanned as disclosures are (P-35)."""
    check_public(texts, names_near(author, round))
