"""Feedback from the village to the unit, asked for or by period, with a receipt; and whether a giver is named."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.entering import GIVE, KEEP
from funds.models import Entry, Feedback, Fund, NameConsent
from funds.notices import feedback as notices
from funds.publishing.filling import snapshot
from funds.publishing.profiles import profile_of
from organisations.history import act
from organisations.models import User
from pairing.models import Pairing


@act(_("asked what the aid money did"))
def ask_for_feedback(*, by: User, pairing: Pairing, starts_on: date, ends_on: date, at: datetime) -> Feedback:
    """By the unit; the village answers within the days of the rules (P-24). One question at a time."""
    by.acting(GIVE, pairing.unit)
    check_days(starts_on, ends_on, timezone.localdate(at))
    Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
    if Feedback.objects.filter(pairing=pairing, sent_at=None).exists():
        raise Refused(_("The village was asked already and has not answered yet."))
    due_on = timezone.localdate(at) + timedelta(days=profile_of(pairing.village).reply_days)
    made = Feedback.objects.create(
        pairing=pairing, starts_on=starts_on, ends_on=ends_on, asked_at=at, asked_by=by, due_on=due_on
    )
    notices.ask(made, at)
    return made


@act(_("told the unit what its money did"))
def send_feedback(
    *, by: User, pairing: Pairing, starts_on: date, ends_on: date, words: str, at: datetime
) -> Feedback:  # fmt: skip
    """By the village; answers what the unit asked for, where it did. The sums are those of the ledger."""
    by.acting(KEEP, pairing.village)
    check_days(starts_on, ends_on, timezone.localdate(at))
    fund = Fund.objects.select_for_update(no_key=True).filter(pairing=pairing, last_number__gt=0).first()
    if fund is None:
        raise Refused(_("Nothing has been entered in the ledger of this pairing yet."))
    feedback = Feedback.objects.filter(pairing=pairing, sent_at=None).first() or Feedback(pairing=pairing)
    sums = snapshot(fund)
    for name in ("received", "spent", "cash"):
        setattr(feedback, name, sums[name])
    feedback.starts_on, feedback.ends_on, feedback.words = starts_on, ends_on, words.strip()
    feedback.head, feedback.sent_at, feedback.sent_by = fund.head, at, by
    feedback.save()
    notices.tell_sent(feedback, at)
    return feedback


@act(_("confirmed that feedback was read"))
def note_read(*, by: User, feedback: Feedback, at: datetime) -> Feedback:
    feedback = Feedback.objects.select_for_update(no_key=True, of=("self",)).get(pk=feedback.pk)
    by.acting(GIVE, feedback.pairing.unit)
    if feedback.sent_at is None:
        raise Refused(_("The village has not answered yet."))
    if feedback.read_at is None:
        feedback.read_at, feedback.read_by = at, by
        feedback.save()
        notices.settle_read(feedback, at)
    return feedback


@act(_("said whether the giver may be named"))
def say_name(*, by: User, gift: Entry, is_shown: bool, at: datetime) -> NameConsent:
    """By the giver, for each gift; it can be taken back at any time (P-24)."""
    if gift.giver is None:
        raise Refused(_("Nobody gave this."))
    by.acting(GIVE, gift.giver)
    values = {"is_shown": is_shown, "said_at": at, "said_by": by}
    return NameConsent.objects.update_or_create(entry=gift, defaults=values)[0]


def check_days(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on > ends_on:
        raise Refused(_("The first day must not be after the last."))
    if ends_on > today:
        raise Refused(_("The last day lies in the future."))
