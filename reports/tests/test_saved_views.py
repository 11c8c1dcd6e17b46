"""Kept views of the statistics tables: kept, found by colleagues, renamed, removed; what is gone is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from funds.tests.playing import Place, place
from organisations.tests import factories as people
from reports.models import SavedView
from reports.tests.archiving import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Place:
    return place()


def kept(
    user, name: str = "本县各类村", office: str = "", query: str = "by=class&place=青山&page=3&export=xlsx"
) -> SavedView:
    given = {"name": name, "office": office, "query": query}
    answer = client_of(user).post(reverse("keep_view", args=["T1"]), given)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.latest("pk")


def test_a_table_is_kept_and_stands_on_top(found):
    view = kept(found.organiser)
    assert view.query == "by=class&place=%E9%9D%92%E5%B1%B1"
    client = client_of(found.organiser)
    assert view.name in client.get(reverse("statistics")).content.decode()
    for table, is_there in (("T1", True), ("T2", False)):
        address = reverse("statistics") + f"?table={table}"
        assert address in client.get(reverse("statistics_table", args=[table])).content.decode()
        panel = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert (view.name in panel) is is_there
    answer = client.get(view.address, follow=True)
    assert answer.redirect_chain[0][0].endswith("/statistics/T1/?" + view.query)
    assert answer.status_code == 200


def test_for_oneself_or_for_the_colleagues_of_the_office(found):
    mine, shared = kept(found.organiser), kept(found.organiser, "给大家看的", "own")
    colleague = people.user("rural_work_office", found.county)
    page = client_of(colleague).get(reverse("statistics")).content.decode()
    assert shared.name in page
    assert mine.name not in page
    assert client_of(colleague).get(mine.address).status_code == 404
    assert client_of(colleague).get(shared.address).status_code == 302
    for user in (found.village_secretary, found.stranger):
        assert client_of(user).get(shared.address).status_code == 404
        assert shared.name not in client_of(user).get(reverse("statistics")).content.decode()


def test_only_whoever_kept_it_renames_and_removes_it(found):
    view = kept(found.organiser, office=str(found.county.pk))
    colleague = people.user("rural_work_office", found.county)
    for name in ("rename_view", "remove_view"):
        assert client_of(colleague).post(reverse(name, args=[view.pk]), {"name": "别人改的"}).status_code == 404
    view.refresh_from_db()
    assert view.name == "本县各类村"
    client = client_of(found.organiser)
    assert client.post(reverse("rename_view", args=[view.pk]), {"name": "新名", "office": ""}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.organisation) == ("新名", None)
    assert client.post(reverse("remove_view", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()


def test_bad_input_gets_a_sentence_and_keeps_nothing(found):
    kept(found.organiser)
    client = client_of(found.organiser)
    elsewhere = people.county("白水县")
    for given in ({"name": ""}, {"name": "本县各类村"}, {"name": "长" * 61}, {"name": "x", "office": elsewhere.pk}):
        assert client.post(reverse("keep_view", args=["T1"]), given).status_code == 200
    assert client.post(reverse("keep_view", args=["T99"]), {"name": "x"}).status_code == 404
    assert SavedView.objects.count() == 1
    other = kept(found.organiser, "另一个")
    assert client.post(reverse("rename_view", args=[other.pk]), {"name": "本县各类村"}).status_code == 200


@pytest.mark.parametrize(
    ("table", "query", "sentence"),
    [
        ("T1", "round=99999", "round"),
        ("T1", "place=没有这个地方", "没有这个地方"),
        ("T1", "by=nothing", "lines"),
        ("T77", "", "T77"),
    ],
)
def test_what_is_gone_is_said(found, table, query, sentence):
    view = SavedView.objects.create(
        table=table, name="旧的", query=query, kept_at=timezone.now(), kept_by=found.organiser
    )
    client = client_of(found.organiser)
    client.cookies["django_language"] = "en"
    answer = client.get(view.address, follow=True)
    assert answer.status_code == 200
    said = [str(message) for message in answer.context["messages"]]
    assert said
    assert sentence in said[0]
    if "place" not in query:
        assert "tag-late" in client.get(reverse("statistics")).content.decode()


def test_the_pages_ask_a_fixed_number_of_statements(found):
    client, counts = client_of(found.organiser), []
    for number in range(3):
        kept(found.organiser, f"看法{number}", query=f"round={found.pairing.round_id}")
        client.get(reverse("statistics"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("statistics"))
        counts.append(len(queries))
    assert counts[0] == counts[2]
