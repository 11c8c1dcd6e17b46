"""A proposal's reasons, and what a change did to the measure, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import AssignmentProposal

NAMES = {
    "helped": gettext_lazy("households with a helper"),
    "without": gettext_lazy("households without a helper"),
    "largest": gettext_lazy("largest load"),
    "smallest": gettext_lazy("smallest load"),
    "ties": gettext_lazy("old helpers kept"),
}


def reason(proposal: AssignmentProposal, load: int | None = None) -> str:
    """Why this helper, or why nobody; with the number of their households, where it is given."""
    if proposal.left_over:
        return str(proposal.get_left_over_display())
    words = str(proposal.get_why_display())
    if load is None:
        return words
    return _("%(why)s; %(load)s households in all") % {"why": words, "load": load}


def rows(before: Mapping[str, int], now: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Name, before, now - of each figure of a measure."""
    return [(str(name), before.get(key, 0), now.get(key, 0)) for key, name in NAMES.items()]
