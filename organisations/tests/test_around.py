"""Joint organisations, teams, facilities and the help given to them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.kinds import FacilityKind, Function, Kind
from organisations.models import Facility, FacilityHelp, Organisation, OrganisationLink
from organisations.tests import factories

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 1)


def snapshot():
    return [
        list(model._default_manager.order_by("pk").values()) for model in (OrganisationLink, Facility, FacilityHelp)
    ]


@pytest.fixture
def joint(world) -> Organisation:
    return factories.organisation("野马图联合党委", kind=Kind.JOINT_PARTY_ORG, parent=world.township)


@pytest.fixture
def team(world) -> Organisation:
    return factories.organisation("县直第一工作队", kind=Kind.WORK_TEAM, parent=world.county)


def panel(client, organisation: Organisation) -> str:
    return client.get(reverse("organisation", args=[organisation.pk])).content.decode()


@pytest.mark.clause("AH-30")
def test_two_villages_join_each_other(world, joint, signed_in):
    for village in (world.village, world.other_village):
        factories.link(joint, village, kind="member")
    assert "村村联建" in panel(signed_in(world.organiser), joint)


@pytest.mark.clause("AH-30")
def test_a_joint_party_organisation_is_made_of_villages_communities_and_enterprises(world, joint, signed_in):
    community = factories.organisation("新城社区", kind=Kind.COMMUNITY, parent=world.county)
    company = factories.unit(world.county, "金碧茶业公司", kind=Kind.ENTERPRISE)
    client = signed_in(world.organiser)
    for member in (world.village, community, company):
        answer = client.post(reverse("add_link", args=[joint.pk]), {"member": member.name, "since": "2026-03-01"})
        assert (answer.status_code, answer["Location"]) == (302, joint.get_absolute_url())
    links = OrganisationLink.objects.order_by("pk")
    assert [(link.kind, link.holder, link.member, link.since) for link in links] == [
        ("member", joint, member, SPRING) for member in (world.village, community, company)
    ]
    page = panel(client, joint)
    assert [name in page for name in ("野马图村", "新城社区", "金碧茶业公司")] == [True] * 3
    assert "村居联建、村企联建" in page
    assert "野马图联合党委" in panel(client, world.village)


def test_a_team_serves_several_villages_and_each_names_its_team(world, team, signed_in):
    for village in (world.village, world.other_village):
        actions.add_link(by=world.organiser, holder=team, member=village, since=SPRING)
    page = panel(signed_in(world.organiser), team)
    assert ("野马图村" in page, "大沟村" in page) == (True, True)
    assert "县直第一工作队" in panel(signed_in(world.village_secretary), world.village)


def test_a_link_ends_and_is_told_to_have_been(world, team, signed_in):
    link = factories.link(team, world.village)
    client = signed_in(world.organiser)
    client.post(reverse("end_link", args=[link.pk]), {"on": "2026-03-01"})
    assert factories.reread(link).until == SPRING
    assert "县直第一工作队" not in panel(client, world.village)
    assert "2026年3月1日" in panel(client, team)


def wrong_links(world, joint, team):
    yield "an agency joins no joint organisation", joint, world.unit
    yield "a team serves villages only", team, world.unit
    yield "a village has no members", world.village, world.other_village
    yield "twice", team, world.village


def test_what_does_not_belong_together_is_not_linked(world, joint, team):
    factories.link(team, world.village)
    before = snapshot()
    for name, holder, member in wrong_links(world, joint, team):
        with pytest.raises(Refused):
            actions.add_link(by=world.organiser, holder=holder, member=member, since=SPRING)
        assert snapshot() == before, name
    keeper = factories.user("organiser", factories.organisation_dept(world.township, "镇组织办"))
    with pytest.raises(Refused):
        actions.add_link(by=keeper, holder=team, member=world.village, since=SPRING)
    assert snapshot() == before


def test_people_of_a_team_read_the_villages_that_it_serves_and_no_others(world, team, signed_in):
    member = factories.user("cadre", team)
    factories.link(team, world.village)
    client = signed_in(member)
    assert client.get(world.village.get_absolute_url()).status_code == 200
    assert client.get(world.other_village.get_absolute_url()).status_code == 404
    assert signed_in(world.village_secretary).get(team.get_absolute_url()).status_code == 200
    OrganisationLink.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert signed_in(member).get(world.village.get_absolute_url()).status_code == 404


CENTRE = [Function.POLITICAL_ACTIVITY, Function.EDUCATION_TRAINING, Function.GUIDANCE_SERVICE]


@pytest.mark.clause("SH-24")
def test_a_township_ticks_the_functions_of_its_service_centre_and_help_is_recorded(world, signed_in):
    client = signed_in(world.organiser)
    given = {"kind": "service_centre", "name": "观音洞镇党员服务中心", "since": "2010-07-01", "functions": CENTRE}
    client.post(reverse("add_facility", args=[world.township.pk]), given)
    centre = Facility.objects.get()
    assert (centre.organisation, centre.kind, centre.functions) == (world.township, "service_centre", list(CENTRE))
    assert len([one for one in Function if one in CENTRE or one in ("talent_show", "social_service")]) == 5
    sent = {"helper": "县林业局", "what": "电教设备一套", "resource": "education", "on": "2026-05-01"}
    client.post(reverse("add_help", args=[centre.pk]), sent)
    record = centre.helps.get()
    assert (record.helper, record.what, record.on, record.recorded_by) == (
        world.unit,
        "电教设备一套",
        date(2026, 5, 1),
        world.organiser,
    )
    page = client.get(centre.get_absolute_url()).content.decode()
    for words in ("政治活动中心、教育培训中心、指导服务中心", "县林业局", "电教设备一套", "2026年5月1日"):
        assert words in page


def test_a_facility_has_the_functions_of_its_own_kind_only(world, signed_in):
    client = signed_in(world.village_secretary)
    address = reverse("add_facility", args=[world.village.pk])
    answer = client.post(address, {"kind": "village_site", "name": "活动室", "functions": ["talent_show"]})
    assert set(answer.context["form"].errors) == {"functions"}
    client.post(address, {"kind": "village_site", "name": "活动室", "functions": ["political_life", "service_desk"]})
    again = client.post(address, {"kind": "venue", "name": "活动室"})
    assert "已有同名" in again.content.decode()
    assert Facility.objects.get().functions == ["political_life", "service_desk"]
    with pytest.raises(Refused):
        actions.add_facility(
            by=world.organiser,
            organisation=world.township,
            fields={"kind": FacilityKind.VENUE, "name": "礼堂", "functions": ["talent_show"]},
        )


def test_a_unit_records_the_help_it_gave_to_a_facility_that_it_can_read(world, team, signed_in):
    """Readable here through a team of the unit; a partner's through the pairing (pairing.partners)."""
    facility = factories.facility(world.village)
    client = signed_in(world.unit_secretary)
    assert client.get(facility.get_absolute_url()).status_code == 404
    own_team = factories.organisation("林业局工作队", kind=Kind.WORK_TEAM, parent=world.unit)
    factories.link(own_team, world.village)
    page = client.get(facility.get_absolute_url()).content.decode()
    assert 'value="县林业局"' in page
    sent = {"helper": "县林业局", "what": "桌椅二十套", "resource": "venue", "on": "2026-05-01"}
    client.post(reverse("add_help", args=[facility.pk]), sent)
    record = FacilityHelp.objects.get()
    assert (record.helper, record.recorded_by) == (world.unit, world.unit_secretary)
    client.post(reverse("remove_help", args=[facility.pk, record.pk]))
    assert not FacilityHelp.objects.exists()


