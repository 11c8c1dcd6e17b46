"""Erasing one person's data everywhere. The entry stays without a name, its pairs stay, and so all counts stay true."""

from datetime import datetime
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.floating_erasing import forget_floating
from members.actions.keeping import locked
from members.actions.leaving import end
from members.models import Consent, Erasure, Member
from members.nearness import Rosterable, place_of, words_of
from members.personal_data import RECORDS
from office import erasing, files
from office.models import StoredFile
from organisations.history import act
from organisations.models import Organisation, User

SHORTEST = 2


@act(_("erased the personal data of somebody"))
def erase_person(*, by: User, record: Rosterable, reason: str, at: datetime) -> Erasure:
    """On request of the person, or when the time is over (P-34, art. 47). It can't be taken back."""
    record = locked(record)
    by.acting("person.erase", place_of(record))
    return erase(record, by=by, reason=reason, at=at)


def erase(record: Rosterable, *, by: User, reason: str, at: datetime) -> Erasure:
    """Without a question of permission: for acts that must end in it. `record` is locked."""
    words = words_of(record)
    check_reason(record, reason.strip(), words)
    on = timezone.localdate(at)
    account = record.user if isinstance(record, Member) else None
    end(record, on, by)
    blank_what_belongs_to(record)
    blank(record, at)
    scans = forget_consents(record, at)
    if isinstance(record, Member):
        scans += forget_floating(by=by, member=record, at=at)
    if account is not None:
        close_account(account, at)
    area = place_of(record).path[: Organisation.steplen]
    struck = erasing.strike_out(words=words, area=area, at=at)
    return Erasure.objects.create(
        **{str(record._meta.model_name): record},
        reason=reason.strip(),
        imports=struck.imports,
        files=struck.files + scans,
        messages=struck.messages,
        erased_at=at,
        erased_by=by,
    )


def check_reason(record: Rosterable, reason: str, words: list[str]) -> None:
    if record.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased already."))
    if len(reason) < SHORTEST:
        raise Refused(_("Say in a few words why the data are erased; it is recorded."))
    if any(word in reason for word in words):
        raise Refused(_("Give the reason without the name and the number; the record of it stays for good."))


def blank_what_belongs_to(record: Rosterable) -> None:
    """All that personal_data.yaml says is kept about the person in other records."""
    for kind in RECORDS.values():
        owners = kind.owners_of(type(record))
        if owners and kind.fields:
            mine = reduce(or_, (Q(**{owner: record}) for owner in owners))
            kind.model._base_manager.filter(mine).update(**kind.blank())


def blank(record: Rosterable, at: datetime) -> None:
    for column, nothing in RECORDS[record._meta.label].blank().items():
        setattr(record, column, nothing)
    if isinstance(record, Member):
        record.user = None
    record.erased_at = at
    record.left_on = record.left_on or timezone.localdate(at)
    record.save()


def forget_consents(record: Rosterable, at: datetime) -> int:
    """They end with what rested on them; the signed papers are destroyed."""
    consents = Consent.objects.filter(**{str(record._meta.model_name): record})
    on = timezone.localdate(at)
    consents.filter(withdrawn_on=None).update(withdrawn_on=Greatest("given_on", Value(on)))
    return files.destroy(StoredFile.objects.filter(pk__in=consents.order_by().values("file")), at=at)


def close_account(user: User, at: datetime) -> None:
    """Nobody signs in with it any more, and it names nobody. Acts in office stay with the account's number."""
    if user.appointments.current(timezone.localdate(at)).exists():
        raise Refused(_("The account of this person still holds a post. End the post first."))
    user.name, user.username = str(_("erased")), f"erased-{user.pk}"
    user.phone, user.email, user.is_active = None, "", False
    user.details_changed_at = at
    user.set_unusable_password()
    user.save()
    for kept_for_signing_in in (UserSession, EmailAddress, Authenticator):
        kept_for_signing_in.objects.filter(user=user).delete()
