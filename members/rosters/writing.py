"""Writing what the rows of people wish for: a constant number of statements for a chunk, all of it undoable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.copying import insert_rows, new_ids, update_rows
from core.names import grams, search_text
from core.roster import Line, Verdict, Work
from members.floating.checklist import missing_before_leaving
from members.floating.rules import rules_of, versions_for
from members.kinds import EndReason, PairKind, PairOrigin
from members.models import FloatingRecord, Household, Member, PersonPair
from members.rosters.floating import FloatingWish
from members.rosters.households import HouseholdWish
from members.rosters.leaders import LeaderWish
from members.rosters.namesakes import Somebody
from members.rosters.pairs import MemberPairWish
from members.rosters.people import PersonWish
from members.rosters.roll import HOUSEHOLD_FIELDS, MEMBER_FIELDS
from members.rosters.teams import TeamWish
from members.ruling import rulings_between
from members.states import FloatingState, PairState
from organisations.models import OrganisationLink
from organisations.rosters.directory import Entry
from organisations.rosters.wishes import Wish
from organisations.rosters.writing import create, ensure_place, record
from pairing.models import SchemeVersion

NAMES_KEPT = 32_768
END = ("state", "until", "end_reason", "ended_by_id")
STAY = ("state", "leaves_on", "left_although", "destination_id", "place", "ended_on")
LEFT_BY_ROSTER = _("Away already when the roster was imported.")


def applicable(lines: Sequence[Line]) -> list:
    return [line.plan for line in lines if line.plan and line.verdict in (Verdict.CREATED, Verdict.UPDATED)]


@lru_cache(maxsize=NAMES_KEPT)
def searched(name: str) -> dict[str, object]:
    text = search_text([name])
    return {"search_text": text, "search_grams": grams(text)}


def insert(work: Work, model: type[models.Model], rows: Sequence[dict]) -> list[int]:
    keys = new_ids(model, len(rows))
    for key, row in zip(keys, rows, strict=True):
        row["id"] = key
    insert_rows(model, rows)
    work.changed(model._meta.label_lower).created.extend(keys)
    return keys


def update(work: Work, model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[dict, dict]]) -> None:
    """`rows` are pairs of what is stored and what is to be."""
    changed = [after for before, after in rows if record(work, model._meta.label_lower, before, after)]
    update_rows(model, columns, changed)


def write_people(work: Work, lines: Sequence[Line]) -> None:
    ensure_place(work)
    wishes: list[PersonWish] = applicable(lines)
    write_members(work, wishes)
    write_floating(work, wishes)


def write_members(work: Work, wishes: Sequence[PersonWish]) -> None:
    fresh = [wish for wish in wishes if wish.somebody.pk is None]
    now = timezone.now()
    rows = [
        {
            "organisation_id": wish.somebody.place.pk,
            "name": wish.somebody.name,
            "added_at": now,
            "marks": [mark for mark, bears in wish.marks.items() if bears],
            **wish.fields,
            **searched(wish.somebody.name),
        }
        for wish in fresh
    ]
    for wish, key in zip(fresh, insert(work, Member, rows), strict=True):
        wish.somebody.pk = key
    known = [(wish.somebody.stored, wish) for wish in wishes if wish.somebody.stored is not None]
    update(
        work,
        Member,
        MEMBER_FIELDS,
        [(only(stored, MEMBER_FIELDS), member_after(stored, wish)) for stored, wish in known],
    )


def only(stored: Mapping, columns: Sequence[str]) -> dict:
    return {name: stored[name] for name in ("id", *columns)}


def member_after(stored: Mapping, wish: PersonWish) -> dict:
    kept = [mark for mark in stored["marks"] if wish.marks.get(mark, True)]
    marks = kept + [mark for mark, bears in wish.marks.items() if bears and mark not in kept]
    return only(stored, MEMBER_FIELDS) | wish.fields | {"marks": marks}


def write_floating(work: Work, wishes: Sequence[PersonWish]) -> None:
    """Nobody is told, as of nothing that an import does. A personal link is dead while its record is closed, and lives
    again where the import is undone."""
    stays = [(wish.somebody, wish.stay) for wish in wishes if wish.stay is not None]
    fresh = [(somebody, stay) for somebody, stay in stays if stay.record is None]
    versions = versions_for(somebody.place.path for somebody, _stay in fresh) if fresh else {}
    insert(work, FloatingRecord, [new_stay(work, *each, versions[each[0].place.path]) for each in fresh])
    known = {stay.record.pk: stay for _somebody, stay in stays if stay.record is not None}
    changes = [(only_stay(record), stay_after(record, known[record.pk])) for record in whole_records(list(known))]
    update(work, FloatingRecord, STAY, changes)


def new_stay(work: Work, somebody: Somebody, stay: FloatingWish, version: SchemeVersion | None) -> dict:
    is_incomplete = any(step.before_leaving for step in rules_of(version).steps)
    return {
        "member_id": somebody.pk,
        "origin_id": somebody.place.pk,
        "scheme_version_id": version.pk if version else None,
        "registered_at": timezone.now(),
        "registered_by_id": work.by.pk if work.by else None,
        "left_although": str(LEFT_BY_ROSTER) if is_incomplete else "",
        **stay_fields(stay),
    }


def stay_fields(stay: FloatingWish) -> dict[str, object]:
    return stay.fields | ({"destination_id": stay.destination.pk} if stay.destination else {})


def whole_records(keys: Sequence[int]) -> Iterable[FloatingRecord]:
    """With all that tells which steps before leaving are missing."""
    rows = FloatingRecord.objects.filter(pk__in=keys).order_by().select_related("scheme_version")
    return rows.prefetch_related("ticks", "reports", "deeds", "letters") if keys else ()


def only_stay(record: FloatingRecord) -> dict:
    return {"id": record.pk, **{name: getattr(record, name) for name in STAY}}


def stay_after(record: FloatingRecord, stay: FloatingWish) -> dict:
    after = only_stay(record) | stay_fields(stay)
    if record.state == FloatingState.REGISTERED and missing_before_leaving(record, after["leaves_on"]):
        after["left_although"] = str(LEFT_BY_ROSTER)
    return after


def write_teams(work: Work, lines: Sequence[Line]) -> None:
    """Teams and the villages that only they name, then who serves whom."""
    wishes: list[TeamWish] = applicable(lines)
    ensure_place(work)
    new = {id(entry): entry for wish in wishes for entry in (wish.team, *wish.villages) if entry.pk is None}
    create(work, [Wish(entry) for entry in new.values()])
    today = timezone.localdate()
    rows = [
        {"kind": OrganisationLink.Kind.SERVED, "holder_id": wish.team.pk, "member_id": village.pk, "since": today}
        for wish in wishes
        for village in wish.added
    ]
    ended = [link for wish in wishes for link in wish.ended]
    update(
        work,
        OrganisationLink,
        ("until",),
        [(only(link, ("until",)), only(link, ()) | {"until": today}) for link in ended],
    )
    insert(work, OrganisationLink, rows)


def write_households(work: Work, lines: Sequence[Line]) -> None:
    wishes: list[HouseholdWish] = applicable(lines)
    now, today = timezone.now(), timezone.localdate()
    fresh = [wish for wish in wishes if wish.household.pk is None]
    rows = [
        {
            "village_id": wish.household.place.pk,
            "head": wish.household.name,
            "added_at": now,
            **wish.fields,
            **searched(wish.household.name),
        }
        for wish in fresh
    ]
    for wish, key in zip(fresh, insert(work, Household, rows), strict=True):
        wish.household.pk = key
    known = [
        (only(wish.household.stored, HOUSEHOLD_FIELDS), wish) for wish in wishes if wish.household.stored is not None
    ]
    update(work, Household, HOUSEHOLD_FIELDS, [(stored, stored | wish.fields) for stored, wish in known])
    end_pairs(work, [pair for wish in wishes if wish.is_new_pair for pair in wish.pairs.values()], today)
    pairs = [
        NewPair(wish.cadre, wish.household.place, ("target_household_id", wish.household.pk))
        for wish in wishes
        if wish.cadre is not None and wish.is_new_pair
    ]
    insert_pairs(work, PairKind.CADRE_HOUSEHOLD, pairs, today)


@dataclass
class NewPair:
    """`target`: the column of that side and the key."""

    helper: Somebody
    village: Entry
    target: tuple[str, int | None]


def insert_pairs(work: Work, kind: str, pairs: Sequence[NewPair], today: date) -> None:
    """Each under the pairing of its unit and village, where they are paired, and the round that speaks for it."""
    sides = [(pair.helper.place.path, pair.village.path) for pair in pairs]
    rulings = rulings_between(sides) if sides else {}
    rows = []
    for pair, side in zip(pairs, sides, strict=True):
        ruling = rulings[side]
        column, key = pair.target
        rows.append({
            "kind": kind,
            "state": PairState.ACTIVE,
            "origin": PairOrigin.ROSTER,
            "since": today,
            "made_by_id": work.by.pk if work.by else None,
            "round_id": ruling.round.pk if ruling.round else None,
            "pairing_id": ruling.pairing.pk if ruling.pairing else None,
            "unit_id": pair.helper.place.pk,
            "village_id": pair.village.pk,
            "helper_member_id": pair.helper.pk,
            column: key,
        })  # fmt: skip
    insert(work, PersonPair, rows)


def end_pairs(work: Work, pairs: Sequence[Mapping], today: date) -> None:
    """The help of somebody whom the roster no longer names ends; it stays as history."""
    before = {"state": PairState.ACTIVE, "until": None, "end_reason": "", "ended_by_id": None}
    after = {
        "state": PairState.ENDED,
        "until": today,
        "end_reason": EndReason.REASSIGNED,
        "ended_by_id": work.by.pk if work.by else None,
    }
    update(work, PersonPair, END, [({"id": pair["id"], **before}, {"id": pair["id"], **after}) for pair in pairs])


def write_member_pairs(work: Work, lines: Sequence[Line]) -> None:
    wishes: list[MemberPairWish] = applicable(lines)
    pairs = [NewPair(wish.helper, wish.target.place, ("target_member_id", wish.target.pk)) for wish in wishes]
    insert_pairs(work, PairKind.MEMBER_MEMBER, pairs, timezone.localdate())


def write_leaders(work: Work, lines: Sequence[Line]) -> None:
    wishes: list[LeaderWish] = applicable(lines)
    ensure_place(work)
    write_members(work, [wish.person for wish in wishes])
    today = timezone.localdate()
    end_pairs(work, [pair for wish in wishes for pair in wish.ended], today)
    pairs = [
        NewPair(wish.person.somebody, village, ("target_organisation_id", village.pk))
        for wish in wishes
        for village in wish.added
    ]
    insert_pairs(work, PairKind.LEADER_VILLAGE, pairs, today)
