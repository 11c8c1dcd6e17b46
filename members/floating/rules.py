"""Which scheme holds for a floating member: that of the newest round above the origin, pinned on registration."""

from collections.abc import Iterable

from organisations.models import Organisation
from pairing.models import Round, SchemeVersion
from pairing.schemes.scheme import FloatingRules
from pairing.states import RoundState

DEFAULTS = FloatingRules()
STEP = Organisation.steplen


def version_for(origin: Organisation) -> SchemeVersion | None:
    """None where no round was ever opened above the origin: then our own defaults hold."""
    return versions_for([origin.path])[origin.path]


def versions_for(origins: Iterable[str]) -> dict[str, SchemeVersion | None]:
    """By the paths of the origins, in one statement."""
    origins = set(origins)
    above = {path[:end] for path in origins for end in range(STEP, len(path) + 1, STEP)}
    rounds = Round.objects.exclude(state=RoundState.DRAFT).filter(organiser__path__in=above)
    rounds = rounds.order_by("-starts_on", "-pk").select_related("organiser", "scheme_version")
    newest = [(round.organiser.path, round.scheme_version) for round in rounds]
    return {path: next((found for top, found in newest if path.startswith(top)), None) for path in origins}


def rules_of(version: SchemeVersion | None) -> FloatingRules:
    return version.rules.floating if version else DEFAULTS
