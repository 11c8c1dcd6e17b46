"""Pairings with little effect are listed and get another partner (AH-08)."""

import pytest
from django.db import transaction
from django.db.utils import InternalError
from django.urls import reverse

from core.refusals import Refused
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Pairing
from pairing.tests import factories as pairs
from reports.actions import adjusting as acts
from reports.models import AdjustmentCase
from reports.tests.assessing import NOON, Ground, sheet

pytestmark = pytest.mark.django_db


class Weak(Ground):
    """Of two pairings one has little effect, and a unit of the directory is free."""

    def __init__(self) -> None:
        super().__init__("anhui", 2)
        for number, done in enumerate((0, 1)):
            for obligation in ("joint_meeting", "party_lecture"):
                self.duty(obligation, done, of=number)
        self.spare = people.unit(self.county, "青山县林业局")
        pairs.directory(self.round)
        self.made = self.shown()


def opened(ground: Weak) -> AdjustmentCase:
    return acts.open_case(
        by=ground.organiser, assessed=sheet(ground.made, ground.pairing), pairing=ground.pairing, reason="全年没有活动",
        at=NOON,
    )  # fmt: skip


@pytest.mark.clause("AH-08")
def test_those_with_little_effect_are_listed_and_one_gets_a_new_partner(client):
    ground = Weak()
    client.force_login(ground.organiser)
    listed = client.get(ground.made.get_absolute_url(), {"low": "yes"}).context["table"].data.data
    assert [each.pairing for each in listed] == [ground.pairing]
    client.post(
        reverse("open_adjustment", args=[listed[0].pk]), {"pairing": ground.pairing.pk, "reason": "全年没有活动"}
    )
    case = AdjustmentCase.objects.get()
    client.post(case.get_absolute_url(), {"unit": ground.spare.pk, "words": "改由林业局结对"})
    case = reread(case)
    assert (case.state, case.partner, case.outcome) == ("done", ground.spare, "改由林业局结对")
    assert (reread(ground.pairing).state, reread(ground.pairing).end_reason) == ("ended", "reselection")
    assert (case.following.unit, case.following.village) == (ground.spare, ground.village)


def test_a_pairing_with_effect_is_not_adjusted_and_nobody_but_the_organiser_does_it():
    ground = Weak()
    good = sheet(ground.made, ground.pairings[1])
    attempts = [
        {"by": ground.organiser, "assessed": good, "pairing": ground.pairings[1], "reason": "x"},
        {
            "by": ground.secretary,
            "assessed": sheet(ground.made, ground.pairing),
            "pairing": ground.pairing,
            "reason": "x",
        },
        {
            "by": ground.organiser,
            "assessed": sheet(ground.made, ground.pairing),
            "pairing": ground.pairings[1],
            "reason": "x",
        },
        {
            "by": ground.organiser,
            "assessed": sheet(ground.made, ground.pairing),
            "pairing": ground.pairing,
            "reason": " ",
        },
    ]
    for given in attempts:
        with pytest.raises(Refused):
            acts.open_case(**given, at=NOON)
    assert not AdjustmentCase.objects.exists()


def test_it_may_stay_and_what_was_settled_stays():
    ground = Weak()
    case = opened(ground)
    acts.drop_case(by=ground.organiser, case=case, words="下半年已有改进", at=NOON)
    with pytest.raises(Refused):
        acts.settle_case(by=ground.organiser, case=case, unit=ground.spare, words="x", at=NOON)
    with pytest.raises(InternalError), transaction.atomic():
        AdjustmentCase.objects.filter(pk=case.pk).update(outcome="别的")
    assert Pairing.objects.get(pk=ground.pairing.pk).state == "signed"
