"""Visits at the door: record one, answer what it left open, note that nobody was met, take a wrong entry back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.aids import KEEPING, record_wish, see
from members.actions.pairs import MANAGE
from members.actions.seeing import look_again
from members.kinds import PersonKind
from members.models import Consent, Household, Person, PersonPair
from members.nearness import Rosterable, place_of
from organisations.history import act, note_capacity
from organisations.models import Appointment, User
from pairing.schemes.words import VisitQuestion
from visits import doorstep
from visits.actions.findings import note_findings
from visits.doorstep import Standing
from visits.models import HouseholdVisit


@dataclass(frozen=True)
class Call:
    """What the visitor writes down; `answers` by question, `kinds` beside those that the register knows.

    `needs`: which of the answers, or the words, ask for a measure (XY-09). `care`: what of a left-behind child is
    looked after (TN-10).
    """

    on: date
    met: str
    words: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    needs: Sequence[str] = ()
    care: Sequence[str] = ()

    @property
    def given(self) -> dict[str, str]:
        return {key: text for key in VisitQuestion if (text := self.answers.get(key, "").strip())}


@act(_("recorded a household visit"))
def record_visit(*, by: User, target: Rosterable, call: Call, key: uuid.UUID, at: datetime) -> HouseholdVisit:
    """At the door of a household, member or person. The same `key` again is no second visit.

    A first visit is kept though a question is open, and is incomplete until all are answered (XY-08).
    """
    if known := HouseholdVisit.objects.filter(key=key, recorded_by=by).first():
        return known
    standing = entitled(by, target)
    check_day(call.on, standing.pair, at)
    if call.met not in HouseholdVisit.Met.values:
        raise Refused(_("Say who was met."))
    given = call.given
    if not given and not call.words.strip():
        raise Refused(_("Write a few words, or the answer to one of the questions."))
    visit = begun(by, target, standing, key, call.on, at)
    visit.met, visit.words = call.met, call.words.strip()
    visit.kinds = doorstep.checked_kinds(call.kinds, target, standing.rules)
    visit.care = cared_for(target, call.care)
    visit.asks = doorstep.asked_at(target, standing)
    answer(visit, given)
    visit.save()
    seen(visit)
    keep_wish(by, visit, given, at)
    note_findings(by=by, visit=visit, topics=call.needs, at=at)
    return visit


@act(_("answered open questions of a household visit"))
def complete_visit(
    *, by: User, visit: HouseholdVisit, answers: dict[str, str], needs: Sequence[str] = (), at: datetime
) -> HouseholdVisit:
    """What a first visit left open; what stands there already stays as it is."""
    visit = locked(visit)
    check_author(by, visit)
    given = {key: text.strip() for key, text in answers.items() if key in visit.missing and text.strip()}
    if not given:
        raise Refused(_("Answer one of the open questions."))
    answer(visit, given)
    visit.save()
    keep_wish(by, visit, given, at)
    note_findings(by=by, visit=visit, topics=[topic for topic in needs if topic in given], at=at)
    return visit


@act(_("noted that nobody was met"))
def miss_visit(*, by: User, target: Rosterable, on: date, words: str, key: uuid.UUID, at: datetime) -> HouseholdVisit:
    """Counts as nothing; day and reason are kept."""
    if known := HouseholdVisit.objects.filter(key=key, recorded_by=by).first():
        return known
    standing = entitled(by, target)
    check_day(on, standing.pair, at)
    if not words.strip():
        raise Refused(_("Say why the visit could not take place."))
    visit = begun(by, target, standing, key, on, at)
    visit.took_place, visit.missed_words = False, words.strip()
    visit.save()
    return visit


@act(_("took back a household visit"))
def withdraw_visit(*, by: User, visit: HouseholdVisit, words: str, at: datetime) -> HouseholdVisit:
    """A wrong entry. It stays readable, struck out, and no longer counts as seen."""
    visit = locked(visit)
    check_author(by, visit)
    if not words.strip():
        raise Refused(_("Say why the visit is taken back."))
    visit.withdrawn_at, visit.withdrawn_by, visit.withdrawn_words = at, by, words.strip()
    visit.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_words"])
    look_again(pair=visit.pair, household=visit.target_household)
    return visit


def entitled(by: User, target: Rosterable) -> Standing:
    if target.left_on or target.erased_at:
        raise Refused(_("Whoever is to be visited is no longer on the roster."))
    standing = doorstep.standing_of(by, target)
    if standing is None:
        raise Refused(
            _("Visits are recorded by whoever helps, for them by those who say who helps, and by the two sides.")
        )
    helper = standing.pair.helper_member if standing.pair else None
    if helper is None or helper.user_id != by.pk:
        unit, village = standing.unit, place_of(target)
        asked = ((MANAGE, unit), (KEEPING, village), (doorstep.LOG, village), (doorstep.LOG, unit))
        if post := next(filter(None, (by.capacity(name, place) for name, place in asked)), None):
            note_capacity(post)
    return standing


def cared_for(target: Rosterable, care: Sequence[str]) -> list[str]:
    """A minor is called on with the guardian's consent alone; of a left-behind child it is said what is cared for."""
    if not isinstance(target, Person) or not target.is_minor:
        return []
    if not target.consents.in_force().filter(purpose=Consent.Purpose.MINOR).exists():
        raise Refused(_("The guardian's consent is not on record. The village records it on the page of the child."))
    found = [str(each) for each in HouseholdVisit.Care if each in care]
    if target.kind == PersonKind.LEFT_BEHIND_CHILD and not found:
        raise Refused(_("Say what was looked after: daily life, schooling or growing up."))
    return found


