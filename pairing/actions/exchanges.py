"""Taking up what stands on the board of resources: ask, answer, say that it was done, confirm (SH-25)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import ResourceEntry, ResourceExchange
from pairing.notices import resources as notices
from pairing.personal import check_nothing_personal
from pairing.speaking import speaking, speaking_post
from pairing.states import EntryState, ExchangeState, check_transition

OPEN = (ExchangeState.ASKED, ExchangeState.ACCEPTED, ExchangeState.DONE)


@act(_("asked on the board of resources"))
def ask(*, by: User, entry: ResourceEntry, asker: Organisation, words: str, at: datetime) -> ResourceExchange:
    """Somebody of the area wants what is offered, or can give what is asked for."""
    entry = lock_entry(entry)
    post = speaking_for(by, asker)
    today = timezone.localdate(at)
    if entry.state != EntryState.OPEN or (entry.until and entry.until < today):
        raise Refused(_("This is no longer open on the board."))
    if asker.pk == entry.organisation_id:
        raise Refused(_("This is your own; wait until somebody answers."))
    if not ResourceEntry.objects.visible_to(by).filter(pk=entry.pk).exists():
        raise Refused(_("This belongs to another area."))
    if entry.exchanges.filter(asker=asker, state__in=OPEN).exists():
        raise Refused(_("You have asked already; your question is still open."))
    check_said(words, _("Write what you have in mind; the other side will read it."))
    exchange = ResourceExchange.objects.create(
        entry=entry, asker=asker, words=words.strip(), asked_at=at, asked_by=by, asked_as=post
    )
    notices.tell_poster(exchange, gettext_noop("%(name)s answers on the board of resources: %(title)s"), at)
    return exchange


@act(_("agreed on the board of resources"))
def accept_exchange(*, by: User, exchange: ResourceExchange, words: str = "", at: datetime) -> ResourceExchange:
    """The offer or request is taken, unless it is for several."""
    exchange = locked(exchange)
    speaking_for(by, exchange.entry.organisation)
    check_nothing_personal(words)
    move(exchange, ExchangeState.ACCEPTED)
    if not exchange.entry.for_several:
        check_transition(exchange.entry.state, EntryState.MATCHED, _("This is no longer open on the board."))
        exchange.entry.state = EntryState.MATCHED
        exchange.entry.save(update_fields=["state"])
    answered(exchange, by, words, at)
    notices.tell_asker(exchange, gettext_noop("%(name)s agrees: %(title)s"), at)
    return exchange


@act(_("declined on the board of resources"))
def decline_exchange(*, by: User, exchange: ResourceExchange, words: str, at: datetime) -> ResourceExchange:
    exchange = locked(exchange)
    speaking_for(by, exchange.entry.organisation)
    check_said(words, _("Give the reason; the other side will read it."))
    move(exchange, ExchangeState.DECLINED)
    answered(exchange, by, words, at)
    notices.tell_asker(exchange, gettext_noop("%(name)s declines: %(title)s"), at)
    return exchange


@act(_("withdrew from a match on the board of resources"))
def withdraw_exchange(*, by: User, exchange: ResourceExchange, words: str = "", at: datetime) -> ResourceExchange:
    """By the asker at any time, by the other side once agreed, with a reason; the place on the board is free again."""
    exchange = locked(exchange)
    agreed = exchange.state == ExchangeState.ACCEPTED
    asks = own_end(by, exchange) if agreed else bool(speaking_for(by, exchange.asker))
    if agreed:
        check_said(words, _("Say why it comes to nothing; the other side will read it."))
    move(exchange, ExchangeState.WITHDRAWN)
    exchange.outcome = words.strip()
    exchange.save()
    entry = exchange.entry
    if agreed and entry.state == EntryState.MATCHED:
        entry.state = EntryState.OPEN
        entry.save(update_fields=["state"])
    notices.settle([exchange], at)
    tell = notices.tell_poster if asks else notices.tell_asker
    tell(exchange, gettext_noop("%(name)s withdrew: %(title)s"), at, news=True)
    return exchange


@act(_("said that a match on the board of resources was done"))
def report_done(*, by: User, exchange: ResourceExchange, on: date, words: str, at: datetime) -> ResourceExchange:
    """By either side; the other one confirms."""
    exchange = locked(exchange)
    asks = own_end(by, exchange)
    check_said(words, _("Say what was done; the other side confirms it."))
    if on > timezone.localdate(at):
        raise Refused(_("The day lies in the future."))
    move(exchange, ExchangeState.DONE)
    exchange.outcome, exchange.done_on, exchange.done_by_asker = words.strip(), on, asks
    exchange.save()
    tell = notices.tell_poster if asks else notices.tell_asker
    tell(exchange, gettext_noop("%(name)s says that it was done, please confirm: %(title)s"), at)
    return exchange


@act(_("confirmed a match on the board of resources"))
def confirm_done(*, by: User, exchange: ResourceExchange, at: datetime) -> ResourceExchange:
    exchange = locked(exchange)
    speaking_for(by, exchange.entry.organisation if exchange.done_by_asker else exchange.asker)
    move(exchange, ExchangeState.CONFIRMED)
    exchange.confirmed_at, exchange.confirmed_by = at, by
    exchange.save()
    notices.settle([exchange], at)
    tell = notices.tell_asker if exchange.done_by_asker else notices.tell_poster
    tell(exchange, gettext_noop("%(name)s confirms that it was done: %(title)s"), at, news=True)
    return exchange


@act(_("did not confirm a match on the board of resources"))
def return_done(*, by: User, exchange: ResourceExchange, words: str, at: datetime) -> ResourceExchange:
    """Not done, or not so: agreed as before."""
    exchange = locked(exchange)
    said_by_asker = exchange.done_by_asker
    speaking_for(by, exchange.entry.organisation if said_by_asker else exchange.asker)
    check_said(words, _("Say what is missing; the other side will read it."))
    move(exchange, ExchangeState.ACCEPTED)
    exchange.outcome, exchange.done_on, exchange.done_by_asker = words.strip(), None, None
    exchange.save()
    notices.settle([exchange], at)
    tell = notices.tell_asker if said_by_asker else notices.tell_poster
    tell(exchange, gettext_noop("%(name)s does not see it done: %(title)s"), at, news=True)
    return exchange


def speaking_for(by: User, organisation: Organisation):
    words = _("You do not speak for %(name)s on the board of resources.")
    return speaking(by, organisation, words % {"name": organisation.name})


def own_end(by: User, exchange: ResourceExchange) -> bool:
    """Whether `by` speaks for the asker; refused where for neither."""
    asks = speaking_post(by, exchange.asker) is not None
    speaking_for(by, exchange.asker if asks else exchange.entry.organisation)
    return asks


def check_said(words: str, sentence) -> None:
    if not words.strip():
        raise Refused(sentence)
    check_nothing_personal(words)


def lock_entry(entry: ResourceEntry) -> ResourceEntry:
    rows = ResourceEntry.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation").get(pk=entry.pk)


def locked(exchange: ResourceExchange) -> ResourceExchange:
    """As it is now; what it answers to is locked first."""
    entry = lock_entry(exchange.entry)
    rows = ResourceExchange.objects.select_for_update(no_key=True, of=("self",)).select_related("asker")
    exchange = rows.get(pk=exchange.pk)
    exchange.entry = entry
    return exchange


def move(exchange: ResourceExchange, then: ExchangeState) -> None:
    words = {"state": exchange.get_state_display()}
    check_transition(exchange.state, then, _("This can't be done now: it is “%(state)s”.") % words)
    exchange.state = then


def answered(exchange: ResourceExchange, by: User, words: str, at: datetime) -> None:
    exchange.answer, exchange.answered_at, exchange.answered_by = words.strip(), at, by
    exchange.save()
    notices.settle([exchange], at)
