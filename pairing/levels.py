"""The levels at which organisations are paired (SH-06, SH-07, SH-04, QX-02): who may aid, and whom."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.kinds import UNITS, Kind
from pairing.states import Side


class HasKind(Protocol):
    """An organisation, or what a roster knows of one."""

    @property
    def kind(self) -> str: ...


class Level(models.TextChoices):
    """The aiding side first. `Pairing.unit` and `Pairing.village` name the two sides at every level."""

    DISTRICT_COUNTY = "district_county", _("district – county")
    SUBDISTRICT_TOWNSHIP = "subdistrict_township", _("sub-district – township")
    UNIT_TOWNSHIP = "unit_township", _("unit – township")
    UNIT_VILLAGE = "unit_village", _("unit – village")

    def kinds(self, side: Side) -> frozenset[Kind]:
        """What may stand on that side."""
        return STANDING[self][side]


STANDING: dict[Level, dict[Side, frozenset[Kind]]] = {
    Level.DISTRICT_COUNTY: {Side.UNIT: frozenset([Kind.COUNTY]), Side.VILLAGE: frozenset([Kind.COUNTY])},
    Level.SUBDISTRICT_TOWNSHIP: {Side.UNIT: frozenset([Kind.SUBDISTRICT]), Side.VILLAGE: frozenset([Kind.TOWNSHIP])},
    Level.UNIT_TOWNSHIP: {
        Side.UNIT: frozenset(UNITS) - {Kind.SUBDISTRICT},
        Side.VILLAGE: frozenset([Kind.TOWNSHIP]),
    },
    # A sub-district aids villages as any unit does (SH-07), a work team as well (YD-08).
    Level.UNIT_VILLAGE: {Side.UNIT: frozenset([*UNITS, Kind.WORK_TEAM]), Side.VILLAGE: frozenset([Kind.VILLAGE])},
}


def level_of(unit: HasKind, village: HasKind) -> Level | None:
    """The one level at which these two could be paired; None where there is none."""
    fitting = (
        each for each in Level if unit.kind in each.kinds(Side.UNIT) and village.kind in each.kinds(Side.VILLAGE)
    )
    return next(fitting, None)


def kinds_on(side: Side, levels: Iterable[Level]) -> frozenset[Kind]:
    """What may stand on that side at one of these levels."""
    return frozenset().union(*(level.kinds(side) for level in levels))


def partners_of(kinds: Iterable[str], side: Side, levels: Iterable[Level]) -> frozenset[Kind]:
    """What may stand on `side` opposite to organisations of these kinds."""
    own = set(kinds)
    return kinds_on(side, [level for level in levels if own & level.kinds(side.other)])
