"""Keeping a view of a statistics table, renaming it, removing it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from reports.models import SavedView

MOST = 60  # of one person


@act(_("kept a view of a statistics table"))
def keep_view(
    *, by: User, table: str, name: str, query: str, organisation: Organisation | None, at: datetime
) -> SavedView:
    """Under a name of one's own; `organisation`: for all its colleagues."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    check(by, organisation)
    mine = SavedView.objects.filter(kept_by=by)
    if mine.count() >= MOST:
        raise Refused(_("You have kept %(most)s views. Remove one of them first.") % {"most": MOST})
    check_name(by, table, name)
    given = {"table": table, "name": name, "query": query, "organisation": organisation}
    return SavedView.objects.create(kept_at=at, kept_by=by, **given)


@act(_("renamed a kept view"))
def rename_view(*, by: User, view: SavedView, name: str, organisation: Organisation | None) -> SavedView:
    view = own(by, view)
    check(by, organisation)
    check_name(by, view.table, name, view)
    view.name, view.organisation = name, organisation
    view.save(update_fields=["name", "organisation"])
    return view


@act(_("removed a kept view"))
def remove_view(*, by: User, view: SavedView) -> None:
    own(by, view).delete()


def own(by: User, view: SavedView) -> SavedView:
    """Only whoever kept it changes it."""
    return SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk, kept_by=by)


def check(by: User, organisation: Organisation | None) -> None:
    if organisation is not None and str(organisation.path) not in map(str, by.scopes()):
        raise Refused(_("You hold no post there."))


def check_name(by: User, table: str, name: str, beside: SavedView | None = None) -> None:
    same = SavedView.objects.filter(kept_by=by, table=table, name=name)
    if (same.exclude(pk=beside.pk) if beside else same).exists():
        raise Refused(_("You have kept a view of this table under this name already."))
