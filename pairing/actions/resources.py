"""The board of resources: post an offer or a request, take it down, turn a known need or strength into one (SH-25)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Facility, Need, Organisation, Strength, User
from pairing.models import ResourceEntry, ResourceExchange
from pairing.models.resource import Direction
from pairing.notices import resources as notices
from pairing.personal import check_nothing_personal
from pairing.rules import check_in_being
from pairing.speaking import speaking
from pairing.states import EntryState, ExchangeState, check_transition

FIELDS = ("resource", "title", "details", "quantity", "facility", "since", "until", "for_several")
NOT_YOURS = _("You do not speak for %(name)s on the board of resources.")


@act(_("posted on the board of resources"))
def post_entry(
    *,
    by: User,
    organisation: Organisation,
    direction: str,
    resource: str,
    title: str,
    at: datetime,
    details: str = "",
    quantity: str = "",
    facility: Facility | None = None,
    since: date | None = None,
    until: date | None = None,
    for_several: bool = False,
) -> ResourceEntry:
    post = speaking(by, organisation, NOT_YOURS % {"name": organisation.name})
    check_in_being(organisation)
    entry = ResourceEntry(organisation=organisation, direction=direction, posted_at=at, posted_by=by, posted_as=post)
    given = (resource, title, details, quantity, facility, since, until, for_several)
    fill(entry, dict(zip(FIELDS, given, strict=True)), timezone.localdate(at))
    return entry


@act(_("changed an offer or a request"))
def change_entry(*, by: User, entry: ResourceEntry, at: datetime, **fields) -> ResourceEntry:
    entry = own_entry(by, entry)
    if entry.state != EntryState.OPEN:
        raise Refused(_("Only what is still open can be changed; post a new one."))
    fill(entry, fields, timezone.localdate(at))
    return entry


@act(_("took an offer or a request down"))
def withdraw_entry(*, by: User, entry: ResourceEntry, at: datetime) -> ResourceEntry:
    """Whoever asked and has no answer yet is told."""
    entry = own_entry(by, entry)
    check_transition(entry.state, EntryState.WITHDRAWN, _("This is no longer open on the board."))
    entry.state = EntryState.WITHDRAWN
    entry.save(update_fields=["state"])
    asked = list(entry.exchanges.filter(state=ExchangeState.ASKED).select_related("asker"))
    ResourceExchange.objects.filter(pk__in=[each.pk for each in asked]).update(
        state=ExchangeState.DECLINED, answered_at=at, answered_by=by
    )
    notices.tell_taken_down(entry, asked, at)
    return entry


@act(_("turned a known need or strength into a request or an offer"))
def post_known(*, by: User, known: Need | Strength, at: datetime) -> ResourceEntry:
    """In one click, with its own name and kind; details can be added later."""
    asks = isinstance(known, Need)
    organisation = known.village if isinstance(known, Need) else known.unit
    direction = Direction.REQUEST if asks else Direction.OFFER
    speaking(by, organisation, NOT_YOURS % {"name": organisation.name})
    same = ResourceEntry.objects.filter(organisation=organisation, direction=direction, title=known.name)
    if found := same.filter(state=EntryState.OPEN).first():
        return found
    return post_entry(
        by=by,
        organisation=organisation,
        direction=direction,
        resource=known.resource,
        title=known.name,
        details=known.note,
        for_several=not asks,
        at=at,
    )


def expire_entries(*, today: date) -> int:
    """What nobody took up until its last day leaves the board. One statement."""
    passed = ResourceEntry.objects.filter(state=EntryState.OPEN, until__lt=today)
    return passed.update(state=EntryState.EXPIRED)


def own_entry(by: User, entry: ResourceEntry) -> ResourceEntry:
    rows = ResourceEntry.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    entry = rows.get(pk=entry.pk)
    speaking(by, entry.organisation, NOT_YOURS % {"name": entry.organisation.name})
    return entry


def fill(entry: ResourceEntry, fields: dict, today: date) -> None:
    for name in FIELDS:
        setattr(entry, name, fields[name])
    if not entry.title.strip():
        raise Refused(_("Say in one line what it is."))
    check_nothing_personal(entry.title, entry.details, entry.quantity)
    if entry.facility and entry.facility.organisation_id != entry.organisation_id:
        raise Refused(_("This facility belongs to somebody else."))
    if entry.facility and entry.direction != Direction.OFFER:
        raise Refused(_("A facility is offered, not asked for: describe what you need in words."))
    if entry.since and entry.until and entry.until < entry.since:
        raise Refused(_("The first day must not be after the last."))
    if entry.until and entry.until < today:
        raise Refused(_("The last day lies in the past; nobody could take it up."))
    entry.save()
