"""Who is told of questions and objections: the village, then those who supervise it. Nothing of the words."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from funds.models import Objection
from office import inbox
from organisations.models import Organisation
from pairing.notices.market import TURN


def ask_village(objection: Objection, at: datetime) -> None:
    inbox.tell(
        organisations=[objection.village], permission="fund.keep", body="",
        subject=gettext_noop("A question about aid money: please answer by %(day)s"),
        params={"day": chinese_date(objection.due_on)}, url=objection.get_absolute_url(), kind=TURN,
        key=village_key(objection), at=at,
    )  # fmt: skip


def ask_township(objection: Objection, at: datetime) -> None:
    """It is no longer the turn of the village."""
    inbox.settle(key=village_key(objection), at=at)
    above = Organisation.objects.filter(path=objection.village.parent_path)
    day = chinese_date(objection.second_due_on) if objection.second_due_on else ""
    inbox.tell(
        organisations=above, permission="fund.supervise", body="",
        subject=gettext_noop("%(name)s: an objection was passed on, please answer by %(day)s"),
        params={"name": objection.village.name, "day": day}, url=objection.get_absolute_url(), kind=TURN,
        key=township_key(objection), at=at,
    )  # fmt: skip


def settle_village(objection: Objection, at: datetime) -> None:
    inbox.settle(key=village_key(objection), at=at)


def settle_township(objection: Objection, at: datetime) -> None:
    inbox.settle(key=township_key(objection), at=at)


def village_key(objection: Objection) -> str:
    return f"objection:{objection.pk}:village"


def township_key(objection: Objection) -> str:
    return f"objection:{objection.pk}:township"
