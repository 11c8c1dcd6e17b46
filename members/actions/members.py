"""Keeping the roster of members and cadres, and where each takes part beside their own organisation."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.keeping import check_is_kept, check_namesakes, locked, locked_place
from members.models import Member, Registration
from organisations.history import act
from organisations.models import Organisation, User

FIELDS = ("name", "phone", "number", "is_party_member", "rank", "post", "marks", "user")


@act(_("put somebody on the roster of members"))
def add_member(*, by: User, organisation: Organisation, fields: dict) -> Member:
    """Refused where somebody of this name and number stands on the roster of the organisation already."""
    place = locked_place(organisation)
    by.acting("member.edit", place)
    member = Member(organisation=place)
    return saved(member, fields)


@act(_("changed the roster of members"))
def change_member(*, by: User, member: Member, fields: dict) -> Member:
    locked_place(member.organisation)
    member = locked(member)
    by.acting("member.edit", member.organisation)
    check_is_kept(member)
    return saved(member, fields)


def saved(member: Member, fields: dict) -> Member:
    for name in FIELDS:
        setattr(member, name, fields.get(name, getattr(member, name)))
    check_namesakes(member, organisation=member.organisation, name=member.name, number=member.number)
    check_account(member)
    member.save()
    return member


def check_account(member: Member) -> None:
    """An account belongs to one entry."""
    if member.user is None:
        return
    other = Member.objects.filter(user=member.user).exclude(pk=member.pk).select_related("organisation").first()
    if other is not None:
        raise Refused(
            _("This account belongs to the entry of %(place)s already. Take it off there first.")
            % {"place": other.organisation.name}
        )


@act(_("registered a member at work or at home"))
def register_member(*, by: User, member: Member, organisation: Organisation, kind: str, since: date) -> Registration:
    """Double administration (SF-07, TC-04): either the keeper of the roster or the receiving organisation registers."""
    member = locked(member)
    permitted(by, member, organisation)
    check_is_kept(member)
    if organisation == member.organisation:
        raise Refused(
            _("%(name)s keeps this member anyway. Choose the other organisation.") % {"name": organisation.name}
        )
    if member.registrations.current().filter(kind=kind).exists():
        raise Refused(_("The member is registered in this way already; end that first."))
    return Registration.objects.create(member=member, organisation=organisation, kind=kind, since=since)


@act(_("ended the registration of a member"))
def end_registration(*, by: User, registration: Registration, on: date) -> Registration:
    member = locked(registration.member)
    registration = Registration.objects.select_related("organisation").get(pk=registration.pk)
    permitted(by, member, registration.organisation)
    if registration.until is not None:
        raise Refused(_("This registration has ended already."))
    if on < registration.since:
        raise Refused(_("The first day must not be after the last."))
    registration.until = on
    registration.save(update_fields=["until"])
    return registration


def permitted(by: User, member: Member, organisation: Organisation) -> None:
    """Whoever keeps the roster of the member, else whoever keeps that of the organisation."""
    keeps = by.can("member.edit", member.organisation)
    by.acting("member.edit", member.organisation if keeps else organisation)
