"""Who can read the pay of a village secretary: whoever keeps or checks it above the village, and the person."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, person, reaching, readers_of
from reports.models import LeavingAllowance, SecretaryPay
from reports.querysets.pay import READ


@readers_of(SecretaryPay)
@readers_of(LeavingAllowance)
def of_pay(paid) -> Readers:
    words = _("Posts at %(name)s and above that keep or check the pay") % {"name": paid.village.name}
    own = person(_("The secretary, in person"), paid.member.user)
    return Readers([reaching(words, paid.village, permission=READ), *own])
