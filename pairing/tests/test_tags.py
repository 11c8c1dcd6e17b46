"""Tags of a pairing: those of its scheme, set by either side, found again, kept in the history."""

import pytest
from django.urls import reverse

from core.refusals import Refused
from organisations.tests import factories as people
from pairing.actions.tagging import tag_pairing
from pairing.tests.factories import scheme_version
from pairing.tests.market import IN_TIME, county, formed

pytestmark = pytest.mark.django_db


def under(scheme: str):
    place = county()
    type(place.round).objects.update(scheme_version=scheme_version(scheme))
    place.round = people.reread(place.round)
    return place, formed(place)


@pytest.mark.parametrize(
    ("scheme", "tag", "name"),
    [
        pytest.param("anhui", "raw_material_base", "生产原料基地", marks=pytest.mark.clause("AH-21")),
        pytest.param("anhui", "trial_site", "创新试验点", marks=pytest.mark.clause("AH-21")),
        pytest.param("yudu", "industry", "产业为基础", marks=pytest.mark.clause("YD-02")),
        pytest.param("yudu", "three_links", "三联三促", marks=pytest.mark.clause("YD-19")),
    ],
)
def test_a_unit_marks_its_pairing_with_the_tags_of_the_scheme_and_finds_it_by_them(scheme, tag, name, client):
    place, pairing = under(scheme)
    client.force_login(place.secretary)
    page = client.get(reverse("pairing_tags", args=[pairing.pk])).content.decode()
    assert name in page
    client.post(reverse("pairing_tags", args=[pairing.pk]), {"tags": [tag]})
    assert people.reread(pairing).tags == [tag]
    assert name in client.get(reverse("pairing", args=[pairing.pk])).content.decode()
    found = client.get(reverse("pairings"), {"tag": tag})
    assert [row.pk for row in found.context["table"].data.data] == [pairing.pk]
    assert name in found.content.decode()
    assert f'href="{pairing.get_absolute_url()}"' in found.content.decode()  # the list leads to it, not to the unit
    assert list(client.get(reverse("pairings"), {"tag": "nothing"}).context["table"].data.data) == []


def test_a_tag_of_another_scheme_is_refused():
    place, pairing = under("yudu")
    with pytest.raises(Refused, match="trial_site"):
        tag_pairing(by=place.village_secretary, pairing=pairing, tags=["industry", "trial_site"], at=IN_TIME)
    assert people.reread(pairing).tags == []


def test_who_only_looks_on_marks_nothing(client):
    place, pairing = under("yudu")
    onlooker = people.user("township_supervisor", place.townships[0])
    with pytest.raises(Refused):
        tag_pairing(by=onlooker, pairing=pairing, tags=["industry"], at=IN_TIME)
    client.force_login(onlooker)
    assert client.post(reverse("pairing_tags", args=[pairing.pk]), {"tags": ["industry"]}).status_code == 404
    assert people.reread(pairing).tags == []


def test_the_other_side_sees_what_was_marked_and_takes_it_back():
    place, pairing = under("yudu")
    tag_pairing(by=place.secretary, pairing=pairing, tags=["service", "industry"], at=IN_TIME)
    assert people.reread(pairing).tags == ["industry", "service"]
    tag_pairing(by=place.village_secretary, pairing=pairing, tags=["service"], at=IN_TIME)
    assert people.reread(pairing).tags == ["service"]
