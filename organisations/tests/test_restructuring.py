"""Merged, split, renamed, closed: everything at once, shown before, or nothing at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import InternalError, connection, connections
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.actions.restructuring import Part, preview
from organisations.kinds import Kind
from organisations.models import (
    Alias,
    Appointment,
    Facility,
    Mandate,
    Organisation,
    OrganisationLink,
    Succession,
    SuccessionStep,
)
from organisations.tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 18, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, YESTERDAY = NOON.date(), NOON.date() - timedelta(days=1)
MODELS: tuple[Any, ...] = (
    Organisation,
    Alias,
    Appointment,
    Facility,
    Mandate,
    OrganisationLink,
    Succession,
    SuccessionStep,
)
WHY: dict[str, Any] = {"reason": "县政发〔2026〕8号：并村", "on": TODAY, "at": NOON}


def snapshot() -> list[list[dict]]:
    """All that a refused or shown decision could have changed."""
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.fixture(autouse=True)
def _noon(monkeypatch, settings):
    """On one day, and without the upper apps: what they hand over is proved there."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    settings.SUCCESSION = []


@pytest.fixture
def group(world):
    """Two villagers' groups below the village, one with something below it."""
    group = factories.organisation("上寨组", kind=Kind.VILLAGERS_GROUP, parent=world.village)
    factories.organisation("上寨党小组", kind=Kind.PARTY_BRANCH, parent=group)
    factories.organisation("下寨组", kind=Kind.VILLAGERS_GROUP, parent=world.village)
    return group


def names_below(organisation: Organisation) -> list[str]:
    return [row.name for row in Organisation.objects.under(factories.reread(organisation))][1:]


def test_a_village_merged_into_another_leaves_everything_with_it(world, group):
    team = factories.organisation("驻村工作队", kind=Kind.WORK_TEAM, parent=world.county)
    factories.link(team, world.village)
    factories.facility(world.village, "村活动室")
    factories.mandate(world.village, world.village, "lead")
    actions.add_alias(by=None, organisation=world.village, kind="short_name", value="野马图")
    done = actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY)

    old, new = factories.reread(world.village), factories.reread(world.other_village)
    assert old.closed_on == YESTERDAY
    assert names_below(new) == ["上寨组", "上寨党小组", "下寨组"]
    assert names_below(old) == []
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    assert [(link.member, link.since, link.until) for link in team.links.order_by("since")] == [
        (old, factories.LONG_AGO, YESTERDAY),
        (new, TODAY, None),
    ]
    assert Facility.objects.get().organisation == new
    assert set(Mandate.objects.current(TODAY).values_list("holder", flat=True)) == {new.pk}
    assert {(alias.kind, alias.value, alias.valid_until) for alias in new.aliases.all()} == {
        ("former_name", "野马图村", YESTERDAY),
        ("former_code", "520522101201", YESTERDAY),
        ("short_name", "野马图", YESTERDAY),
    }
    step = done.steps.get()
    assert (done.kind, done.reason, done.on, done.decided_by) == ("merge", WHY["reason"], TODAY, world.organiser)
    assert (step.predecessor, step.successor, step.old_code) == (old, new, "520522101201")


def test_people_in_posts_end_with_the_old_or_go_on_at_the_new_as_chosen(world):
    both = factories.user("village_committee", world.village, name="两村都在")
    factories.appointment(both, "village_committee", world.other_village)
    coming = factories.user("village_committee", world.village, since=TODAY + timedelta(days=30))
    before = preview(actions.merge, by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    assert any("岗位任职到2026年6月17日为止" in sentence for sentence in before.outcome)
    actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, carry_posts=True, **WHY)
    old = {post.user: post.until for post in Appointment.objects.filter(organisation=world.village)}
    assert old == {world.village_secretary: YESTERDAY, both: YESTERDAY}
    new = {
        (post.user, post.role): (post.since, post.until)
        for post in Appointment.objects.filter(organisation=world.other_village, until=None)
    }
    assert new == {
        (world.village_secretary, "village_secretary"): (TODAY, None),
        (both, "village_committee"): (factories.LONG_AGO, None),
        (coming, "village_committee"): (TODAY + timedelta(days=30), None),
    }


def test_nobody_is_named_in_what_is_kept_for_ever(world):
    done = actions.merge(
        by=world.organiser, organisation=world.village, into=world.other_village, carry_posts=True, **WHY
    )
    assert world.village_secretary.name not in "".join(done.outcome)
    assert "村党组织书记" in "".join(done.outcome)


