"""Giving posts, ending them, handing them over - and never beyond the giver's own reach."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.kinds import Kind
from organisations.models import Appointment, Invitation, User
from organisations.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 18)


def snapshot():
    """All that a denied act could have changed."""
    return (
        list(Appointment.objects.order_by("pk").values()),
        list(User.objects.order_by("pk").values("pk", "username", "is_active", "password")),
        list(Invitation.objects.order_by("pk").values()),
    )


def test_an_organiser_gives_a_post_in_the_own_scope(world):
    post = actions.appoint(
        by=world.organiser, user=world.nobody, role="village_secretary", organisation=world.village, since=TODAY
    )
    assert (post.user, post.role, post.organisation, post.since, post.until) == (
        world.nobody,
        "village_secretary",
        world.village,
        TODAY,
        None,
    )


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_an_organiser_does_not_give_roles_beyond_the_own_ones(world, role):
    before = snapshot()
    with pytest.raises(Refused):
        actions.appoint(by=world.organiser, user=world.nobody, role=role, organisation=world.county, since=TODAY)
    assert snapshot() == before


def test_nobody_gives_a_post_to_themselves(world):
    before = snapshot()
    with pytest.raises(Refused):
        actions.appoint(
            by=world.administrator, user=world.administrator, role="organiser", organisation=world.county, since=TODAY
        )
    assert snapshot() == before


@pytest.mark.parametrize("person", ["unit_secretary", "village_secretary", "supervisor", "cadre", "auditor", "nobody"])
def test_whoever_does_not_keep_posts_gives_none(world, person):
    before = snapshot()
    with pytest.raises(Refused):
        actions.appoint(
            by=getattr(world, person), user=world.nobody, role="cadre", organisation=world.unit, since=TODAY
        )
    assert snapshot() == before


def test_a_desk_below_ones_own_unit_is_no_way_up(world):
    """A post at a desk reaches what is above the desk, so the giver must reach that too."""
    desk = factories.organisation_dept(world.township, "镇组织办")
    keeper = factories.user("organiser", desk)
    assert keeper.scopes() == [world.township.path]
    top_desk = world.dept
    before = snapshot()
    with pytest.raises(Refused):
        actions.appoint(by=keeper, user=world.nobody, role="organiser", organisation=top_desk, since=TODAY)
    assert snapshot() == before


def test_the_same_post_is_not_held_twice_in_the_same_days(world):
    before = snapshot()
    with pytest.raises(Refused):
        actions.appoint(
            by=world.organiser, user=world.cadre, role="cadre", organisation=world.unit, since=TODAY, until=TODAY
        )
    assert snapshot() == before


def test_nobody_is_appointed_at_a_closed_organisation(world):
    world.other_unit.closed_on = TODAY
    world.other_unit.save()
    with pytest.raises(Refused):
        actions.appoint(by=world.organiser, user=world.nobody, role="cadre", organisation=world.other_unit, since=TODAY)
    assert not Appointment.objects.filter(user=world.nobody).exists()


def test_a_handed_over_post_ends_the_day_before_the_successor_begins(world):
    old = world.unit_secretary.posts[0]
    new = actions.hand_over(by=world.organiser, appointment=old, successor=world.nobody, on=TODAY)
    old = factories.reread(old)
    assert (old.until, new.since, new.until) == (TODAY - timedelta(days=1), TODAY, None)
    assert (new.role, new.organisation, new.predecessor) == (old.role, old.organisation, old)
    held_on = lambda day: list(Appointment.objects.current(day).filter(role="branch_secretary"))  # noqa: E731
    assert held_on(TODAY - timedelta(days=1)) == [old]
    assert held_on(TODAY) == [new]


def test_a_post_that_ends_earlier_keeps_its_end_when_handed_over(world):
    old = factories.appointment(world.nobody, "liaison_officer", world.unit, until=date(2026, 3, 31))
    actions.hand_over(by=world.organiser, appointment=old, successor=world.cadre, on=TODAY)
    assert factories.reread(old).until == date(2026, 3, 31)


def test_a_post_is_handed_over_once_only(world):
    old = world.unit_secretary.posts[0]
    actions.hand_over(by=world.organiser, appointment=old, successor=world.nobody, on=TODAY)
    before = snapshot()
    with pytest.raises(Refused):
        actions.hand_over(by=world.organiser, appointment=old, successor=world.cadre, on=TODAY)
    assert snapshot() == before


@pytest.mark.parametrize("days", [0, -1])
def test_a_successor_does_not_begin_on_the_predecessors_first_day(world, days):
    old = world.unit_secretary.posts[0]
    before = snapshot()
    with pytest.raises(Refused):
        actions.hand_over(
            by=world.organiser, appointment=old, successor=world.nobody, on=old.since + timedelta(days=days)
        )
    assert snapshot() == before


def test_a_post_is_handed_to_a_new_person_in_one_step(world):
    old = world.village_secretary.posts[0]
    invitation = actions.hand_over_to_new(
        by=world.organiser, appointment=old, name="陈新", phone="13812345678", on=TODAY, at=timezone.now()
    )
    new = invitation.user.appointments.get()
    assert (new.role, new.organisation, new.since, new.predecessor) == (old.role, world.village, TODAY, old)
    assert factories.reread(old).until == TODAY - timedelta(days=1)
    assert len(invitation.code) == 9


def test_the_last_day_of_an_ended_post_still_counts(world):
    post = actions.end_appointment(by=world.organiser, appointment=world.cadre.posts[0], on=TODAY)
    assert post in Appointment.objects.current(TODAY)
    assert post not in Appointment.objects.current(TODAY + timedelta(days=1))


def test_a_keeper_of_one_county_reaches_no_post_of_another(world, signed_in):
    other = factories.county("邻县", division_code="520523")
    there = factories.unit(other, "邻县林业局")
    post = factories.appointment(factories.user(name="邻县人"), "branch_secretary", there)
    before = snapshot()
    client = signed_in(world.organiser)
    answers = [
        client.get(reverse("user", args=[post.user.pk])),
        client.post(reverse("end_appointment", args=[post.pk]), {"on": TODAY}),
        client.post(reverse("hand_over", args=[post.pk]), {"successor": world.cadre.username, "on": TODAY}),
        client.post(reverse("hand_over_to_new", args=[post.pk]), {"name": "a", "username": "a", "on": TODAY}),
        client.post(reverse("reissue_code", args=[post.user.pk])),
        client.post(reverse("suspend", args=[post.user.pk])),
        client.post(reverse("appoint", args=[post.user.pk]), {"role": "cadre", "organisation": "县林业局"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert snapshot() == before


def test_a_forged_organisation_in_the_form_is_not_found_and_nothing_changes(world, signed_in):
    other = factories.county("邻县", division_code="520523")
    factories.unit(other, "邻县林业局", division_code="520523001")
    before = snapshot()
    answer = signed_in(world.organiser).post(
        reverse("invite"),
        {"name": "外人", "username": "outsider", "role": "cadre", "organisation": "520523001", "since": TODAY},
    )
    assert answer.context["form"].errors.keys() == {"organisation"}
    assert snapshot() == before


def test_a_forged_role_in_the_form_is_refused_and_nothing_changes(world, signed_in):
    before = snapshot()
    answer = signed_in(world.organiser).post(
        reverse("invite"),
        {"name": "外人", "username": "outsider", "role": "administrator", "organisation": "青山县", "since": TODAY},
    )
    assert answer.context["form"].errors.keys() == {"role"}
    assert snapshot() == before


def test_pages_of_people_do_not_exist_for_whoever_does_not_keep_posts(world, signed_in):
    post = world.cadre.posts[0]
    before = snapshot()
    client = signed_in(world.unit_secretary)
    addresses = [
        reverse("users"),
        reverse("invite"),
        reverse("user", args=[world.cadre.pk]),
        reverse("hand_over", args=[post.pk]),
        reverse("end_appointment", args=[post.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert [client.post(address).status_code for address in addresses] == [404] * len(addresses)
    assert snapshot() == before


def test_no_code_is_printed_for_somebody_who_also_holds_a_post_out_of_reach(world):
    """Otherwise a keeper of one township could open the account of a county's administrator."""
    keeper = factories.user("organiser", factories.organisation_dept(world.township, "镇组织办"))
    person = factories.user("administrator", world.county)
    factories.appointment(person, "cadre", world.township)
    before = snapshot()
    for verb in (actions.reissue, actions.revoke):
        with pytest.raises(Refused):
            verb(by=keeper, user=person, at=timezone.now())
    with pytest.raises(Refused):
        actions.suspend(by=keeper, user=person)
    assert snapshot() == before


