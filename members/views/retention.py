"""Whose data was kept long enough: the list for those who may erase, and keeping one of them longer."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.masking import mask_name
from members.actions.retention import keep_longer
from members.forms.privacy import KeepLongerForm
from members.nearness import Reader
from members.retention import BY_KEY, ERASE, KINDS, ROSTERS, Kind
from members.views.submitting import performed
from organisations.models import Organisation, User
from organisations.querysets import within
from organisations.requests import Request

SHOWN = 200


@dataclass(frozen=True)
class Line:
    kind: Kind
    record: Any
    name: str

    @property
    def place(self) -> Organisation:
        return self.kind.place_of(self.record)


@require_safe
def past_retention(request: Request) -> HttpResponse:
    """Whose time is over, with the day on which each is erased; and who is kept longer, and why."""
    user = request.user
    if not user.can(ERASE):
        raise Http404
    today, reader = timezone.localdate(), Reader(user)
    over = [line for kind in KINDS for line in lines_of(kind, kind.over(today), reader)]
    kept = [line for line in over if line.record.kept_until and line.record.kept_until >= today]
    shown = {
        "lines": [line for line in over if line not in kept],
        "kept": kept,
        "most": SHOWN,
        "erases": settings.RETENTION_ERASES,
        "days": settings.RETENTION_NOTICE_DAYS,
    }
    return render(request, "members/past_retention.html", shown)


def lines_of(kind: Kind, rows: QuerySet, reader: Reader) -> list[Line]:
    mine = rows.filter(within(reader.user.scopes(ERASE), f"{kind.place}__path")).select_related(kind.place)
    return [Line(kind, record, name_in(kind, record, reader)) for record in mine.order_by("erases_on", "pk")[:SHOWN]]


def name_in(kind: Kind, record: Any, reader: Reader) -> str:
    return reader.name_of(record) if kind in ROSTERS else mask_name(str(record))


def keep(request: Request, kind: str, pk: int) -> HttpResponse:
    found = BY_KEY.get(kind)
    record = found and reached(request.user, found, pk)
    if found is None or record is None:
        raise Http404
    form = KeepLongerForm(request.POST or None)
    if performed(request, form, keep_longer, kind=found, record=record, at=timezone.now()):
        messages.success(request, _("It is kept until that day; then it is announced anew."))
        return redirect("past_retention")
    name = name_in(found, record, Reader(request.user))
    return render(request, "members/keep_longer.html", {"form": form, "name": name})


def reached(user: User, kind: Kind, pk: int) -> Any:
    rows = kind.past(timezone.localdate()).filter(within(user.scopes(ERASE), f"{kind.place}__path"))
    return rows.select_related(kind.place).filter(pk=pk).first()
