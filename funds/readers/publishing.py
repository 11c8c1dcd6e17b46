"""Who can read a disclosure: posts of the village and above while it is prepared, everybody once it is published."""

from django.utils.translation import gettext as _

from funds.models import Disclosure
from funds.publishing.states import DisclosureState
from organisations.audience import Readers, reaching, readers_of


@readers_of(Disclosure)
def of_disclosure(disclosure: Disclosure) -> Readers:
    words = _("Posts of %(name)s and above") % {"name": disclosure.village.name}
    public: list[object] = [] if disclosure.state == DisclosureState.DRAFT else [_("Everybody, once it is published")]
    return Readers([reaching(words, disclosure.village)], public=public)
