"""The first lines of a desk are kept between requests; no step of anybody may be missed."""

import pytest
from django.core.cache import cache

from organisations.tests import factories as people
from pairing.actions import agreements as acts
from pairing.actions.market import accept, propose
from pairing.agreements.content import content_hash
from pairing.figures import stages
from pairing.figures.statistics import revision
from pairing.figures.worst import worst
from pairing.models import Agreement, PairingPartner, Round
from pairing.states import PairingState, PartnerState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, forest_terms, formed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    cache.clear()
    return county()


def shown(place, scopes=None) -> list[tuple[str, int]]:
    round = Round.objects.get(pk=place.round.pk)
    found = worst(round, scopes or [place.root.path], revision(round, with_steps=True), 6)
    assert found.number == len(found.lines)
    return [(line.name, vars(line)["stage"]) for line in found.lines]


def truth(place) -> list[tuple[str, int]]:
    return [(line.name, line.stage) for line in stages.behind(Round.objects.get(pk=place.round.pk))]


def test_the_kept_lines_follow_each_step_of_both_sides(place):
    people_of = {Side.UNIT: place.secretary, Side.VILLAGE: place.village_secretary}
    seen = [shown(place)]
    intention = propose(
        by=place.secretary, round=place.round, unit=place.unit, village=place.village, side=Side.UNIT, at=IN_TIME
    )
    seen.append(shown(place))
    pairing = accept(by=place.village_secretary, intention=intention, at=IN_TIME)
    seen.append(shown(place))

    def agreement() -> Agreement:
        return Agreement.objects.standing().get(pairing=pairing)

    draft = agreement()
    acts.revise_agreement(
        by=place.secretary,
        agreement=draft,
        side=Side.UNIT,
        version=draft.version,
        terms=forest_terms(draft),
        at=IN_TIME,
    )
    for side in Side:
        now = agreement()
        acts.confirm_agreement(by=people_of[side], agreement=now, side=side, version=now.version, at=IN_TIME)
        seen.append(shown(place))
        assert seen[-1] == truth(place)
    for side in Side:
        now, person = agreement(), people_of[side]
        acts.sign_agreement(
            by=person, agreement=now, side=side, name=person.name, shown_hash=content_hash(now), at=IN_TIME
        )
        seen.append(shown(place))
        assert seen[-1] == truth(place)
    assert [len(lines) for lines in seen] == [2, 1, 1, 1, 2, 1, 0]


def test_another_scope_has_lines_of_its_own(place):
    elsewhere = people.county("绿水县")
    assert len(shown(place)) == 2
    assert shown(place, [place.village.path]) == [(place.village.name, stages.Stage.NOTHING)]
    assert shown(place, [elsewhere.path]) == []


def test_who_joined_another_unit_as_a_partner_is_not_behind(place):
    """Not even where it joined a signed pairing, and again once it has left (SH-13)."""
    bank = people.unit(place.root, "农商行")
    factories.directory(place.round)
    pairing = formed(place, state=PairingState.SIGNED)
    assert [name for name, _stage in shown(place)] == ["农商行"]
    joined = {"state": PartnerState.JOINED, "answered_at": IN_TIME, "answered_by": place.organiser}
    partner = PairingPartner.objects.create(pairing=pairing, unit=bank, share=30, **joined)
    assert shown(place) == truth(place) == []
    partner.state, partner.left_at, partner.left_by = PartnerState.LEFT, IN_TIME, place.organiser
    partner.save()
    assert [name for name, _stage in shown(place)] == ["农商行"]
