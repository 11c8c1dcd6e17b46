"""Erasing people's data everywhere. The entries stay without a name, their pairs stay, and so all counts stay true."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.names import grams, search_text
from core.refusals import Refused
from members.actions.floating_erasing import forget_floating
from members.actions.keeping import locked
from members.actions.leaving import end
from members.models import Consent, Erasure, Household, Member, Person
from members.nearness import Rosterable, place_of, words_of
from members.personal_data import RECORDS
from members.striking import Named, named, strike
from office import erasing, files
from office.models import StoredFile
from organisations.history import act
from organisations.models import Appointment, User

SHORTEST = 2
KINDS: tuple[Any, ...] = (Member, Household, Person)


@act(_("erased the personal data of somebody"))
def erase_person(*, by: User, record: Rosterable, reason: str, at: datetime) -> Erasure:
    """On request of the person, or when the time is over (P-34, art. 47). It can't be taken back."""
    record = locked(record)
    by.acting("person.erase", place_of(record))
    return erase(record, by=by, reason=reason, at=at)


def erase(record: Rosterable, *, by: User, reason: str, at: datetime) -> Erasure:
    """Without a question of permission: for acts that must end in it. `record` is locked."""
    check_reason(record, reason.strip(), words_of(record))
    if isinstance(record, Member) and holding_posts(Member.objects.filter(pk=record.pk), at).exists():
        raise Refused(_("The account of this person still holds a post. End the post first."))
    return erase_all([record], by=by, reason=reason.strip(), at=at)[0]


def check_reason(record: Rosterable, reason: str, words: list[str]) -> None:
    if record.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased already."))
    if len(reason) < SHORTEST:
        raise Refused(_("Say in a few words why the data are erased; it is recorded."))
    if any(word in reason for word in words):
        raise Refused(_("Give the reason without the name and the number; the record of it stays for good."))


def holding_posts(members: QuerySet[Member], at: datetime) -> QuerySet[Member]:
    """Those of the members whose accounts hold a post today."""
    posts = Appointment.objects.current(timezone.localdate(at)).order_by()
    return members.filter(user__in=posts.values("user"))


def erase_all(records: Sequence[Rosterable], *, by: User | None, reason: str, at: datetime) -> list[Erasure]:
    """Many at once, in as many statements as one: nobody may hold a post, all are locked. `by` None: their time was
    over, and nobody in particular did it."""
    people = named(records)
    scans = 0
    for model, keys in by_kind(records):
        end(model, keys, timezone.localdate(at), by)
        blank_what_belongs_to(model, keys)
        scans += forget_consents(model, keys, at)
    members = [record.pk for record in records if isinstance(record, Member)]
    if members:
        scans += forget_floating(by=by, members=members, at=at)
        close_accounts(members, at)
    for model, keys in by_kind(records):
        blank(model, keys, at)
    found = struck(people, at)
    told = {"imports": found.imports, "files": found.files + scans, "messages": found.messages, "texts": strike(people)}
    return Erasure.objects.bulk_create(
        Erasure(**{str(record._meta.model_name): record}, reason=reason, erased_at=at, erased_by=by, **told)
        for record in records
    )


def by_kind(records: Sequence[Rosterable]) -> Iterator[tuple[Any, list[int]]]:
    for model in KINDS:
        if keys := [record.pk for record in records if isinstance(record, model)]:
            yield model, keys


def struck(people: Sequence[Named], at: datetime) -> erasing.Struck:
    """Out of what the office keeps: one round for each area, of which there is one in most installations."""
    total = erasing.Struck(0, 0, 0, 0)
    for area, here in groupby(sorted(people, key=lambda each: each.area), key=lambda each: each.area):
        words = sorted({word for person in here for word in person.words}, key=len, reverse=True)
        total += erasing.strike_out(words=words, area=area, at=at)
    return total


def blank_what_belongs_to(model: Any, keys: Sequence[int]) -> None:
    """All that personal_data.yaml says is kept about these people in other records."""
    for kind in RECORDS.values():
        owners = kind.owners_of(model)
        if owners and kind.fields:
            theirs = reduce(or_, (Q(**{f"{owner}__in": keys}) for owner in owners))
            kind.model._base_manager.filter(theirs).update(**kind.blank())


def blank(model: Any, keys: Sequence[int], at: datetime) -> None:
    empty = search_text([""])
    values = RECORDS[model._meta.label].blank() | {"search_text": empty, "search_grams": grams(empty)}
    values |= {"erased_at": at, "erases_on": None, "left_on": Coalesce("left_on", Value(timezone.localdate(at)))}
    if model is Member:
        values["user"] = None
    model._base_manager.filter(pk__in=keys).update(**values)


def forget_consents(model: Any, keys: Sequence[int], at: datetime) -> int:
    """They end with what rested on them; the signed papers are destroyed."""
    consents = Consent.objects.filter(**{f"{model._meta.model_name}__in": keys})
    on = timezone.localdate(at)
    consents.filter(withdrawn_on=None).update(withdrawn_on=Greatest("given_on", Value(on)))
    return files.destroy(StoredFile.objects.filter(pk__in=consents.order_by().values("file")), at=at)


def close_accounts(members: Sequence[int], at: datetime) -> None:
    """Nobody signs in with them any more, and they name nobody. Acts in office stay with the account's number."""
    keys = list(User.objects.filter(member__in=members).values_list("pk", flat=True))
    if not keys:
        return
    name = str(_("erased"))
    text = search_text([name])
    User.objects.filter(pk__in=keys).update(
        name=name,
        username=Concat(Value("erased-"), Cast(F("pk"), CharField())),
        phone=None,
        email="",
        is_active=False,
        password=make_password(None),
        details_changed_at=at,
        search_text=text,
        search_grams=grams(text),
    )
    for kept_for_signing_in in (UserSession, EmailAddress, Authenticator):
        kept_for_signing_in.objects.filter(user__in=keys).delete()
