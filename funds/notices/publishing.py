"""Who is told about disclosures: the units that help the village once it is published, the village when it is late."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop

from funds.models import Disclosure
from office import inbox
from organisations.models import Organisation
from pairing.models import Pairing

KEEP = "fund.keep"


def tell_published(disclosure: Disclosure, at: datetime) -> None:
    """The units learn where everybody reads it; what the village was reminded of is settled."""
    units = Pairing.objects.standing().filter(village=disclosure.village).order_by().values("unit")
    inbox.tell(
        organisations=Organisation.objects.filter(pk__in=units), permission="unit.act",
        subject=gettext_noop("%(name)s published what the aid money did"), body="",
        params={"name": disclosure.village.name}, url=reverse("open_disclosure", args=[disclosure.pk]),
        kind=inbox.NOTICE, key=f"disclosure:{disclosure.pk}:published", at=at,
    )  # fmt: skip


def remind(villages: Iterable[Organisation], key: str, at: datetime) -> None:
    """Once for the same `key`."""
    inbox.tell_each(
        {
            "organisation": village, "permission": KEEP, "kind": inbox.NOTICE, "at": at, "key": key,
            "subject": gettext_noop("A reminder: aid money waits to be published in the village"),
            "url": reverse("disclose", args=[village.pk]),
        }
        for village in villages
    )  # fmt: skip
