"""The round that imported pairings belong to: the one chosen, else one that is kept as past, and that is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.dates import localized_date, shift_years
from core.refusals import Refused
from core.roster import Work
from office.rosters.dates import read_date, read_term, serial_day
from organisations.models import User
from pairing.models import Pairing, Round, Scheme, SchemeVersion
from pairing.states import RoundState

KEY = "pairing.round"


@dataclass
class Target:
    """The round, stored or to be created from `starts_on` to `ends_on`; and what stands in it already."""

    round: Round | None
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    pairings: dict[tuple[int, int], dict] = field(default_factory=dict)


def last_day(signed_on: date, years: int) -> date:
    """A term of three years from 15 March ends on 14 March."""
    return shift_years(signed_on, years) - timedelta(days=1)


def survey(work: Work, rows: Iterable[Mapping[str, str]]) -> None:
    """From when to when the pairings run; the round is looked for, or will be created, accordingly."""
    starts: date | None = None
    ends: date | None = None
    for row in rows:
        signed = day_in(row.get("signed_on", ""))
        years = read_term(row.get("term", ""))
        end = day_in(row.get("ends_on", "")) or (last_day(signed, years) if signed and years else None)
        starts = min(filter(None, (starts, signed)), default=None)
        ends = max(filter(None, (ends, end)), default=None)
    starts = starts or date(work.year, 1, 1)
    ends = ends if ends and ends >= starts else max(starts, date(starts.year, 12, 31))
    work.memory[KEY] = find(work, starts, ends)


def day_in(text: str) -> date | None:
    return read_date(text) or (serial_day(float(text)) if text.isdigit() and len(text) == 5 else None)


def find(work: Work, starts: date, ends: date) -> Target:
    """The chosen round, or the past one of the same place and name; else a new one is planned."""
    place = work.place
    if chosen := work.options.get("round"):
        round = Round.objects.filter(pk=chosen).first()
        if round is None:
            raise Refused(_("The chosen round does not exist any more. Choose another one."))
        if place is not None and not (
            round.organiser.path.startswith(place.path) or place.path.startswith(round.organiser.path)
        ):
            raise Refused(_("The chosen round is organised elsewhere. Choose a round of this place."))
        if round.state == RoundState.CLOSED and not round.is_from_roster:
            raise Refused(_("The chosen round is closed and can be read only. Choose another one."))
        return Target(round, pairings=standing(round))
    # Data, not interface: one name whatever the language, so that a second import finds the round again.
    name = f"{place.name if place else work.new_place}{starts.year}年起的结对（由名册导入）"
    round = Round.objects.filter(organiser=place, name=name).first() if place else None
    if round is not None:
        return Target(round, pairings=standing(round))
    work.plan(
        N_("A closed round “%(name)s” from %(starts)s to %(ends)s will be created for these pairings."),
        name=name, starts=localized_date(starts), ends=localized_date(ends),
    )  # fmt: skip
    return Target(None, name, starts, ends)


def standing(round: Round) -> dict[tuple[int, int], dict]:
    """The pairings of a round by unit and village: one statement."""
    rows = Pairing.objects.filter(round=round).standing().order_by()
    columns = ("id", "unit_id", "village_id", "state", "signed_on", "ends_on", "agreements")
    return {(row["unit_id"], row["village_id"]): row for row in rows.values(*columns)}


def ensure(work: Work) -> Round:
    """The round itself, created closed where it is only planned."""
    target: Target = work.memory[KEY]
    if target.round is None:
        assert target.starts_on is not None
        assert target.ends_on is not None
        at = timezone.make_aware(datetime.combine(target.starts_on, time()))
        version = scheme_version(work)
        target.round = Round.objects.create(
            scheme_version=version, organiser=work.place, name=target.name, starts_on=target.starts_on,
            ends_on=target.ends_on, state=RoundState.CLOSED, opened_at=at, closed_at=timezone.now(), closed_by=work.by,
            closing_words=_("Kept from a roster of earlier pairings."), is_from_roster=True,
        )  # fmt: skip
        work.changed("pairing.round").created.append(target.round.pk)
    return target.round


def scheme_version(work: Work) -> SchemeVersion:
    """The chosen scheme, else the one whose name or issuer speaks of the place, else the first."""
    newest = SchemeVersion.objects.select_related("scheme").order_by("scheme__key", "-number").distinct("scheme__key")
    versions = list(newest)
    if not versions:
        raise Refused(_("No scheme is known yet, and a round needs one. Run `manage.py load_schemes` first."))
    chosen = work.options.get("scheme")
    if chosen:
        found = next((version for version in versions if version.scheme.key == chosen), None)
        if found is None:
            raise Refused(_("No scheme has the key “%(key)s”.") % {"key": chosen})
        return found
    name = getattr(work.place, "name", "") or work.new_place
    fitting = [v for v in versions if name and name in f"{v.scheme.name}{v.scheme.issuer}"]
    return (fitting or versions)[0]


def offered_rounds(user: User) -> list[tuple[str, str]]:
    """Rounds that imported pairings may belong to; without a choice a past round is created."""
    rounds = Round.objects.visible_to(user).filter(Q(state=RoundState.OPEN) | Q(is_from_roster=True))
    rounds = rounds.order_by("-starts_on")[:50]
    return [(str(round.pk), round.name) for round in rounds]


def offered_schemes(user: User) -> list[tuple[str, str]]:
    return list(Scheme.objects.values_list("key", "name"))
