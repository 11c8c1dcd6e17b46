"""What follows an organisation to its successor beside the pairings: offers, requests, matches, and their messages."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from office.models import Message
from organisations.models import Organisation
from pairing.models import ResourceEntry, ResourceExchange
from pairing.states import EntryState, ExchangeState

OPEN = (ExchangeState.ASKED, ExchangeState.ACCEPTED, ExchangeState.DONE)


def pass_resources(old: Organisation, new: Organisation) -> list[str]:
    """What stands on the board of resources, and what was asked there. Nobody asks twice, or for what is their own."""
    standing = ResourceEntry.objects.filter(organisation=old, state__in=[EntryState.OPEN, EntryState.MATCHED])
    passed = standing.update(organisation=new)
    both = ResourceExchange.objects.filter(entry=OuterRef("entry"), asker=new, state__in=OPEN)
    asked = ResourceExchange.objects.filter(asker=old, state__in=OPEN).exclude(entry__organisation=new)
    passed += asked.exclude(Exists(both)).update(asker=new)
    words = {"count": passed, "name": new.name}
    return [_("%(count)s entries of the board of resources go over to %(name)s.") % words] if passed else []


def pass_messages(old: Organisation, new: Organisation) -> None:
    """Whose turn it was with an issue, a match or a part in a consortium is now the successor's."""
    same = Message.objects.filter(organisation=new, key=OuterRef("key"))
    waiting = Q(key__startswith="issue:") | Q(key__startswith="exchange:") | Q(key__startswith="partner:")
    Message.objects.open().filter(waiting, organisation=old).exclude(Exists(same)).update(organisation=new)
