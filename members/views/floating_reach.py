"""What a person reaches among floating members, at which desk they stand, and how forms are answered."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from members.floating.kinds import Desk
from members.models import FloatingRecord
from members.querysets.floating import KEEP
from organisations.kinds import UNITS, Kind
from organisations.models import Organisation, User
from organisations.requests import Request
from pairing.querysets.issues import in_area_of

FORM = "members/floating/form.html"
READ_WITH = ("member__organisation", "origin", "destination", "scheme_version", "agreement_scan")


def reached(request: Request, pk: int) -> FloatingRecord:
    return get_object_or_404(FloatingRecord.objects.visible_to(request.user).select_related(*READ_WITH), pk=pk)


def desks_of(user: User, record: FloatingRecord) -> list[Desk]:
    """For which of the two places the user acts; none for the member themselves."""
    return [desk for desk in Desk if (place := record.desk(desk)) and user.can(KEEP, place)]


def at_desk(request: Request, pk: int, *desks: Desk) -> FloatingRecord:
    """404 for whoever acts for none of these places."""
    record = reached(request, pk)
    if not set(desks) & set(desks_of(request.user, record)):
        raise Http404
    return record


def keepers_only(user: User) -> None:
    if not user.can(KEEP):
        raise Http404


def in_area(user: User):
    """The organisations that may be named as the other place."""
    return Organisation.objects.open().filter(in_area_of(user))


def show_form(request: Request, form, title, submit, *, back: Any = None, lead="", **context) -> HttpResponse:
    """`back`: the record to which the form belongs; the desk where there is none."""
    shown = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, **context}
    return render(request, FORM, shown)


def posts_of(user: User):
    """The organisations in whose posts the user keeps floating members."""
    return Organisation.objects.open().filter(path__in=[str(path) for path in user.scopes(KEEP)])


def committees_of(user: User):
    """Those of them that are neither a village nor a unit."""
    return posts_of(user).exclude(kind__in=(Kind.VILLAGE, *UNITS))
