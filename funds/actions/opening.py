"""The ledger of a pairing is opened by its first entry; pools and funds for members in need by a committee."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from funds.kinds import FundKind
from funds.models import Fund
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Pairing

OPEN = "fund.open"


@act(gettext_lazy("opened a fund"))
def open_fund(*, by: User, holder: Organisation, kind: str, name: str, at: datetime) -> Fund:
    """A pool (SH-39) or a fund for members in need (XC-10), held by a committee of the user's own."""
    by.acting(OPEN, holder)
    if kind not in (FundKind.POOL, FundKind.NEEDY_MEMBERS):
        raise Refused(_("The fund of a pairing is opened by its first entry."))
    if not name.strip():
        raise Refused(_("Give the fund a name."))
    if Fund.objects.filter(holder=holder, name=name.strip()).exists():
        raise Refused(_("%(holder)s has a fund of this name already.") % {"holder": holder.name})
    return Fund.objects.create(kind=kind, holder=holder, name=name.strip(), opened_at=at, opened_by=by)


def fund_of(pairing: Pairing, *, by: User, at: datetime) -> Fund:
    """That of the pairing; held by its village. Called within an act."""
    return Fund.objects.get_or_create(pairing=pairing, defaults=fresh_fund(pairing, by=by, at=at))[0]


def fresh_fund(pairing: Pairing, *, by: User, at: datetime) -> dict[str, Any]:
    """What a pairing's fund is when it is opened."""
    name = _("Aid money of %(unit)s for %(village)s") % {"unit": pairing.unit.name, "village": pairing.village.name}
    return {"kind": FundKind.PAIRING, "holder": pairing.village, "name": name[:120], "opened_at": at, "opened_by": by}


def locked(fund: Fund) -> Fund:
    """As it stands; nobody else enters anything until the transaction ends."""
    rows = Fund.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("holder", "pairing__unit", "pairing__village").get(pk=fund.pk)