def test_nobody_records_help_in_the_name_of_others_or_for_a_day_to_come(world):
    facility = factories.facility(world.village)
    given = {"facility": facility, "helper": world.unit, "what": "x", "resource": "venue", "at": timezone.now()}
    before = snapshot()
    for by, on in (
        (world.cadre, SPRING),
        (factories.user("branch_secretary", world.other_unit), SPRING),
        (world.organiser, timezone.localdate() + timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            actions.record_help(by=by, on=on, **given)
        assert snapshot() == before


@pytest.mark.parametrize(
    ("person", "name", "target"),
    [
        ("unit_secretary", "add_facility", "village"),
        ("supervisor", "add_facility", "other_village"),
        ("village_secretary", "add_link", "village"),
        ("cadre", "add_facility", "unit"),
        ("nobody", "organisation_around", "village"),
    ],
)
def test_what_one_may_not_keep_does_not_exist(world, signed_in, person, name, target):
    before = snapshot()
    client = signed_in(getattr(world, person))
    address = reverse(name, args=[getattr(world, target).pk])
    assert (client.get(address).status_code, client.post(address).status_code) in ((404, 404), (404, 405))
    assert snapshot() == before


def test_the_list_of_facilities_filters_by_address_and_costs_the_same(world, signed_in, django_assert_num_queries):
    factories.facility(world.village)
    client = signed_in(world.organiser)
    client.get(reverse("facilities"))
    with django_assert_num_queries(8):
        client.get(reverse("facilities"))
    factories.facility(world.township, "党员服务中心", kind="service_centre", functions=["talent_show"])
    helped = factories.facility(world.other_village, "礼堂", kind="venue")
    actions.record_help(
        by=None, facility=helped, helper=world.unit, what="屋顶", resource="venue", on=SPRING, at=timezone.now()
    )
    with django_assert_num_queries(8):
        client.get(reverse("facilities"))
    for query, names in (
        ("function=talent_show", ["党员服务中心"]),
        ("kind=venue", ["礼堂"]),
        ("helped=yes", ["礼堂"]),
        ("place=观音洞", ["党群活动室", "党员服务中心"]),
        ("state=closed", []),
    ):
        rows = client.get(reverse("facilities") + "?" + query).context["table"].rows
        assert sorted(row.record.name for row in rows) == sorted(names), query
    assert client.get(reverse("facilities") + "?helped=yes&export=xlsx").status_code == 200
    assert "礼堂" not in signed_in(world.village_secretary).get(reverse("facilities")).content.decode()


def test_the_second_part_of_a_page_costs_the_same_for_one_and_three(world, signed_in, django_assert_num_queries):
    client = signed_in(world.organiser)
    address = reverse("organisation_around", args=[world.village.pk])
    factories.facility(world.village)
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    for number in range(3):
        factories.facility(world.village, f"场地{number}")
    with django_assert_num_queries(8):
        client.get(address)