def begun(by: User, target: Rosterable, standing: Standing, key: uuid.UUID, on: date, at: datetime) -> HouseholdVisit:
    sides = {f"target_{target._meta.model_name}": target}
    return HouseholdVisit(
        key=key, pair=standing.pair, unit=standing.unit, village=place_of(target), round=standing.round, on=on,
        recorded_at=at, recorded_by=by, **sides,
    )  # fmt: skip


def answer(visit: HouseholdVisit, given: dict[str, str]) -> None:
    for key, text in given.items():
        setattr(visit, key, text)
    visit.answered = [key for key in VisitQuestion if key in {*visit.answered, *given}]


def seen(visit: HouseholdVisit) -> None:
    """The helper was with them on that day; a call by somebody else reaches the household alone."""
    if visit.pair is not None:
        pair = PersonPair.objects.select_for_update(no_key=True, of=("self",)).get(pk=visit.pair.pk)
        see(pair, visit.on)
    elif visit.target_household_id:
        Household.objects.filter(pk=visit.target_household_id).exclude(seen_on__gte=visit.on).update(seen_on=visit.on)


def keep_wish(by: User, visit: HouseholdVisit, given: dict[str, str], at: datetime) -> None:
    """What the household wishes stands on its page too, before measures are taken (XY-03)."""
    wish = given.get(VisitQuestion.WISHES)
    if wish and visit.pair is not None and visit.target_household_id:
        record_wish(by=by, pair=visit.pair, words=wish, at=at)


def locked(visit: HouseholdVisit) -> HouseholdVisit:
    rows = HouseholdVisit.objects.with_target().select_related("pair__helper_member")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=visit.pk)


def check_author(by: User, visit: HouseholdVisit) -> None:
    """By its author, or whoever looks after the pair; never once it was taken back."""
    if visit.withdrawn_at:
        raise Refused(_("This visit was taken back already."))
    if visit.recorded_by_id == by.pk:
        return
    post = mending_post(by, visit)
    if post is None:
        raise Refused(_("Only whoever recorded the visit, and those who say who helps, change it."))
    note_capacity(post)


def mending_post(by: User, visit: HouseholdVisit) -> Appointment | None:
    return by.capacity(MANAGE, visit.unit) or by.capacity(KEEPING, visit.village)


def check_day(on: date, pair: PersonPair | None, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
    if pair is not None and on < pair.since:
        raise Refused(_("On that day this pair did not exist yet; choose a later day."))
