"""The directory of channels, kept by those who organise rounds (SH-51)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.models.channel import DonationChannel
from funds.querysets.channels import KEEP
from organisations.history import act
from organisations.models import Organisation, User


@act(_("listed a donation channel"))
def list_channel(*, by: User, area: Organisation, fields: dict, at: datetime) -> DonationChannel:
    by.acting(KEEP, area)
    return kept(DonationChannel(area=area, listed_at=at, listed_by=by), fields)


@act(_("changed a donation channel"))
def change_channel(*, by: User, channel: DonationChannel, fields: dict) -> DonationChannel:
    channel = locked(channel)
    by.acting(KEEP, channel.area)
    if channel.ended_at is not None:
        raise Refused(_("This channel was taken off the list."))
    return kept(channel, fields)


@act(_("took a donation channel off the list"))
def end_channel(*, by: User, channel: DonationChannel, at: datetime) -> DonationChannel:
    channel = locked(channel)
    by.acting(KEEP, channel.area)
    if channel.ended_at is None:
        channel.ended_at, channel.ended_by = at, by
        channel.save(update_fields=["ended_at", "ended_by"])
    return channel


def kept(channel: DonationChannel, fields: dict) -> DonationChannel:
    for name, value in fields.items():
        setattr(channel, name, value.strip())
    if not channel.name:
        raise Refused(_("Say what the channel is called."))
    if channel.account and not channel.bank:
        raise Refused(_("Name the bank of the account."))
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise Refused(_("A channel of this name is listed already.")) from error
    return channel


def locked(channel: DonationChannel) -> DonationChannel:
    rows = DonationChannel.objects.select_for_update(no_key=True, of=("self",)).select_related("area")
    return rows.get(pk=channel.pk)
