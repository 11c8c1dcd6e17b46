"""A second round beside the one that `data.build` made: nobody is paired yet, old ties stand by the thousand."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from organisations.kinds import Kind
from organisations.models import Organisation, User
from pairing.actions import open_round, publish_directory
from pairing.models import Pairing, RenewalAnswer, Round
from pairing.states import Side


def prepare(user: User) -> Round:
    """Open, and half of the signed pairings of the first round have one answer about their renewal."""
    first = Round.objects.get()
    begins = {"starts_on": first.starts_on + timedelta(days=365), "ends_on": first.ends_on + timedelta(days=365)}
    made = Round.objects.create(
        scheme_version=first.scheme_version, organiser=first.organiser, name="下一轮", previous=first, **begins
    )
    at = timezone.now()
    publish_directory(by=user, round=made, at=at)
    made = open_round(by=user, round=made, at=at)
    answers(first, made, at)
    return made


def answers(first: Round, made: Round, at: datetime) -> None:
    signed = Pairing.objects.signed().filter(round=first).order_by("pk").values_list("pk", flat=True)
    RenewalAnswer.objects.bulk_create(
        [
            RenewalAnswer(
                round=made, pairing_id=pk, side=Side.UNIT, consents=i % 3 != 0, words="另有安排。", answered_at=at
            )
            for i, pk in enumerate(list(signed)[::2])
        ],
        2_000,
    )


def addresses(round: Round) -> dict[str, str]:
    """What looks otherwise while nobody is paired, and who of the last round wants to go on."""
    township = Organisation.objects.filter(kind=Kind.TOWNSHIP).order_by("path")[0]
    together = reverse("choose_together", args=[round.pk])
    return {
        "new round: villages": reverse("market_villages", args=[round.pk]),
        "new round: units": reverse("market_units", args=[round.pk]),
        "new round: gaps": reverse("gaps", args=[round.pk]),
        "new round: balance": reverse("balance", args=[round.pk]),
        "new round: behind": reverse("behind", args=[round.pk]),
        "new round: coverage": reverse("coverage", args=[round.pk]),
        "new round: home": reverse("home"),
        "renewals": reverse("renewals", args=[round.pk]),
        "renewals, waiting": reverse("renewals", args=[round.pk]) + "?outcome=pending",
        "renewing": reverse("renew_pairing", args=[Pairing.objects.signed().order_by("pk")[0].pk]),
        "choosing together: grid": f"{together}?area={township.pk}",
        "choosing together: suggestion": f"{together}?area={township.pk}&spread=1",
    }