def test_a_kind_is_not_turned_into_a_desk_to_reach_further_up(world):
    keeper = factories.user("organiser", world.unit)
    with pytest.raises(Refused):
        actions.change_organisation(
            by=keeper, organisation=world.unit, fields={"kind": Kind.ORGANISATION_DEPT}, on=TODAY
        )
    assert factories.reread(world.unit).kind == Kind.AGENCY


def test_whoever_holds_two_posts_sees_both_and_what_each_permits(world, signed_in):
    factories.appointment(world.unit_secretary, "liaison_officer", world.other_unit)
    page = signed_in(world.unit_secretary).get(reverse("me")).content.decode()
    for words in ("县林业局 单位党支部书记", "县粮食局 联络员"):
        assert words in page


def test_before_a_hand_over_everything_open_is_listed_and_can_be_printed(world, signed_in, settings):
    settings.OPEN_MATTERS = [f"{__name__}.matters_of"]
    post = world.unit_secretary.posts[0]
    client = signed_in(world.organiser)
    for name in ("hand_over", "hand_over_to_new", "post_matters"):
        page = client.get(reverse(name, args=[post.pk])).content.decode()
        assert "县林业局 王志远：协议待签字" in page, name
        assert 'href="/pairings/7/"' in page, name
    assert "data-print" in page
    assert signed_in(world.cadre).get(reverse("post_matters", args=[post.pk])).status_code == 404


