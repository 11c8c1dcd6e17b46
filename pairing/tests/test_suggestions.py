import pytest

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from pairing.actions import suggestions as acts
from pairing.models import Suggestion
from pairing.tests.market import IN_TIME, county, statements

assert signed_in
pytestmark = pytest.mark.django_db


def suggested(place, **fields):
    given = {
        "by": place.secretary, "organisation": place.unit, "organiser": place.root, "title": "建议按片区结对",
        "words": "相邻村同类需求较多，建议按片区统筹。", "at": IN_TIME,
    }  # fmt: skip
    return acts.suggest(**(given | fields))


@pytest.mark.clause("SH-22")
def test_a_suggestion_reaches_the_organisation_department_and_comes_back_with_a_reply():
    place = county()
    made = suggested(place)
    assert Message.objects.open().get().organisation == place.root
    assert Message.objects.visible_to(place.organiser).get().params["title"] == "建议按片区结对"
    with pytest.raises(Refused):
        acts.reply(by=place.secretary, suggestion=made, words="好", at=IN_TIME)
    with pytest.raises(Refused):
        acts.reply(by=place.organiser, suggestion=made, words=" ", at=IN_TIME)
    made = acts.reply(by=place.organiser, suggestion=made, words="已列入下一轮方案。", at=IN_TIME)
    assert (made.state, made.reply, made.replied_by) == ("answered", "已列入下一轮方案。", place.organiser)
    assert Message.objects.visible_to(place.secretary).get().url == made.get_absolute_url()
    assert not Message.objects.open().exists()
    with pytest.raises(Refused):
        acts.reply(by=place.organiser, suggestion=made, words="再答", at=IN_TIME)


def test_it_is_written_in_a_post_of_ones_own_to_a_committee_above():
    place, other = county(), county("白水县")
    with pytest.raises(Refused):
        suggested(place, organisation=place.village)
    with pytest.raises(Refused):
        suggested(place, organiser=other.root)
    assert suggested(place).written_as.role == "branch_secretary"


@pytest.mark.parametrize("role", ["auditor", "cadre", "administrator"])
def test_who_does_not_act_for_an_organisation_never_writes_in_its_name(signed_in, role):
    place = county()
    client = signed_in(people.user(role, place.unit))
    assert "/suggestions/new/" not in client.get("/suggestions/").text
    sent = {"organisation": place.unit.pk, "organiser": place.root.pk, "title": "建议", "words": "建议"}
    assert client.post("/suggestions/new/", sent).status_code == 404
    with pytest.raises(Refused):
        suggested(place, by=people.user(role, place.unit))
    assert not Suggestion.objects.exists()


def test_only_both_ends_read_it():
    place = county()
    made = suggested(place)
    supervisor = people.user("township_supervisor", place.townships[0])
    readers = [place.secretary, place.organiser, place.village_secretary, supervisor]
    seen = [Suggestion.objects.visible_to(reader).filter(pk=made.pk).exists() for reader in readers]
    assert seen == [True, True, False, False]


def test_written_and_answered_on_the_pages(signed_in):
    place = county()
    client = signed_in(place.secretary)
    sent = {"organisation": place.unit.pk, "organiser": place.root.pk, "title": "建议按片区结对", "words": "统筹资源"}
    page = client.post("/suggestions/new/", sent, follow=True)
    made = Suggestion.objects.get()
    assert page.redirect_chain == [(f"/suggestions/{made.pk}/", 302)]
    assert client.post(made.get_absolute_url(), {"words": "自答"}).status_code == 404
    client = signed_in(place.organiser)
    assert statements(client, "/suggestions/") == 8
    assert statements(client, made.get_absolute_url()) == 6
    client.post(made.get_absolute_url(), {"words": "采纳"})
    assert Suggestion.objects.get().reply == "采纳"
    assert signed_in(place.village_secretary).get(made.get_absolute_url()).status_code == 404
