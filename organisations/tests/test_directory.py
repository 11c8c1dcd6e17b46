"""Keeping organisations: names, codes, the tree, facts, needs and strengths."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from stdnum.cn import uscc

from core.refusals import Refused
from organisations import actions
from organisations.kinds import Kind
from organisations.models import Alias, Need, Organisation, Strength, VillageFacts
from organisations.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 18)
GOOD_CODE = "91110000600037341L"


def snapshot():
    return [
        list(model.objects.order_by("pk").values()) for model in (Organisation, Alias, VillageFacts, Need, Strength)
    ]


def filled(organisation: Organisation, **changes) -> dict:
    """What the form of an organisation sends."""
    fields = ("name", "kind", "level", "division_code", "uscc", "contact_name", "contact_phone")
    return {name: getattr(organisation, name) for name in fields} | changes


def test_a_renamed_organisation_is_found_by_both_names(world, signed_in):
    address = reverse("edit_organisation", args=[world.unit.pk])
    signed_in(world.organiser).post(address, filled(world.unit, name="县林业和草原局"))
    unit = factories.reread(world.unit)
    assert unit.name == "县林业和草原局"
    assert [(alias.kind, alias.value) for alias in unit.aliases.all()] == [("former_name", "县林业局")]
    for query in ("林业和草", "县林业局", "xlyhcyj", "XLYJ"):
        assert list(Organisation.objects.found_by(query)) == [unit], query


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91110000600037341", "应为 18 位，现为 17 位"),
        ("91110000600037341I", "不含 I"),
        ("911100006000373411", "末位应为「L」，现为「1」"),
    ],
)
def test_a_wrong_credit_code_is_an_error_with_its_remedy(world, signed_in, code, words):
    before = snapshot()
    answer = signed_in(world.organiser).post(
        reverse("edit_organisation", args=[world.unit.pk]), filled(world.unit, uscc=code)
    )
    assert words in str(answer.context["form"].errors["uscc"])
    assert snapshot() == before


@pytest.mark.parametrize("typed", [GOOD_CODE, "９１１１００００６０００３７３４１Ｌ", " 91110000 600037341l"])
def test_a_right_credit_code_is_kept_as_half_width_capitals(world, signed_in, typed):
    signed_in(world.organiser).post(reverse("edit_organisation", args=[world.unit.pk]), filled(world.unit, uscc=typed))
    assert factories.reread(world.unit).uscc == GOOD_CODE


def test_an_unknown_area_in_a_credit_code_is_only_a_warning(world, signed_in):
    code = "91999999600037341" + uscc.calc_check_digit("91999999600037341")
    answer = signed_in(world.organiser).post(
        reverse("edit_organisation", args=[world.unit.pk]), filled(world.unit, uscc=code), follow=True
    )
    assert factories.reread(world.unit).uscc == code
    assert any("查无此地" in str(message) for message in answer.context["messages"])


def test_two_open_organisations_do_not_share_a_division_code(world, signed_in):
    before = snapshot()
    answer = signed_in(world.organiser).post(
        reverse("edit_organisation", args=[world.township.pk]), filled(world.township, division_code="520522")
    )
    assert answer.status_code == 200
    assert snapshot() == before


def test_an_added_organisation_stands_below_its_parent_and_is_found(world, signed_in):
    signed_in(world.organiser).post(
        reverse("add_organisation", args=[world.township.pk]),
        {"name": "水淹坝村", "kind": Kind.VILLAGE, "classes": ["weak"], "tags": "革命老区，少数民族"},
    )
    village = Organisation.objects.get(name="水淹坝村")
    assert village.path.startswith(world.township.path)
    assert (village.classes, village.tags) == (["weak"], ["革命老区", "少数民族"])
    assert list(Organisation.objects.found_by("syb")) == [village]


def test_a_moved_organisation_takes_everything_below_it_along(world):
    actions.move_organisation(by=world.organiser, organisation=world.township, parent=world.other_township)
    assert factories.reread(world.village).path.startswith(factories.reread(world.other_township).path)
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("target", ["village", "county"])
def test_an_organisation_is_not_moved_below_itself_or_where_it_is(world, target):
    before = snapshot()
    with pytest.raises(Refused):
        actions.move_organisation(by=world.organiser, organisation=world.township, parent=getattr(world, target))
    assert snapshot() == before


def test_nothing_is_moved_out_of_ones_scope_or_into_it(world):
    keeper = factories.user("organiser", factories.organisation_dept(world.township, "镇组织办"))
    before = snapshot()
    for organisation, parent in ((world.village, world.other_township), (world.other_village, world.township)):
        with pytest.raises(Refused):
            actions.move_organisation(by=keeper, organisation=organisation, parent=parent)
    assert snapshot() == before


def test_facts_of_a_year_are_replaced_and_not_doubled(world, signed_in):
    client = signed_in(world.village_secretary)
    for income in ("10000", "25000.50"):
        client.post(
            reverse("add_facts", args=[world.village.pk]),
            {"year": 2025, "households": 312, "collective_income": income, "causes": "缺水、缺路"},
        )
    facts = VillageFacts.objects.get()
    assert (facts.year, facts.households, facts.collective_income) == (2025, 312, Decimal("25000.50"))
    assert facts.causes == ["缺水", "缺路"]


def rows(prefix: str, *values: dict, initial: int = 0) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": initial}
    for number, value in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": word for name, word in value.items()}
    return data


def test_a_village_secretary_keeps_the_needs_of_the_own_village(world, signed_in):
    client = signed_in(world.village_secretary)
    address = reverse("edit_needs", args=[world.village.pk])
    client.post(address, rows("needs", {"name": "修路", "resource": "funds", "takes_money": "true"}))
    need = Need.objects.get()
    assert (need.village, need.name, need.takes_money) == (world.village, "修路", True)
    client.post(address, rows("needs", {"id": need.pk, "name": "修路", "resource": "funds", "DELETE": "on"}, initial=1))
    assert not Need.objects.exists()


def test_a_unit_keeps_its_strengths_and_contact(world, signed_in):
    client = signed_in(world.unit_secretary)
    client.post(
        reverse("edit_strengths", args=[world.unit.pk]),
        rows("strengths", {"name": "林果技术", "resource": "technology"}),
    )
    client.post(
        reverse("edit_contact", args=[world.unit.pk]), {"contact_name": "王志远", "contact_phone": "13812345678"}
    )
    assert Strength.objects.get().unit == world.unit
    assert factories.reread(world.unit).contact_phone == "13812345678"


@pytest.mark.parametrize(
    ("typed", "kept"), [("", "13812345678"), ("０８５６－４２２１１８８", "0856-4221188"), ("-", "")]
)
def test_a_form_changes_a_number_without_showing_it(world, signed_in, typed, kept):
    world.unit.contact_phone = "13812345678"
    world.unit.save()
    client = signed_in(world.administrator)
    address = reverse("edit_organisation", args=[world.unit.pk])
    page = client.get(address).content.decode()
    assert "13812345678" not in page
    assert "138****5678" in page
    client.post(address, filled(world.unit, contact_phone=typed))
    assert factories.reread(world.unit).contact_phone == kept


@pytest.mark.parametrize(
    ("person", "name", "target"),
    [
        ("village_secretary", "edit_organisation", "village"),
        ("village_secretary", "add_facts", "other_village"),
        ("village_secretary", "edit_needs", "other_village"),
        ("supervisor", "edit_needs", "other_village"),
        ("unit_secretary", "edit_strengths", "other_unit"),
        ("unit_secretary", "edit_organisation", "unit"),
        ("unit_secretary", "close_organisation", "unit"),
        ("cadre", "edit_contact", "unit"),
        ("auditor", "edit_organisation", "unit"),
        ("nobody", "edit_contact", "unit"),
    ],
)
def test_what_one_may_not_change_does_not_exist_and_stays_as_it_was(world, signed_in, person, name, target):
    before = snapshot()
    client = signed_in(getattr(world, person))
    address = reverse(name, args=[getattr(world, target).pk])
    sent = {"name": "篡改", "kind": "agency", "year": 2026, "on": "2026-01-01", "contact_name": "篡改"}
    sent |= rows("needs", {"name": "篡改", "resource": "funds"}) | rows(
        "strengths", {"name": "篡改", "resource": "funds"}
    )
    assert (client.get(address).status_code, client.post(address, sent).status_code) == (404, 404)
    assert snapshot() == before
