"""Questions and objections: raised by anybody, answered by the village, passed on to the township."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.entering import KEEP
from funds.models import Disclosure, Entry, Objection
from funds.notices import objections as notices
from funds.publishing.personal import check_public, names_kept_in
from funds.publishing.profiles import profile_of
from funds.publishing.states import DisclosureState
from organisations.history import act
from organisations.models import Organisation, User

SUPERVISE = "fund.supervise"


@act(_("asked or objected"))
def raise_objection(
    *,
    by: User | None,
    village: Organisation,
    kind: str,
    words: str,
    key: UUID,
    at: datetime,
    contact: str = "",
    disclosure: Disclosure | None = None,
    entry: Entry | None = None,
) -> Objection:
    """By anybody; who it was is not kept. The same `key` is the same question."""
    if known := Objection.objects.filter(key=key).first():
        return known
    if kind not in Objection.Kind.values:
        raise Refused(_("Say whether it is a question or an objection."))
    if not words.strip():
        raise Refused(_("Write down what you want to know, or what is wrong."))
    check_public([words], names_kept_in(village))
    if disclosure is not None and (disclosure.village_id != village.pk or disclosure.state == DisclosureState.DRAFT):
        raise Refused(_("This disclosure belongs to another village."))
    if entry is not None and entry.fund.holder_id != village.pk:
        raise Refused(_("This entry belongs to another village."))
    due_on = timezone.localdate(at) + timedelta(days=profile_of(village).reply_days)
    made = Objection.objects.create(
        village=village, kind=kind, words=words.strip(), contact=contact.strip(), key=key, raised_at=at, due_on=due_on,
        disclosure=disclosure, entry=entry,
    )  # fmt: skip
    notices.ask_village(made, at)
    return made


@act(_("answered a question or an objection"))
def answer_objection(
    *, by: User, objection: Objection, words: str, at: datetime, hides_words: bool = False
) -> Objection:
    """By the village, in time or late; everybody reads it."""
    objection = locked(objection)
    by.acting(KEEP, objection.village)
    if objection.answered_at is not None:
        raise Refused(_("It is answered; what was answered stays."))
    check_answer(objection, words)
    objection.answer, objection.hides_words = words.strip(), hides_words
    objection.answered_at, objection.answered_by = at, by
    objection.save()
    notices.settle_village(objection, at)
    return objection


@act(_("passed a question or an objection on to the township"))
def pass_on(*, by: User | None, objection: Objection, at: datetime) -> Objection:
    """By whoever raised it: not content with the answer, or without one in time."""
    objection, today = locked(objection), timezone.localdate(at)
    if objection.second_due_on is not None:
        return objection
    if not objection.may_be_passed_on(today):
        raise Refused(_("The village still has time to answer."))
    objection.second_due_on = today + timedelta(days=profile_of(objection.village).second_days)
    objection.save()
    notices.ask_township(objection, at)
    return objection


@act(_("answered a question or an objection for the township"))
def answer_second(*, by: User, objection: Objection, words: str, at: datetime) -> Objection:
    """By whoever supervises the village, once it was passed on."""
    objection = locked(objection)
    by.acting(SUPERVISE, objection.village)
    if not objection.waits_for_township:
        raise Refused(_("Nobody waits for an answer of the township."))
    check_answer(objection, words)
    objection.second_answer, objection.second_answered_at, objection.second_answered_by = words.strip(), at, by
    objection.save()
    notices.settle_township(objection, at)
    return objection


def check_answer(objection: Objection, words: str) -> None:
    if not words.strip():
        raise Refused(_("Write down the answer."))
    check_public([words], names_kept_in(objection.village))


def locked(objection: Objection) -> Objection:
    rows = Objection.objects.select_for_update(no_key=True, of=("self",)).select_related("village")
    return rows.get(pk=objection.pk)