def matters_of(user: User, organisation):
    return [(f"{organisation.name} {user.name}：协议待签字", "/pairings/7/")]


def test_name_and_number_are_changed_after_the_invitation(world, signed_in):
    client = signed_in(world.organiser)
    world.cadre.phone = "13800001111"
    world.cadre.save()
    address = reverse("edit_user", args=[world.cadre.pk])
    page = client.get(address).content.decode()
    assert ("138****1111" in page, "13800001111" in page) == (True, False)
    client.post(address, {"name": "吴小干", "phone": ""})
    person = factories.reread(world.cadre)
    assert (person.name, person.phone) == ("吴小干", "13800001111")
    assert list(User.objects.found_by("wxg")) == [person]
    client.post(address, {"name": "吴小干", "phone": "１３９００００２２２２"})
    assert factories.reread(person).phone == "13900002222"
    client.post(address, {"name": "吴小干", "phone": "-"})
    assert factories.reread(person).phone is None
    story = client.get(reverse("history", args=["organisations.user", person.pk])).content.decode()
    assert "修改了人员的姓名或手机号码" in story
    assert "13900002222" not in story


def test_a_number_by_which_somebody_else_signs_in_is_refused(world, signed_in):
    factories.user("cadre", world.unit, phone="13900002222")
    before = snapshot()
    answer = signed_in(world.organiser).post(
        reverse("edit_user", args=[world.cadre.pk]), {"name": "吴干部", "phone": "13900002222"}
    )
    assert "请核对号码" in answer.content.decode()
    with pytest.raises(Refused):
        actions.change_own_phone(by=world.cadre, phone="13900002222", at=timezone.now())
    assert snapshot() == before


def test_only_a_keeper_of_all_posts_changes_name_and_number_of_another(world, signed_in):
    keeper = factories.user("organiser", factories.organisation_dept(world.township, "镇组织办"))
    before = list(User.objects.order_by("pk").values("name", "phone"))
    for by in (keeper, world.village_secretary, world.auditor):
        with pytest.raises(Refused):
            actions.change_details(by=by, user=world.cadre, name="改名", phone="", at=timezone.now())
    assert signed_in(keeper).get(reverse("edit_user", args=[world.cadre.pk])).status_code == 404
    assert list(User.objects.order_by("pk").values("name", "phone")) == before


def test_everybody_keeps_the_own_number(world, signed_in):
    client = signed_in(world.village_secretary)
    client.post(reverse("my_phone"), {"phone": "13700003333"})
    person = factories.reread(world.village_secretary)
    assert (person.phone, person.name) == ("13700003333", "李桂兰")
    answer = client.post(reverse("my_phone"), {"phone": "137"})
    assert set(answer.context["form"].errors) == {"phone"}
