"""What people do with the outbox, with the channels of groups, and with their own."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from core.refusals import Refused
from office.models import ChannelChoice, GroupChannel, Outgoing
from office.outbox.hurrying import hurry
from office.outbox.robots import scheme_of
from office.outbox.states import Medium, OutgoingState, check_transition
from organisations.history import act
from organisations.models import Organisation, User

TRIAL = gettext_noop("This is a trial: the notices of Jiedui arrive in this group")


def locked(by: User, outgoing: Outgoing) -> Outgoing:
    return Outgoing.objects.visible_to(by).select_for_update(of=("self",)).get(pk=outgoing.pk)


@act(gettext_lazy("sent a message to the outside again"))
def resend(*, by: User, outgoing: Outgoing, at: datetime) -> Outgoing:
    """Once more, as if it had never been tried; what was tried stays to be read."""
    outgoing = locked(by, outgoing)
    check_transition(outgoing.state, OutgoingState.WAITING)
    again(by, Outgoing.objects.filter(pk=outgoing.pk), at)
    return outgoing


@act(gettext_lazy("sent all messages again that were not delivered"))
def resend_all(*, by: User, at: datetime) -> int:
    """Of those that the person watches over. Returns how many."""
    rows = Outgoing.objects.visible_to(by).undelivered().order_by().values("pk")
    return again(by, Outgoing.objects.filter(pk__in=rows), at)


def again(by: User, rows: QuerySet, at: datetime) -> int:
    transaction.on_commit(hurry)
    fresh = {"state": OutgoingState.WAITING, "next_at": at, "tries": 0, "is_repeated": False}
    return rows.update(**fresh, handled_by=by, handled_at=at)


@act(gettext_lazy("gave up a message to the outside"))
def give_up(*, by: User, outgoing: Outgoing, at: datetime) -> Outgoing:
    outgoing = locked(by, outgoing)
    check_transition(outgoing.state, OutgoingState.GIVEN_UP)
    outgoing.state, outgoing.next_at = OutgoingState.GIVEN_UP, None
    outgoing.handled_by, outgoing.handled_at = by, at
    outgoing.save(update_fields=["state", "next_at", "handled_by", "handled_at"])
    return outgoing


@act(gettext_lazy("added the robot of a group"))
def add_group_channel(
    *, by: User, organisation: Organisation, name: str, address: str, workdays_only: bool, at: datetime
) -> GroupChannel:
    by.acting("channel.manage", organisation)
    channel = GroupChannel(
        organisation=organisation, name=name, robot=scheme_of(address), workdays_only=workdays_only,
        made_at=at, made_by=by,
    )  # fmt: skip
    channel.address = address
    if GroupChannel.objects.active().filter(address_hash=channel.address_hash).exists():
        raise Refused(_("This robot has been added already."))
    channel.save()
    return channel


@act(gettext_lazy("sent a trial to a group"))
def try_group_channel(*, by: User, channel: GroupChannel, at: datetime) -> Outgoing:
    """One trial waits at a time: a second click finds the first."""
    channel = kept(by, channel)
    waiting = Outgoing.objects.filter(group=channel, subject=TRIAL, state=OutgoingState.WAITING).first()
    if waiting:
        return waiting
    transaction.on_commit(hurry)
    return Outgoing.objects.create(
        group=channel, medium=Medium.GROUP, organisation=channel.organisation, kind="trial", key=f"trial:{at:%F %T.%f}",
        subject=TRIAL, url=reverse("home"), made_at=at, next_at=at,
    )  # fmt: skip


@act(gettext_lazy("switched off the robot of a group"))
def switch_off(*, by: User, channel: GroupChannel, at: datetime) -> GroupChannel:
    """What still waits for it is not sent any more."""
    channel = kept(by, channel)
    channel.off_at, channel.off_by = at, by
    channel.save(update_fields=["off_at", "off_by"])
    return channel


def kept(by: User, channel: GroupChannel) -> GroupChannel:
    channel = GroupChannel.objects.visible_to(by).select_for_update(of=("self",)).get(pk=channel.pk)
    by.acting("channel.manage", channel.organisation)
    if channel.off_at:
        raise Refused(_("This robot is switched off."))
    return channel


@act(gettext_lazy("chose by which channels to be told"))
def choose_channels(*, by: User, email: str, **chosen) -> ChannelChoice:
    """A person's own choice; without an address there is no mail to choose."""
    if email != by.email:
        by.email = email
        by.save(update_fields=["email"])
    choice, _made = ChannelChoice.objects.update_or_create(user=by, defaults=chosen)
    return choice
