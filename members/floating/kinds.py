"""The words of floating members: how one stays in touch, where one is placed, what an inquiry or an appraisal says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.kinds import Kind


class Desk(models.TextChoices):
    """The two places that look after a floating member (AH-33): the destination is in charge, the origin supports."""

    ORIGIN = "origin", _("place of origin")
    DESTINATION = "destination", _("destination")


class Channel(models.TextChoices):
    """How a report, a contact or a letter went (SF-33)."""

    PHONE = "phone", _("telephone")
    LETTER = "letter", _("letter")
    ONLINE = "online", _("online")
    IN_PERSON = "in_person", _("in person")


class Placement(models.TextChoices):
    """Which Party organisation takes a member in who came from elsewhere (SF-09)."""

    FIRM = "firm", _("the Party organisation of the firm")
    TERRITORY = "territory", _("the community or village where they live")


# Where there is no Party organisation at work, the territory takes the member in: these stand for it.
TERRITORIES = (Kind.COMMUNITY, Kind.VILLAGE, Kind.SUBDISTRICT, Kind.TOWNSHIP, Kind.FLOATING_BRANCH)


class DeedKind(models.TextChoices):
    GOOD_DEED = "good_deed", _("good deed for the people at home")
    LED_OTHERS = "led_others", _("people led into work or business")


class InquiryResult(models.TextChoices):
    OURS = "ours", _("a member of our organisation")
    NOT_OURS = "not_ours", _("not a member of our organisation")
    UNKNOWN = "unknown", _("could not be found out")


class Appraisal(models.TextChoices):
    """What the others say of a duty report at the forum (SF-38)."""

    EXCELLENT = "excellent", _("excellent")
    GOOD = "good", _("good")
    FAIR = "fair", _("fair")
    POOR = "poor", _("poor")


class StepKind(models.TextChoices):
    """What both places do for an applicant who works away from home (AH-35, TC-03)."""

    CULTIVATION = "cultivation", _("cultivation talk")
    INSPECTION = "inspection", _("inspection of the applicant")
    OPINIONS = "opinions", _("round of opinions")
    NOTICE = "notice", _("public notice")


# Complete only where both places have done each of these.
TWICE = (StepKind.INSPECTION, StepKind.OPINIONS, StepKind.NOTICE)
