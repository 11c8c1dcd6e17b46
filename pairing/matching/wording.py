"""The reasons of a proposal in words: for its page, and for the decision that both sides read."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisations.kinds import Resource
from pairing.models import MatchProposal
from pairing.models.matching import Nearness
from pairing.states import Side

NEAR = (Nearness.TOWNSHIP, Nearness.COUNTY, Nearness.COUNTERPART, Nearness.PREFECTURE)


def reasons(proposal: MatchProposal, load: int | None = None) -> list[str]:
    """What speaks for the pair, and what doesn't. `load`: the villages of the unit, this one among them."""
    if proposal.unit_id is None:
        return [str(proposal.get_left_over_display())] if proposal.left_over else []
    found = [needs_words(proposal)]
    if proposal.tie is not None:
        found.append(_("paired before in %(round)s") % {"round": proposal.tie.name})
    if proposal.wish:
        found.append(_("the village proposed it") if proposal.wish == Side.VILLAGE else _("the unit proposed it"))
    if proposal.nearness in NEAR:
        found.append(str(Nearness(proposal.nearness).label))
    if load is not None:
        only, more = _("its only village"), _("the unit then has %(villages)s villages") % {"villages": load}
        found.append(more if load > 1 else only)
    if proposal.is_moved:
        found.append(_("chosen by hand"))
    return found


def needs_words(proposal: MatchProposal) -> str:
    """「可满足2项需求（共3项）：资金、技术」"""
    if not proposal.asked:
        return _("the village has named no need")
    if not proposal.met:
        return _("meets none of the %(asked)s needs") % {"asked": proposal.asked}
    words = {"met": len(proposal.met), "asked": proposal.asked, "names": resource_names(proposal.met)}
    return _("meets %(met)s of %(asked)s needs: %(names)s") % words


def resource_names(keys: list[str]) -> str:
    return pgettext("between words", ", ").join(str(Resource(key).label) for key in keys)


def in_one(words: list[str]) -> str:
    return pgettext("between clauses", "; ").join(words)
