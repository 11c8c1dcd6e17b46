"""Applicants between two places: both inspect, both ask for opinions, both put up a notice (AH-35, TC-03)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.refusals import Refused
from members.actions.floating import check_not_after, check_sound
from members.floating.kinds import TWICE, Desk, StepKind
from members.models import ApplicantStep, FloatingApplicant
from members.querysets.floating import KEEP
from members.states import ApplicantState, check_transition
from organisations.history import act
from organisations.models import Organisation, User

ERASE = "person.erase"


@act(_("entered an applicant between two places"))
def enter_applicant(
    *,
    by: User,
    name: str,
    origin: Organisation,
    destination: Organisation,
    lead: str,
    applied_on: date,
    at: datetime,
) -> FloatingApplicant:
    """By one of the two places. `lead` is in charge; what the other does is taken on (相互衔接)."""
    applicant = FloatingApplicant(
        name=name.strip(), origin=origin, destination=destination, lead=lead, applied_on=applied_on
    )
    acting(by, applicant)
    check_not_after(applied_on, at)
    applicant.entered_at, applicant.entered_by = at, by
    check_sound(applicant)
    applicant.save()
    return applicant


@act(_("noted a step of an applicant"))
def note_step(
    *,
    by: User,
    applicant: FloatingApplicant,
    kind: str,
    desk: str,
    on: date,
    at: datetime,
    until: date | None = None,
    words: str = "",
) -> ApplicantStep:
    """Each place notes what it did itself; a notice counts once its last day is past."""
    applicant = locked(applicant)
    by.acting(KEEP, applicant.origin if desk == Desk.ORIGIN else applicant.destination)
    check_open(applicant)
    check_not_after(on, at)
    if on < applicant.applied_on:
        raise Refused(_("Nothing is noted for days before the application."))
    step = ApplicantStep(applicant=applicant, kind=kind, desk=desk, on=on, words=words.strip())
    step.until = until if kind == StepKind.NOTICE else None
    step.noted_at, step.noted_by = at, by
    check_sound(step)
    step.save()
    return step


@act(_("declared the double cultivation of an applicant complete"))
def complete(*, by: User, applicant: FloatingApplicant, at: datetime) -> FloatingApplicant:
    """By the place in charge, and only once both places have inspected, asked and given notice to the end."""
    applicant = locked(applicant)
    by.acting(KEEP, applicant.origin if applicant.lead == Desk.ORIGIN else applicant.destination)
    today = timezone.localdate(at)
    missing = missing_steps(applicant, today)
    if missing:
        words = {"steps": pgettext("between words", ", ").join(missing)}
        raise Refused(_("Not complete yet. Still missing: %(steps)s.") % words)
    return close(applicant, ApplicantState.COMPLETE, "", today)


@act(_("ended the cultivation of an applicant"))
def end_applicant(*, by: User, applicant: FloatingApplicant, words: str, at: datetime) -> FloatingApplicant:
    applicant = locked(applicant)
    acting(by, applicant)
    if not words.strip():
        raise Refused(_("Say why it ends."))
    return close(applicant, ApplicantState.ENDED, words.strip(), timezone.localdate(at))


@act(_("erased the personal data of an applicant"))
def erase_applicant(*, by: User, applicant: FloatingApplicant, at: datetime) -> FloatingApplicant:
    """Name and words go, days and places stay; only of a record that is closed."""
    applicant = locked(applicant)
    by.acting(ERASE, applicant.origin)
    if applicant.state == ApplicantState.CULTIVATED:
        raise Refused(_("Close the record first; then the personal data can be erased."))
    forget([applicant.pk], at)
    applicant.refresh_from_db()
    return applicant


def forget(keys: Sequence[int], at: datetime) -> None:
    """Of any number, in two statements. They are locked."""
    ApplicantStep.objects.filter(applicant__in=keys).update(words="")
    gone = {"name": "", "end_words": "", "erased_at": at, "erases_on": None}
    FloatingApplicant.objects.filter(pk__in=keys).update(**gone)


def close(applicant: FloatingApplicant, then: ApplicantState, words: str, on: date) -> FloatingApplicant:
    sentence = _("This can't be done now: it is “%(state)s”.") % {"state": applicant.get_state_display()}
    check_transition(applicant.state, then, sentence)
    applicant.state, applicant.closed_on, applicant.end_words = then, on, words
    applicant.save()
    return applicant


def missing_steps(applicant: FloatingApplicant, today: date) -> list[str]:
    """What one of the two places still has to do, in words; a notice that still hangs is missing too."""
    done = {(step.kind, step.desk) for step in applicant.steps.all() if step.until is None or step.until < today}
    wanted = [(kind, desk) for desk in Desk for kind in TWICE if (kind, desk) not in done]
    return [f"{desk.label}{kind.label}" for kind, desk in wanted]


def acting(by: User, applicant: FloatingApplicant) -> None:
    """For either of the two places."""
    place = applicant.destination if by.can(KEEP, applicant.destination) else applicant.origin
    by.acting(KEEP, place)


def check_open(applicant: FloatingApplicant) -> None:
    if applicant.state != ApplicantState.CULTIVATED:
        raise Refused(_("This record is closed; it can be read only."))


def locked(applicant: FloatingApplicant) -> FloatingApplicant:
    rows = FloatingApplicant.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("origin", "destination").get(pk=applicant.pk)
