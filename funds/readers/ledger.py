"""Who can read a ledger: whoever sees its pairing; of a pool the committee that keeps it and those who gave."""

from django.utils.translation import gettext as _

from funds.models import Entry, Fund
from funds.reading import units_of
from organisations.audience import Circle, Readers, reaching, readers_of
from organisations.models import Organisation
from pairing.readers import of_pairing


@readers_of(Fund)
def of_fund(fund: Fund) -> Readers:
    units = units_of(fund.pairing) if fund.pairing is not None else []
    vouchers = [reaching(_("Whose posts open vouchers"), fund.holder, *units, permission="voucher.read")]
    parts: list[tuple[object, list[Circle]]] = [(_("The vouchers, by those of them who may open vouchers"), vouchers)]
    if fund.pairing is not None:
        return Readers(of_pairing(fund.pairing).circles, parts=parts)
    circles = [reaching(_("Whose posts reach the keeper of the fund, %(name)s") % {"name": fund.holder}, fund.holder)]
    givers = list(Organisation.objects.filter(pk__in=fund.entries.order_by().values("giver")))
    if givers:
        circles.append(reaching(_("Whose posts reach a unit that gave into the fund"), *givers))
    return Readers(circles, parts=parts)


@readers_of(Entry)
def of_entry(entry: Entry) -> Readers:
    return of_fund(entry.fund)
