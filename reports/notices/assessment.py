"""Who is told of an assessment: the assessed once it is shown and frozen, the organiser of appeals."""

from datetime import datetime

from django.utils.translation import gettext_noop

from office import inbox
from office.models.messages import NOTICE
from organisations.models import Organisation
from pairing.notices.market import TURN
from reports.models import Appeal, Assessment
from reports.querysets.assessment import MANAGE

SHOWN = gettext_noop("The assessment “%(name)s” is shown to you: read it, and object where it is wrong")
FROZEN = gettext_noop("The assessment “%(name)s” is frozen: its results stand")


def assessed_organisations(assessment: Assessment) -> list[tuple[str, list[Organisation]]]:
    """By the permission in which they read it: each side of a pairing, and organisations by themselves."""
    rows = assessment.subjects.select_related("organisation", "pairing__unit", "pairing__village")
    units: dict[int, Organisation] = {}
    villages: dict[int, Organisation] = {}
    for each in rows:
        if each.pairing:
            units[each.pairing.unit_id], villages[each.pairing.village_id] = each.pairing.unit, each.pairing.village
        elif each.organisation:
            (units if each.side == "unit" else villages)[each.organisation.pk] = each.organisation
    return [("unit.act", list(units.values())), ("village.act", list(villages.values()))]


def tell(assessment: Assessment, subject: str, step: str, at: datetime) -> None:
    for permission, organisations in assessed_organisations(assessment):
        inbox.tell(
            organisations=organisations, permission=permission, subject=subject, body="",
            params={"name": str(assessment)}, url=assessment.get_absolute_url(), kind=NOTICE,
            key=f"assessment:{assessment.pk}:{step}", at=at,
        )  # fmt: skip


def ask_for_reply(appeal: Appeal, at: datetime) -> None:
    inbox.tell(
        organisations=[appeal.assessed.assessment.round.organiser], permission=MANAGE, body="",
        subject=gettext_noop("%(name)s objects to its assessment: please reply"),
        params={"name": str(appeal.assessed)}, url=appeal.assessed.get_absolute_url(), kind=TURN,
        key=f"appeal:{appeal.pk}", at=at,
    )  # fmt: skip


def tell_reply(appeal: Appeal, at: datetime) -> None:
    inbox.settle(key=f"appeal:{appeal.pk}", at=at)
    permission = "village.act" if appeal.post.organisation.is_village else "unit.act"
    inbox.tell(
        organisations=[appeal.post.organisation], permission=permission, body="",
        subject=gettext_noop("Your objection to the assessment has been answered"),
        url=appeal.assessed.get_absolute_url(), kind=NOTICE, key=f"appeal:{appeal.pk}:reply", at=at,
    )  # fmt: skip
