"""Categories and levels of units, classes of villages, and a village over the years."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.refusals import Refused
from organisations import actions, comparing, statistics
from organisations.causes import codes_of
from organisations.kinds import Cause, Kind, LaggingReason, Level, Tier, UnitCategory
from organisations.models import Organisation, VillageFacts
from organisations.tests import factories

pytestmark = pytest.mark.django_db
OF_CATEGORY = {
    UnitCategory.ORGANS: (Kind.AGENCY, Level.PREFECTURE),
    UnitCategory.ENTERPRISES: (Kind.ENTERPRISE, Level.PREFECTURE),
    UnitCategory.FINANCE: (Kind.FINANCIAL_INSTITUTION, Level.PREFECTURE),
    UnitCategory.UNIVERSITIES: (Kind.UNIVERSITY, ""),
    UnitCategory.RESEARCH: (Kind.RESEARCH_INSTITUTE, ""),
    UnitCategory.HEALTH: (Kind.HEALTH_INSTITUTION, ""),
    UnitCategory.CULTURE: (Kind.CULTURE_MEDIA, ""),
    UnitCategory.CENTRAL: (Kind.UNIVERSITY, Level.CENTRAL),
    UnitCategory.OTHER: (Kind.NEW_SOCIAL_ORG, ""),
}


def named(client, name: str, query: str) -> list[str]:
    rows = client.get(f"{reverse(name)}?{query}").context["table"].rows
    return sorted(row.record.name for row in rows)


@pytest.mark.clause("SH-08")
def test_units_are_counted_by_the_eight_categories_and_each_number_leads_to_its_list(signed_in):
    city = factories.organisation("上海市", kind=Kind.PROVINCE)
    for number, (category, (kind, level)) in enumerate(OF_CATEGORY.items(), 1):
        for copy in range(number):
            factories.unit(city, f"{category}{copy}", kind=kind, level=level, party_members=10)
    rows = statistics.by_category(Organisation.objects.units())
    assert [(row.key, row.total, row.members) for row in rows] == [
        (category.value, number, number * 10) for number, category in enumerate(OF_CATEGORY, 1)
    ]
    assert len(OF_CATEGORY) - 1 == 8
    client = signed_in(factories.user("organiser", city))
    page = client.get(reverse("unit_statistics"))
    assert page.status_code == 200
    assert "9 / 45" in page.content.decode()
    for number, category in enumerate(OF_CATEGORY, 1):
        assert len(named(client, "units", f"category={category}")) == number
    assert named(client, "units", "category=central&level=central") == [f"central{n}" for n in range(8)]


@pytest.mark.clause("AH-03")
def test_units_are_counted_by_kind_and_level(world, signed_in):
    Organisation.objects.units().update(closed_on="2026-01-01")
    for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY):
        factories.unit(world.county, f"{level}机关", kind=Kind.AGENCY, level=level)
        factories.unit(world.county, f"{level}事业单位", kind=Kind.PUBLIC_INSTITUTION, level=level)
    for kind in (Kind.ENTERPRISE, Kind.NEW_ECONOMIC_ORG, Kind.NEW_SOCIAL_ORG, Kind.COMMUNITY):
        factories.unit(world.county, f"{kind}", kind=kind)
    rows = {row.key: row for row in statistics.by_kind(Organisation.objects.units().open())}
    for kind in (Kind.AGENCY, Kind.PUBLIC_INSTITUTION):
        assert {level: count for level, count in rows[kind].counts if count} == {
            "province": 1,
            "prefecture": 1,
            "county": 1,
        }
    others = (Kind.ENTERPRISE, Kind.NEW_ECONOMIC_ORG, Kind.NEW_SOCIAL_ORG, Kind.COMMUNITY)
    assert [rows[kind].total for kind in others] == [1, 1, 1, 1]
    client = signed_in(world.organiser)
    assert named(client, "units", "state=open&kind=agency&level=prefecture") == ["prefecture机关"]
    assert named(client, "units", "state=open&level=none") == sorted(kind.value for kind in others)


@pytest.mark.clause("SH-09")
def test_weak_villages_and_the_others_are_two_lists(world, signed_in):
    client = signed_in(world.organiser)
    fields = {"name": "野马图村", "kind": "village", "division_code": "520522101201", "classes": ["weak"]}
    client.post(reverse("edit_organisation", args=[world.village.pk]), fields)
    assert factories.reread(world.village).classes == ["weak"]
    assert named(client, "villages", "village_class=weak") == ["野马图村"]
    assert named(client, "villages", "village_class=not_weak") == ["大沟村"]


def record(client, village: Organisation, year: int, **given):
    return client.post(reverse("add_facts", args=[village.pk]), {"year": year, **given})


@pytest.mark.clause("XY-14")
def test_the_department_gives_each_village_its_tier_and_nobody_gives_it_to_themselves(world, signed_in):
    record(signed_in(world.organiser), world.village, 2025, tier="leading")
    record(signed_in(world.organiser), world.other_village, 2025, tier="lagging")
    record(signed_in(world.organiser), world.other_village, 2026, tier="lukewarm")
    assert [tier.value for tier in Tier] == ["leading", "lukewarm", "lagging"]
    client = signed_in(world.organiser)
    assert named(client, "villages", "tier=leading") == ["野马图村"]
    assert named(client, "villages", "tier=lukewarm") == ["大沟村"]
    assert named(client, "villages", "tier=lagging") == []  # the newest year counts
    own = signed_in(world.village_secretary)
    assert "tier" not in own.get(reverse("add_facts", args=[world.village.pk])).context["form"].fields
    record(own, world.village, 2025, households=312, tier="lagging")
    facts = VillageFacts.objects.get(village=world.village)
    assert (facts.tier, facts.households) == ("leading", 312)
    with pytest.raises(Refused):
        actions.record_facts(by=world.village_secretary, village=world.village, year=2025, fields={"tier": "lukewarm"})


@pytest.mark.clause("TC-06")
def test_a_lagging_village_has_its_reasons_and_only_such_a_village(world, signed_in):
    client = signed_in(world.organiser)
    refused = record(client, world.village, 2026, lagging_reasons=["soft"])
    assert "后进村" in refused.content.decode()
    assert not VillageFacts.objects.exists()
    world.village.classes = ["lagging"]
    world.village.save()
    record(client, world.village, 2026, lagging_reasons=["soft", "chaotic"])
    assert VillageFacts.objects.get().reason_names == ["软", "乱"]
    assert [str(reason.label) for reason in LaggingReason] == ["软", "散", "懒", "瘫", "乱"]
    assert named(client, "villages", "village_class=lagging&reason=chaotic") == ["野马图村"]
    assert named(client, "villages", "reason=lazy") == []


@pytest.mark.clause("QX-14")
def test_causes_in_the_offices_words_lead_to_codes(world, signed_in):
    client = signed_in(world.village_secretary)
    record(client, world.village, 2026, known_causes=["poor_soil", "organisation"], causes="缺劳力")
    facts = VillageFacts.objects.get()
    assert facts.causes == ["土地贫瘠", "村级组织涣散", "缺劳力"]
    assert codes_of(facts.causes) == [Cause.POOR_SOIL, Cause.ORGANISATION]
    assert codes_of(["交通不便", "缺资源", "基础设施差"]) == [Cause.TRANSPORT, Cause.RESOURCES, Cause.INFRASTRUCTURE]
    factories.facts(world.other_village, 2025, causes=["路不通", "石漠化"])
    staff = signed_in(world.organiser)
    assert named(staff, "villages", "cause=poor_soil") == ["大沟村", "野马图村"]
    assert named(staff, "villages", "cause=transport") == ["大沟村"]
    again = signed_in(world.village_secretary).get(reverse("edit_facts", args=[world.village.pk, 2026]))
    assert again.context["form"].initial["known_causes"] == [Cause.POOR_SOIL, Cause.ORGANISATION]
    assert again.context["form"].initial["causes"] == ["缺劳力"]


INCOMES = [  # collective then and now, villagers then and now, whether both rose
    (10_000, 20_000, 4000, 4500, True),
    (10_000, 20_000, 4000, 4000, False),
    (10_000, 9_000, 4000, 4500, False),
    (0, 1, 4000, 4001, True),
    (None, 20_000, 4000, 4500, None),
    (10_000, 20_000, 4000, None, None),
    (10_000, 10_000, None, 4500, None),
]


@pytest.mark.clause("TN-13")
@pytest.mark.parametrize(("collective", "now", "villagers", "today", "both"), INCOMES)
def test_both_incomes_rose_only_where_both_are_known_and_higher(world, collective, now, villagers, today, both):
    first = factories.facts(world.village, 2023, collective_income=collective, villagers_income=villagers)
    last = factories.facts(world.village, 2026, collective_income=now, villagers_income=today)
    found = comparing.compare(first, last)
    assert found.both_rose is both
    assert bool(found.missing) is (both is None)


@pytest.mark.clause("TN-13")
def test_any_year_is_compared_with_the_baseline_year_by_address(world, signed_in, django_assert_num_queries):
    for year, income in ((2023, 4000), (2024, 3900), (2026, 4400)):
        factories.facts(
            world.village, year, collective_income=year * 10, villagers_income=income, households=year - 1800
        )
    client = signed_in(world.village_secretary)
    address = reverse("compare_facts", args=[world.village.pk])
    client.get(address)
    with django_assert_num_queries(7):
        whole = client.get(address)
    assert (whole.context["comparison"].baseline.year, whole.context["comparison"].year.year) == (2023, 2026)
    assert "双增加" in whole.content.decode()
    assert "没有实现「双增加」" not in whole.content.decode()
    part = client.get(address + "?baseline=2023&year=2024")
    assert "没有实现「双增加」" in part.content.decode()
    change = next(one for one in part.context["comparison"].measures if one.name == "villagers_income")
    assert (change.change, change.percent) == (Decimal(-100), Decimal("-2.5"))
    assert client.get(reverse("compare_facts", args=[world.other_village.pk])).status_code == 404


def test_one_year_alone_is_compared_with_nothing(world, signed_in):
    factories.facts(world.village, 2026)
    page = signed_in(world.organiser).get(reverse("compare_facts", args=[world.village.pk]))
    assert page.context["comparison"] is None
    assert "至少有两年" in page.content.decode()


def test_the_statistics_are_counted_in_two_statements(world, signed_in, django_assert_num_queries):
    client = signed_in(world.organiser)
    client.get(reverse("unit_statistics"))
    with django_assert_num_queries(8):
        client.get(reverse("unit_statistics"))
    for number in range(3):
        factories.unit(world.county, f"局{number}")
    with django_assert_num_queries(8):
        client.get(reverse("unit_statistics"))
