"""What is done in a pair: help given, a talk, the wish of a household, the plan by which hardship is left behind."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.pairs import MANAGE, locked
from members.actions.seeing import look_again
from members.models import Aid, HardshipPlan, Household, PersonPair
from members.states import PairState
from organisations.history import act, note_capacity
from organisations.models import Appointment, User
from pairing.schemes.persons import PersonRules

KEEPING = "household.edit"


@act(_("noted help or a talk"))
def note_aid(*, by: User, pair: PersonPair, sort: str, service: str = "", on: date, words: str, at: datetime) -> Aid:
    """By the helper, or for them by whoever manages the pairs or keeps the households."""
    pair = locked(pair)
    check_looks_after(by, pair)
    check_in_force(pair)
    check_day(pair, on, timezone.localdate(at))
    name = service_name(rules_of(pair), service)
    if sort == Aid.Sort.TALK and not words.strip():
        raise Refused(_("Say in a few words what the talk was about."))
    if sort == Aid.Sort.AID and not (name or words.strip()):
        raise Refused(_("Say what was given: choose a service or write a few words."))
    if sort == Aid.Sort.AID:
        check_wish(pair)
    note = Aid.objects.create(
        pair=pair, sort=sort, service=service, name=name, on=on, words=words.strip(), noted_at=at, noted_by=by
    )
    see(pair, on)
    return note


@act(_("took back a note"))
def withdraw_aid(*, by: User, note: Aid, words: str, at: datetime) -> Aid:
    """A wrong entry: by its author, or by whoever manages the pair. It stays readable, struck out."""
    pair = locked(note.pair)
    note = Aid.objects.select_for_update(no_key=True).get(pk=note.pk)
    if note.noted_by_id != by.pk:
        check_manages_target(by, pair)
    if note.is_withdrawn:
        raise Refused(_("This note was taken back already."))
    if not words.strip():
        raise Refused(_("Say why the note is taken back."))
    note.withdrawn_at, note.withdrawn_by, note.withdrawn_words = at, by, words.strip()
    note.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_words"])
    look_again(pair=pair, household=pair.target_household)
    return note


@act(_("recorded the wish of a household"))
def record_wish(*, by: User, pair: PersonPair, words: str, at: datetime) -> Household:
    """What the household wants for its own development, before measures are taken (XY-03)."""
    pair = locked(pair)
    check_looks_after(by, pair)
    check_in_force(pair)
    household = pair.target_household
    if household is None:
        raise Refused(_("A wish is recorded for a household."))
    if not words.strip():
        raise Refused(_("Write down what the household wishes."))
    household.wish, household.wished_on = words.strip(), timezone.localdate(at)
    household.save(update_fields=["wish", "wished_on"])
    return household


@act(_("wrote a plan for leaving hardship"))
def write_plan(
    *, by: User, pair: PersonPair, content: str, measures: str, leaves_on: date, at: datetime
) -> HardshipPlan:
    """A new version each time (TN-16); the earlier ones stay."""
    pair = locked(pair)
    check_looks_after(by, pair)
    check_in_force(pair)
    if pair.target_organisation_id:
        raise Refused(_("A plan for leaving hardship is written for a household or a person."))
    check_wish(pair)
    if not content.strip() or not measures.strip():
        raise Refused(_("Write both where things stand and what will be done."))
    if leaves_on <= timezone.localdate(at):
        raise Refused(_("The day by which hardship is left behind lies in the future."))
    number = pair.hardship_plans.count() + 1
    return HardshipPlan.objects.create(
        pair=pair, number=number, content=content.strip(), measures=measures.strip(), leaves_on=leaves_on,
        written_at=at, written_by=by,
    )  # fmt: skip


def looking_after(by: User, pair: PersonPair) -> tuple[bool, Appointment | None]:
    """Whether the user may write in the pair - as the helper, or in a post."""
    post = by.capacity(MANAGE, pair.unit) or by.capacity(KEEPING, pair.village)
    return bool(post) or (pair.helper_member is not None and pair.helper_member.user_id == by.pk), post


def check_looks_after(by: User, pair: PersonPair) -> None:
    may, post = looking_after(by, pair)
    if not may:
        raise Refused(_("Only the helper, and those who manage the pairs or keep the households, write here."))
    if post and pair.helper_member and pair.helper_member.user_id != by.pk:
        note_capacity(post)


def check_manages_target(by: User, pair: PersonPair) -> None:
    post = by.capacity(MANAGE, pair.unit) or by.capacity(KEEPING, pair.village)
    if post is None:
        raise Refused(_("Only whoever wrote the note, or whoever manages the pair, takes it back."))
    note_capacity(post)


def check_in_force(pair: PersonPair) -> None:
    if pair.state != PairState.ACTIVE:
        raise Refused(_("This pair has ended; nothing is added to it."))


def check_day(pair: PersonPair, on: date, today: date) -> None:
    if on > today:
        raise Refused(_("The day must not lie in the future."))
    if on < pair.since:
        raise Refused(_("On that day this pair did not exist yet; choose a later day."))


def check_wish(pair: PersonPair) -> None:
    """XY-03: where the scheme asks for it, no measure before the household's own wish."""
    household = pair.target_household
    if household is not None and rules_of(pair).wish_first and not household.wish:
        raise Refused(_("By the scheme the household's own wish is recorded first. Enter the wish, then the measures."))


def rules_of(pair: PersonPair) -> PersonRules:
    return pair.round.rules.persons if pair.round else PersonRules()


def service_name(rules: PersonRules, code: str) -> str:
    """What the scheme calls the service; refused where it has none of that code."""
    if not code:
        return ""
    name = next((each.name for each in rules.services if each.key == code), "")
    if not name:
        raise Refused(_("Choose one of the services."))
    return name


def see(pair: PersonPair, on: date) -> None:
    """The target was seen on that day, if not later still."""
    pair.seen_on = max(on, pair.seen_on or on)
    pair.save(update_fields=["seen_on"])
    if pair.target_household_id:
        households = Household.objects.filter(pk=pair.target_household_id)
        households.exclude(seen_on__gte=on).update(seen_on=on)
