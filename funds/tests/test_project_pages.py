"""The pages of projects: what each person finds there, and what a wrong entry leaves standing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from funds.actions import project_parts, projects
from funds.models import Project, ProjectPhoto, VillagersConsent
from funds.projects.states import ProjectState
from funds.tests.playing import NOW, Place, place
from funds.tests.projects import accepted, drawn, finished, planned, second_pairing, shown, under_way
from office.models import StoredFile
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.states import Side
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db) -> Place:
    return place()


def entry(here: Place, **changes: Any) -> dict[str, Any]:
    fields = {
        "title": "村口桥改建", "kind": "transport", "field": "livelihood", "goal": "方便三个组过河",
        "in_charge": "王志远", "due_on": timezone.localdate() + timedelta(days=90), "budget": "50000",
        "place": here.village.pk, "carrier": "village",
    }  # fmt: skip
    return fields | changes


def test_planned_on_a_form_and_led_through_by_the_page(here, signed_in):
    client = signed_in(here.secretary)
    url = reverse("plan_project", args=[here.pairing.pk])
    wrong = client.post(url, entry(here, budget="-1"))
    assert list(wrong.context["form"].errors) == ["budget"]
    assert "方便三个组过河" in wrong.content.decode()
    assert not Project.objects.exists()
    assert client.post(url, entry(here)).status_code == 302
    project = Project.objects.get()
    assert (project.level, project.budget, project.planned_side) == ("village", Decimal(50_000), Side.UNIT)
    village = signed_in(here.village_secretary)
    assert "等待青山县马岭村同意开工" in village.get(project.get_absolute_url()).content.decode()
    village.post(project.get_absolute_url(), {"verb": "started"})
    assert reread(project).state == ProjectState.UNDER_WAY
    unit = signed_in(here.secretary)
    assert unit.post(project.get_absolute_url(), {"verb": "finished"}).status_code == 404
    assert reread(project).state == ProjectState.UNDER_WAY


@pytest.mark.clause("SH-40")
def test_it_is_carried_out_in_the_village_the_township_or_the_county(here, signed_in):
    client, url = signed_in(here.secretary), reverse("plan_project", args=[here.pairing.pk])
    for where in (here.village, here.township, here.county):
        client.post(url, entry(here, place=where.pk, title=where.name))
    assert sorted(Project.objects.values_list("level", flat=True)) == ["county", "township", "village"]
    beside = people.village(here.township, "青山县石坪村")
    assert list(client.post(url, entry(here, place=beside.pk)).context["form"].errors) == ["place"]
    assert Project.objects.count() == 3


def test_a_refusal_stands_on_the_page_and_the_words_stay(here, signed_in):
    project = finished(here)
    page = signed_in(here.village_secretary).post(project.get_absolute_url(), {"verb": "accepted", "words": "很好用"})
    assert (page.status_code, reread(project).state) == (200, ProjectState.FINISHED)
    assert "照片" in str(page.context["form"].non_field_errors())
    assert "很好用" in page.content.decode()


def test_before_and_after_pictures_are_checked_by_their_content(here, signed_in):
    project = under_way(here)
    client, url = signed_in(here.secretary), reverse("add_project_photos", args=[project.pk])
    page = SimpleUploadedFile("桥.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    answer = client.post(url, {"moment": "before", "photos": page})
    assert (list(answer.context["form"].errors), ProjectPhoto.objects.count()) == (["photos"], 0)
    pictures = [SimpleUploadedFile(f"{colour}.png", drawn(colour), "image/png") for colour in ("red", "blue")]
    assert client.post(url, {"moment": "before", "photos": pictures}).status_code == 302
    shown(project, here.secretary)
    content = client.get(project.get_absolute_url()).content.decode()
    assert content.index("<h3>实施前</h3>") < content.index("<h3>实施后</h3>")
    photo = ProjectPhoto.objects.first()
    served = client.get(reverse("project_photo", args=[project.pk, photo.pk]))
    assert (served.status_code, served["Content-Type"][:6]) == (200, "image/")
    strange = signed_in(here.stranger).get(reverse("project_photo", args=[project.pk, photo.pk]))
    assert strange.status_code == 404


def test_the_minutes_of_the_villagers_are_read_by_the_two_sides_only(here, signed_in):
    project = planned(here, kind="toilet")
    url = reverse("record_villagers_consent", args=[project.pk])
    given = {"on": timezone.localdate(NOW), "form": "households", "asked": 30, "agreed": 29}
    assert signed_in(here.secretary).get(url).status_code == 404
    client = signed_in(here.village_secretary)
    minutes = SimpleUploadedFile("记录.png", drawn("white"), "image/png")
    assert list(client.post(url, given | {"agreed": ""}).context["form"].errors) == ["agreed"]
    assert client.post(url, given | {"minutes": minutes}).status_code == 302
    assert (VillagersConsent.objects.get().agreed, StoredFile.objects.filter(kind="scan").count()) == (29, 2)
    paper = reverse("villagers_consent_minutes", args=[project.pk])
    cadre, staff = people.user("cadre", here.unit), people.user("township_supervisor", here.township)
    seen = {user: signed_in(user).get(paper).status_code for user in (here.secretary, here.organiser, cadre, staff)}
    assert list(seen.values()) == [200, 200, 404, 404]


def test_milestones_and_figures_are_added_on_the_page(here, signed_in):
    project = under_way(here)
    client = signed_in(here.village_secretary)
    client.post(reverse("add_milestone", args=[project.pk]), {"name": "桥墩", "due_on": project.due_on})
    step = project.milestones.get()
    client.post(reverse("reach_milestone", args=[project.pk, step.pk]), {"on": project.started_on})
    assert reread(step).done_on == project.started_on
    figure = {
        "measure": "households",
        "value": "1200",
        "qualifier": "over",
        "source": "村委会统计",
        "on": project.started_on,
    }
    client.post(reverse("note_outcome", args=[project.pk]), figure)
    assert "1,200余" in client.get(project.get_absolute_url()).content.decode()
    outcome = project.outcomes.get()
    client.post(reverse("withdraw_outcome", args=[project.pk, outcome.pk]))
    assert "1,200余" not in client.get(project.get_absolute_url()).content.decode()
    for name, numbers in (("add_milestone", []), ("reach_milestone", [step.pk]), ("withdraw_outcome", [outcome.pk])):
        url = reverse(name, args=[project.pk, *numbers])
        assert signed_in(people.user("cadre", here.unit)).post(url).status_code == 404


@pytest.mark.clause("SH-39")
def test_a_committee_pools_on_a_form_and_a_giver_answers_on_the_page(here, signed_in):
    other, giver, _village = second_pairing(here)
    staff = people.user("committee_staff", here.county)
    client = signed_in(staff)
    fields = entry(here, place=here.village.name) | {
        "unit_1": here.unit.name, "share_1": "70", "unit_2": other.unit.name, "share_2": "20"
    }  # fmt: skip
    page = client.post(reverse("pool_project"), fields)
    assert ("90" in str(page.context["shares"].non_field_errors()), Project.objects.count()) == (True, 0)
    client.post(reverse("pool_project"), fields | {"share_2": "30"})
    project = Project.objects.get()
    share = project.shares.get(pairing=other)
    assert (project.committee, share.share) == (here.county, Decimal(30))
    url = reverse("answer_share", args=[project.pk, share.pk])
    assert client.post(url, {"answer": "yes"}).status_code == 404
    signed_in(giver).post(url, {"answer": "no"})
    assert reread(share).unit_state == "asked"
    signed_in(giver).post(url, {"answer": "yes"})
    assert reread(share).unit_state == "agreed"
    assert signed_in(here.secretary).get(reverse("pool_project")).status_code == 404


@pytest.mark.clause("SH-40")
def test_an_example_is_read_in_the_whole_area_without_names_of_persons(here, signed_in):
    project = accepted(here)
    beside = people.user("village_secretary", people.village(here.township, "青山县石坪村"))
    url = reverse("project_case", args=[project.pk])
    assert signed_in(beside).get(url).status_code == 404
    projects.promote_project(by=here.organiser, project=project, words="群众投工投劳", at=NOW)
    content = signed_in(beside).get(url).content.decode()
    assert ("群众投工投劳" in content, "王志远" in content) == (True, False)
    photo = project.photos.get()
    assert signed_in(beside).get(reverse("case_photo", args=[project.pk, photo.pk])).status_code == 200
    assert signed_in(beside).get(reverse("project_photo", args=[project.pk, photo.pk])).status_code == 404
    assert project.title in signed_in(beside).get(reverse("project_cases")).content.decode()


@pytest.mark.parametrize("mine", ["yes", ""])
def test_the_list_says_whose_turn_it_is(here, signed_in, mine):
    finished(here, title="待验收的桥")
    under_way(here, title="在建的路", carrier=Side.UNIT)
    planned(here, Side.VILLAGE, title="村里想修的渠")
    url = f"{reverse('projects')}?mine={mine}"
    seen = {
        who: [each for each in ("待验收的桥", "在建的路", "村里想修的渠") if each in content]
        for who, user in (("unit", here.secretary), ("village", here.village_secretary))
        for content in [signed_in(user).get(url).content.decode()]
    }
    if mine:
        assert seen == {"unit": ["在建的路", "村里想修的渠"], "village": ["待验收的桥"]}
    else:
        assert seen["unit"] == seen["village"] == ["待验收的桥", "在建的路", "村里想修的渠"]
    book = signed_in(here.secretary).get(f"{url}&export=xlsx")
    assert book["Content-Type"].endswith("sheet")


def filled(here: Place, number: int) -> Project:
    """A project with so many of everything that a page shows, and so many projects."""
    for place_in_row in range(number):
        project = under_way(here, title=f"项目{place_in_row}")
    for each in range(number):
        project_parts.add_milestone(by=here.secretary, project=project, name=f"节点{each}", due_on=project.due_on)
        colour = ("red", "blue", "white")[each]
        project_parts.add_photos(
            by=here.secretary, project=project, moment="before", at=NOW,
            photos=[StoredFile.objects.create(
                kind="picture", name=f"{colour}.jpg", media_type="image/jpeg", size=1, sha256=f"{each}" * 64
            )],
        )  # fmt: skip
    return project


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_the_database_as_often_for_few_as_for_many(here, signed_in, number):
    project = filled(here, number)
    client, part = signed_in(here.secretary), {"HX-Request": "true"}
    pages = {
        "list": statements(client, reverse("projects")),
        "page": statements(client, project.get_absolute_url()),
        "panel": statements(client, reverse("pairing_projects", args=[here.pairing.pk]), part),
        "cases": statements(client, reverse("project_cases")),
    }
    assert pages == {"list": 8, "page": 12, "panel": 5, "cases": 6}


def test_a_stranger_finds_nothing(here, signed_in):
    project = planned(here)
    client = signed_in(here.stranger)
    for name in ("project", "edit_project", "add_project_photos", "note_outcome", "record_villagers_consent"):
        assert client.get(reverse(name, args=[project.pk])).status_code == 404, name
    assert project.title not in client.get(reverse("projects")).content.decode()