def test_whoever_does_not_keep_posts_does_not_carry_them_over(world):
    office = factories.user("rural_work_office", world.county)
    before = snapshot()
    with pytest.raises(Refused):
        actions.merge(by=office, organisation=world.village, into=world.other_village, carry_posts=True, **WHY)
    assert snapshot() == before


def test_merging_costs_the_same_however_much_stands_below(world, django_assert_num_queries):
    for number in range(2):
        factories.organisation(f"组{number}", kind=Kind.VILLAGERS_GROUP, parent=world.village)
    assert world.organiser.posts  # read once per request
    with django_assert_num_queries(20):
        actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    third = factories.village(world.township, "三村")
    factories.user("village_secretary", third)
    for number in range(9):
        parent = factories.organisation(f"三组{number}", kind=Kind.VILLAGERS_GROUP, parent=third)
        factories.organisation(f"小组{number}", kind=Kind.PARTY_BRANCH, parent=parent)
        factories.user("village_committee", third)
    with django_assert_num_queries(20):
        actions.merge(by=world.organiser, organisation=third, into=world.other_village, **WHY)
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_a_whole_township_goes_with_everything_below_it(world):
    actions.merge(by=world.organiser, organisation=world.township, into=world.other_township, **WHY)
    assert names_below(world.other_township) == ["大沟村", "野马图村"]
    assert factories.reread(world.village).closed_on is None


def refused_merges(world):
    yield "itself", world.village, world.village
    yield "another kind", world.village, world.unit
    yield "below itself", world.township, world.village


def test_what_does_not_fit_is_refused_and_nothing_is_changed(world):
    before = snapshot()
    for name, old, new in refused_merges(world):
        with pytest.raises(Refused):
            actions.merge(by=world.organiser, organisation=old, into=new, **WHY)
        assert snapshot() == before, name
    for changed in ({"on": TODAY + timedelta(days=1)}, {"reason": "  "}):
        with pytest.raises(Refused):
            actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY | changed)
        assert snapshot() == before, changed


def test_nobody_merges_beyond_the_own_scope(world):
    keeper = factories.user("organiser", factories.organisation_dept(world.township, "镇组织办"))
    before = snapshot()
    for old, new in ((world.village, world.other_village), (world.other_village, world.village)):
        with pytest.raises(Refused):
            actions.merge(by=keeper, organisation=old, into=new, **WHY)
    assert snapshot() == before


def test_a_split_village_becomes_new_ones_each_with_its_share(world, group):
    factories.facility(world.village, "村活动室")
    parts = [Part("东图村", "520522101202"), Part("西图村", "520522101201", (group,))]
    actions.split(by=world.organiser, organisation=world.village, parts=parts, goes_on=False, carry_posts=True, **WHY)
    east, west = (Organisation.objects.get(name=name) for name in ("东图村", "西图村"))
    assert factories.reread(world.village).closed_on == YESTERDAY
    assert (west.division_code, west.kind, west.parent_path) == ("520522101201", Kind.VILLAGE, world.township.path)
    assert names_below(east) == ["下寨组"]
    assert names_below(west) == ["上寨组", "上寨党小组"]
    assert Facility.objects.get().organisation == east
    assert east.appointments.get().user == world.village_secretary
    assert list(Organisation.objects.found_by("野马图村").order_by("path")) == [world.village, east, west]
    assert [(s.predecessor, s.successor) for s in SuccessionStep.objects.all()] == [
        (world.village, east),
        (world.village, west),
    ]
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_an_organisation_that_goes_on_keeps_what_no_part_is_given(world, group):
    parts = [Part("西图村", "", (group,))]
    actions.split(by=world.organiser, organisation=world.village, parts=parts, goes_on=True, **WHY)
    assert factories.reread(world.village).closed_on is None
    assert names_below(world.village) == ["下寨组"]
    assert factories.reread(world.village).appointments.get().until is None


def test_a_split_needs_two_and_no_namesakes(world, group):
    before = snapshot()
    wrong = [
        ([Part("东图村")], False),
        ([Part("东图村"), Part("东图村")], False),
        ([Part("东图村", "", (group,)), Part("西图村", "", (group,))], False),
        ([Part("东图村", "520522"), Part("西图村")], False),
        ([Part("野马图村")], True),
    ]
    for parts, goes_on in wrong:
        with pytest.raises(Refused):
            actions.split(by=world.organiser, organisation=world.village, parts=parts, goes_on=goes_on, **WHY)
        assert snapshot() == before


