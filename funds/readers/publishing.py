"""Who can read a disclosure: posts of the village and above while it is prepared, everybody once it is published."""

from django.utils.translation import gettext as _

from funds.models import Disclosure, Feedback, Objection
from funds.publishing.states import DisclosureState
from organisations.audience import Readers, reaching, readers_of
from pairing.readers import of_pairing


@readers_of(Disclosure)
def of_disclosure(disclosure: Disclosure) -> Readers:
    words = _("Posts of %(name)s and above") % {"name": disclosure.village.name}
    public: list[object] = [] if disclosure.state == DisclosureState.DRAFT else [_("Everybody, once it is published")]
    return Readers([reaching(words, disclosure.village)], public=public)


@readers_of(Objection)
def of_objection(objection: Objection) -> Readers:
    """Those who keep the money of the village and those who watch over it; once answered, everybody without contact."""
    village = objection.village
    circles = [
        reaching(_("Posts that keep the money of %(name)s") % {"name": village.name}, village, permission="fund.keep"),
        reaching(_("Posts that watch over the money of the villages"), village, permission="fund.watch"),
    ]
    public: list[object] = [_("Question and answer, once it is answered")] if objection.answer else []
    return Readers(circles, public=public)


@readers_of(Feedback)
def of_feedback(feedback: Feedback) -> Readers:
    return Readers(of_pairing(feedback.pairing).circles)
