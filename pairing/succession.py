"""What pairing hands over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from pairing.actions.taking_over import Succession
from pairing.agreements import renewals
from pairing.directories import insert_entries, reachable
from pairing.models import Directory, DirectoryEntry, Issue, Round
from pairing.passing import pass_messages, pass_resources
from pairing.states import RoundState, Side

Pair = tuple[Organisation, Organisation | None]


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """Open proposals, standing pairings, agreements under negotiation and issues go to the first successor.

    Where an organisation goes on, everything stays with it. Each running round gets a new version of its directory.
    Returns what was done, in sentences.
    """
    first: dict[Organisation, Organisation | None] = {}
    for old, new in successions:
        first.setdefault(old, new)
    told = []
    for old, new in first.items():
        told += Succession(old, new, reason, on, at, by).pass_on()
        if new is not None and new != old:
            told += [*pass_issues(old, new), *pass_resources(old, new)]
            pass_messages(old, new)
    told += list_anew(successions, by, at)
    ask_anew(first.values(), at)
    return told


def pass_issues(old: Organisation, new: Organisation) -> list[str]:
    """Issues that are still to be dealt with: whom they are about, and who has to solve them."""
    running = Issue.objects.running()
    running.filter(organisation=old).update(organisation=new)
    owned = running.filter(owner=old).update(owner=new, owner_post=None)
    words = {"count": owned, "name": new.name}
    return [_("%(count)s issues go over to %(name)s.") % words] if owned else []


def list_anew(successions: Sequence[Pair], by: User | None, at: datetime) -> list[str]:
    """A new version of each directory that lists one of them: without those that are gone, with those that follow."""
    named = {organisation.pk for pair in successions for organisation in pair if organisation}
    listed = DirectoryEntry.objects.filter(directory=OuterRef("newest_directory"), organisation__in=named)
    rounds = Round.objects.filter(Exists(listed)).exclude(state=RoundState.CLOSED).order_by("pk")
    return [republish(round, successions, by, at) for round in rounds.select_related("organiser", "scheme_version")]


def republish(round: Round, successions: Sequence[Pair], by: User | None, at: datetime) -> str:
    """The same organisations as printed today, each successor on the side of whom it follows."""
    before = round.newest_directory_id
    version = round.directories.aggregate(newest=Max("version"))["newest"] + 1
    directory = Directory.objects.create(round=round, version=version, published_at=at, published_by=by)
    former = {old.pk for old, _new in successions}
    gone = former - {new.pk for _old, new in successions if new}
    for side in Side:
        lines = DirectoryEntry.objects.filter(directory=before, side=side).order_by()
        known = set(lines.filter(organisation__in=former).values_list("organisation", flat=True))
        followers = [new.pk for old, new in successions if new and old.pk in known]
        stay = Q(pk__in=lines.values("organisation"), closed_on=None) & ~Q(pk__in=gone)
        follow = Q(pk__in=reachable(round, side).filter(pk__in=followers).order_by().values("pk"))
        insert_entries(directory, side, Organisation.objects.filter(stay | follow))
    round.newest_directory = directory
    round.save(update_fields=["newest_directory"])
    words = {"round": round.name, "version": version}
    return _("The directory of “%(round)s” has a new version (%(version)s).") % words


def ask_anew(successors: Iterable[Organisation | None], at: datetime) -> None:
    """Whoever stands in for another now is asked about the renewals that are still open."""
    if any(successors):
        following = Round.objects.filter(state=RoundState.OPEN, previous__isnull=False)
        for round in following.select_related("scheme_version"):
            renewals.ask(round, at)
