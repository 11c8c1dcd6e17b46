"""The pages of merging, splitting, renaming and closing: everything is shown first, and upper apps have their say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.actions.restructuring import digest, preview
from organisations.models import Alias, Organisation, Succession
from organisations.tests import factories
from organisations.tests.test_restructuring import NOON, WHY, snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch, settings):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    settings.SUCCESSION = []


def test_old_names_and_codes_lead_to_what_follows_and_the_old_page_stays(world, signed_in):
    actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    for query in ("野马图", "ymt", "520522101201"):
        assert set(Organisation.objects.found_by(query)) == {world.village, world.other_village}, query
    client = signed_in(world.organiser)
    page = client.get(reverse("organisation", args=[world.village.pk])).content.decode()
    assert "已撤销" in page
    around = client.get(reverse("organisation_around", args=[world.village.pk])).content.decode()
    assert "野马图村 → 大沟村" in around
    assert WHY["reason"] in around
    history = client.get(reverse("history", args=["organisations.organisation", world.village.pk])).content.decode()
    assert "合并了组织" in history


# What an upper app does with what hangs on the organisations (settings.SUCCESSION).
def hand_over(*, by, successions, kind, reason, on, at):
    Alias.objects.create(organisation=successions[0][0], kind="short_name", value="移交过")
    return [f"{kind}:{old.name}→{new.name if new else '—'}:{on}" for old, new in successions]


def refuse(**_given):
    raise Refused("还有未签的协议。")


def test_upper_apps_hand_over_in_the_same_step_and_what_they_say_is_kept(world, settings):
    settings.SUCCESSION = [f"{__name__}.hand_over"]
    done = actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    assert "merge:野马图村→大沟村:2026-06-18" in done.outcome
    assert Alias.objects.filter(value="移交过").exists()


def test_a_refusal_of_an_upper_app_refuses_the_whole(world, settings):
    settings.SUCCESSION = [f"{__name__}.hand_over", f"{__name__}.refuse"]
    before = snapshot()
    with pytest.raises(Refused, match="还有未签的协议"):
        actions.close(by=world.organiser, organisation=world.unit, **WHY)
    assert snapshot() == before


def test_looking_at_what_would_happen_changes_nothing(world, settings):
    settings.SUCCESSION = [f"{__name__}.hand_over"]
    before = snapshot()
    shown = preview(actions.merge, by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    assert any("撤销" in sentence for sentence in shown.outcome)
    assert snapshot() == before


def test_the_page_shows_everything_first_and_then_does_what_it_showed(world, signed_in):
    client = signed_in(world.organiser)
    address = reverse("merge_organisation", args=[world.village.pk])
    assert client.get(address).status_code == 200
    typed = {"into": "大沟村", "posts": "carry", "on": "2026-06-18", "reason": WHY["reason"]}
    before = snapshot()
    shown = client.post(address, typed)
    assert snapshot() == before
    told = shown.context["outcome"]
    assert all(sentence in shown.content.decode() for sentence in told)
    answer = client.post(address, typed | {"seen": shown.context["seen"]})
    made = Succession.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert made.outcome == told
    page = client.get(made.get_absolute_url()).content.decode()
    assert WHY["reason"] in page
    assert all(sentence in page for sentence in told)


def test_what_changed_since_it_was_shown_is_shown_again_instead_of_done(world, signed_in):
    client = signed_in(world.organiser)
    address = reverse("close_organisation", args=[world.unit.pk])
    typed = {"on": "2026-06-18", "reason": "机构改革"}
    seen = client.post(address, typed).context["seen"]
    factories.user("cadre", world.unit)
    before = snapshot()
    answer = client.post(address, typed | {"seen": seen})
    assert snapshot() == before
    assert answer.context["seen"] == digest(answer.context["outcome"]) != seen
    assert any("情况有变化" in str(message) for message in answer.context["messages"])


def test_mistakes_stand_in_the_form_and_nothing_typed_is_lost(world, signed_in):
    client = signed_in(world.organiser)
    answer = client.post(
        reverse("split_organisation", args=[world.village.pk]),
        {"name_1": "东图村", "below_2": "没有的组", "code_1": "12", "posts": "end", "on": "2026-06-18", "reason": "分"},
    )
    errors = answer.context["form"].errors
    assert set(errors) == {"code_1", "name_2", "below_2"}
    assert 'value="东图村"' in answer.content.decode()


@pytest.mark.parametrize("step", ["merge", "split", "rename", "close"])
@pytest.mark.parametrize("person", ["village_secretary", "supervisor", "unit_secretary", "auditor", "nobody"])
def test_these_pages_do_not_exist_for_others(world, signed_in, step, person):
    address = reverse(f"{step}_organisation", args=[world.village.pk])
    client = signed_in(getattr(world, person))
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (404, 404)


def test_the_list_of_changes_shows_ones_own_scope_and_exports(world, signed_in, django_assert_num_queries):
    actions.rename(by=world.organiser, organisation=world.village, name="新马村", code="", **WHY)
    client = signed_in(world.organiser)
    client.get(reverse("successions"))
    with django_assert_num_queries(9):
        page = client.get(reverse("successions")).content.decode()
    assert "野马图村" in page
    for number in range(3):
        third = factories.village(world.township, f"第{number}号村")
        actions.close(by=world.organiser, organisation=third, **WHY)
    with django_assert_num_queries(9):
        client.get(reverse("successions"))
    assert client.get(reverse("successions") + "?name=新马&export=xlsx").status_code == 200
    stranger = factories.user("organiser", factories.county("白水县"))
    assert "野马图村" not in signed_in(stranger).get(reverse("successions")).content.decode()
