"""The levels at which organisations are paired (SH-06, SH-07, SH-04): who may aid, and whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The aiding side first. `Pairing.unit` and `Pairing.village` name the two sides at every level."""

    DISTRICT_COUNTY = "district_county", _("district – county")
    SUBDISTRICT_TOWNSHIP = "subdistrict_township", _("sub-district – township")
    UNIT_TOWNSHIP = "unit_township", _("unit – township")
    UNIT_VILLAGE = "unit_village", _("unit – village")