def test_a_renamed_village_is_found_by_its_former_name_and_code_until_the_day_before(world):
    actions.rename(by=world.organiser, organisation=world.village, name="新马村", code="520522101299", **WHY)
    village = factories.reread(world.village)
    assert (village.name, village.division_code) == ("新马村", "520522101299")
    assert {(alias.value, alias.valid_until) for alias in village.aliases.all()} == {
        ("野马图村", YESTERDAY),
        ("520522101201", YESTERDAY),
    }
    for query in ("新马", "xmc", "ymt", "520522101201", "520522101299"):
        assert village in Organisation.objects.found_by(query), query
    step = SuccessionStep.objects.get()
    assert (step.old_name, step.new_name, step.old_code, step.new_code) == (
        "野马图村",
        "新马村",
        "520522101201",
        "520522101299",
    )


def test_a_name_that_stands_beside_it_already_is_refused(world):
    factories.village(world.township, "马岭村", division_code="520522101300")
    before = snapshot()
    for given in ({"name": "马岭村", "code": ""}, {"name": "新马村", "code": "520522101300"}):
        with pytest.raises(Refused):
            actions.rename(by=world.organiser, organisation=world.village, **given, **WHY)
        assert snapshot() == before
    actions.rename(by=world.organiser, organisation=world.village, name="大沟村", code="", **WHY)
    assert factories.reread(world.village).name == "大沟村"  # a namesake in another township is no matter


def test_a_closed_unit_ends_its_posts_facilities_and_memberships(world):
    facility = factories.facility(world.unit, "礼堂", kind="venue")
    factories.mandate(world.county, world.unit)
    done = actions.close(by=world.organiser, organisation=world.unit, **WHY)
    assert factories.reread(world.unit).closed_on == YESTERDAY
    assert set(world.unit.appointments.values_list("until", flat=True)) == {YESTERDAY}
    assert factories.reread(facility).until == YESTERDAY
    assert not Mandate.objects.current(TODAY).exists()
    assert any("2个岗位任职到2026年6月17日为止" in sentence for sentence in done.outcome)
    assert done.steps.get().successor is None


def test_a_unit_with_people_in_posts_is_not_closed_by_whoever_does_not_keep_them(world):
    office = factories.user("rural_work_office", world.county)
    before = snapshot()
    with pytest.raises(Refused):
        actions.close(by=office, organisation=world.unit, **WHY)
    assert snapshot() == before


def test_nothing_is_closed_over_something_open(world):
    before = snapshot()
    with pytest.raises(Refused, match="野马图村"):
        actions.close(by=world.organiser, organisation=world.township, **WHY)
    assert snapshot() == before


def test_a_closed_organisation_opens_again_unless_its_code_was_given_away(world):
    first = factories.village(world.township, "甲村", division_code="520522101299")
    actions.close(by=world.organiser, organisation=first, **WHY)
    second = factories.village(world.township, "乙村", division_code="520522101299")
    with pytest.raises(Refused):
        actions.reopen_organisation(by=world.organiser, organisation=first)
    actions.close(by=world.organiser, organisation=second, **WHY)
    actions.reopen_organisation(by=world.organiser, organisation=first)
    assert factories.reread(first).closed_on is None


def test_what_was_merged_does_not_open_again(world):
    actions.merge(by=world.organiser, organisation=world.village, into=world.other_village, **WHY)
    with pytest.raises(Refused, match="大沟村"):
        actions.reopen_organisation(by=world.organiser, organisation=world.village)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_same_village_at_once_one_is_refused(world):
    third = factories.village(world.township, "三村")
    start = Barrier(2)

    def decide(into: Organisation):
        start.wait()
        try:
            return actions.merge(by=None, organisation=world.village, into=into, **WHY)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, [world.other_village, third]))
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Succession"]
    assert SuccessionStep.objects.count() == 1
    assert Alias.objects.filter(value="野马图村").count() == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE organisations_succession SET reason = 'x'", "DELETE FROM organisations_successionstep"]
)
def test_the_decision_itself_is_never_changed(world, statement):
    actions.close(by=world.organiser, organisation=world.unit, **WHY)
    with connection.cursor() as cursor, pytest.raises(InternalError, match="Cannot"):
        cursor.execute(statement)
