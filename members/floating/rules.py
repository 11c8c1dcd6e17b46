"""Which scheme holds for a floating member: that of the newest round above the origin, pinned on registration."""

from organisations.models import Organisation
from pairing.models import Round, SchemeVersion
from pairing.schemes.scheme import FloatingRules
from pairing.states import RoundState

DEFAULTS = FloatingRules()
STEP = Organisation.steplen


def version_for(origin: Organisation) -> SchemeVersion | None:
    """None where no round was ever opened above the origin: then our own defaults hold."""
    above = [origin.path[:end] for end in range(STEP, len(origin.path) + 1, STEP)]
    rounds = Round.objects.exclude(state=RoundState.DRAFT).filter(organiser__path__in=above)
    newest = rounds.order_by("-starts_on", "-pk").select_related("scheme_version").first()
    return newest.scheme_version if newest else None


def rules_of(version: SchemeVersion | None) -> FloatingRules:
    return version.rules.floating if version else DEFAULTS
