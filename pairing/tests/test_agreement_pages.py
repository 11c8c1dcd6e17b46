import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.tests.factories import pdf
from organisations.tests import factories as people
from pairing.actions import agreements as acts
from pairing.agreements.content import content_hash
from pairing.models import Agreement, AgreementScan, NegotiationNote, Pairing, Signature
from pairing.states import Side
from pairing.tests import factories
from pairing.tests.market import (
    IN_TIME,
    County,
    county,
    forest_terms,
    formed,
    negotiated,
    sign,
    signed,
    statements,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def draft(place):
    return formed(place).agreements.get()


def sign_in(client, user):
    client.force_login(user)
    return client


def typed(agreement, **changes):
    """What a browser sends from the editor."""
    values = {
        "version": agreement.version,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "leader_in_charge": "赵永安",
        "responsible_dept": "造林科",
        "terms": "",
        "commitments-TOTAL_FORMS": 2,
        "commitments-INITIAL_FORMS": 0,
        "commitments-0-kind": "money",
        "commitments-0-title": "经果林苗木",
        "commitments-0-amount": "20000",
        "commitments-1-kind": "money",
    }
    return values | changes


def step(client, name, agreement, data=None):
    return client.post(reverse(name, args=[agreement.pk]), data or {})


def test_from_the_draft_to_two_signatures_by_the_pages(client, place, draft):
    sign_in(client, place.secretary)
    step(client, "edit_agreement", draft, typed(draft))
    draft = reread(draft)
    assert [row.title for row in draft.commitments.all()] == ["经果林苗木"]
    for person in (place.secretary, place.village_secretary):
        step(sign_in(client, person), "confirm_agreement", draft, {"version": reread(draft).version})
    for person in (place.village_secretary, place.secretary):
        sign_in(client, person)
        shown = client.get(reverse("sign_agreement", args=[draft.pk])).content.decode()
        assert "经果林苗木，每年20,000.00元（人民币贰万元整）。" in shown
        digest = re.search(r'name="shown_hash" value="(\w{64})"', shown)[1]
        step(client, "sign_agreement", draft, {"name": person.name, "consent": "on", "shown_hash": digest})
    assert (Pairing.objects.get().state, Signature.objects.count()) == ("signed", 2)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert content_hash(draft) in page


def reread(agreement):
    return Agreement.objects.get(pk=agreement.pk)


def test_what_two_typed_at_once_stands_side_by_side_and_one_chooses(client, place, draft):
    sign_in(client, place.village_secretary)
    step(client, "edit_agreement", draft, typed(draft, terms="村方写的", responsible_dept="村委会"))
    sign_in(client, place.secretary)
    response = step(client, "edit_agreement", draft, typed(draft, terms="单位写的"))
    page = response.content.decode()
    assert {each["name"] for each in response.context["differing"]} == {"terms", "responsible_dept"}
    assert "单位写的" in page
    assert "村方写的" in page
    assert reread(draft).terms == "村方写的"
    newest = response.context["form"]["version"].value()
    step(client, "edit_agreement", draft, typed(draft, terms="单位写的", version=newest, take="responsible_dept"))
    stored = reread(draft)
    assert (stored.terms, stored.responsible_dept) == ("单位写的", "村委会")


def test_a_mistake_in_the_editor_loses_nothing(client, place, draft):
    sign_in(client, place.secretary)
    data = typed(draft, **{"commitments-0-amount": "", "terms": "长长的约定"})
    page = step(client, "edit_agreement", draft, data).content.decode()
    assert "长长的约定" in page
    assert "经果林苗木" in page
    assert reread(draft).version == draft.version


def test_after_saving_the_page_names_what_is_missing_before_the_unit_can_confirm(client, place, draft):
    sign_in(client, place.secretary)
    bare = typed(
        draft, leader_in_charge="", responsible_dept="", **{"commitments-0-title": "", "commitments-0-amount": ""}
    )
    page = client.post(reverse("edit_agreement", args=[draft.pk]), bare, follow=True).content.decode()
    assert "已保存。确认之前还须填写：分管领导、负责部门、至少一项帮扶承诺。" in page
    assert reverse("confirm_agreement", args=[draft.pk]) not in page
    page = client.post(reverse("edit_agreement", args=[draft.pk]), typed(reread(draft)), follow=True).content.decode()
    assert ("还须填写" in page, reverse("confirm_agreement", args=[draft.pk]) in page) == (False, True)


def test_an_unchanged_amendment_says_that_nothing_differs_and_offers_no_confirmation(client, place, draft):
    base = signed(place, draft.pairing)
    sign_in(client, place.secretary)
    page = client.post(reverse("amend_agreement", args=[base.pk]), follow=True)
    amendment = Agreement.objects.get(amends=base)
    page = client.get(amendment.get_absolute_url()).content.decode()
    assert "与现行协议尚无不同，暂无可确认的变更。" in page
    assert reverse("confirm_agreement", args=[amendment.pk]) not in page
    acts.revise_agreement(
        by=place.secretary,
        agreement=amendment,
        side=Side.UNIT,
        version=amendment.version,
        terms=forest_terms(amendment, terms="改为每季度会商一次。"),
        at=IN_TIME,
    )
    page = client.get(amendment.get_absolute_url()).content.decode()
    assert ("尚无不同" in page, reverse("confirm_agreement", args=[amendment.pk]) in page) == (False, True)


def test_more_rows_keep_what_was_typed(client, place, draft):
    sign_in(client, place.secretary)
    response = step(client, "edit_agreement", draft, typed(draft, more="1"))
    assert len(response.context["rows"].forms) == 4
    assert "经果林苗木" in response.content.decode()
    assert reread(draft).version == draft.version


def test_a_wrong_name_does_not_sign(client, place, draft):
    agreement = negotiated(place, draft.pairing)
    data = {"name": "张三", "consent": "on", "shown_hash": content_hash(agreement)}
    response = step(sign_in(client, place.secretary), "sign_agreement", agreement, data)
    assert "name" in response.context["form"].errors
    assert not Signature.objects.exists()


def test_sending_back_and_notes_reach_the_other_side(client, place, draft):
    agreement = negotiated(place, draft.pairing)
    sign_in(client, place.village_secretary)
    step(client, "return_agreement", agreement, {"words": "写明用途"})
    assert reread(agreement).state == "draft"
    client.post(reverse("add_note", args=[draft.pairing_id]), {"words": "请看新稿"})
    assert list(NegotiationNote.objects.values_list("words", flat=True)) == ["写明用途", "请看新稿"]
    page = sign_in(client, place.secretary).get(reverse("pairing_story", args=[draft.pairing_id])).content.decode()
    assert "写明用途" in page
    assert "请看新稿" in page


def test_papers_are_for_both_sides_and_the_organiser_only(client, place, draft, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agreement = signed(place, draft.pairing)
    file = SimpleUploadedFile("扫描件.pdf", pdf(), content_type="application/pdf")
    sign_in(client, place.secretary).post(reverse("attach_scan", args=[agreement.pk]), {"file": file})
    scan = AgreementScan.objects.get()
    addresses = [reverse("agreement_word", args=[agreement.pk]), reverse("agreement_scan", args=[scan.pk])]
    other = county("绿水县")
    supervisor = people.user("township_supervisor", place.townships[0])
    for person, status in [
        (place.secretary, 200),
        (place.village_secretary, 200),
        (place.organiser, 200),
        (supervisor, 404),
        (other.secretary, 404),
        (other.village_secretary, 404),
        (other.organiser, 404),
    ]:
        sign_in(client, person)
        assert [client.get(address).status_code for address in addresses] == [status, status]


def test_strangers_find_no_agreement_and_change_none(client, place, draft):
    other = county("绿水县")
    colleague = people.user("branch_secretary", people.unit(place.root, "水利局"))
    neighbour = people.user("village_secretary", people.village(place.townships[0], "长水村"))
    names = ("edit_agreement", "confirm_agreement", "return_agreement", "sign_agreement", "attach_scan")
    for stranger in (other.secretary, other.organiser, colleague, neighbour, people.user()):
        sign_in(client, stranger)
        for url in (draft.get_absolute_url(), draft.pairing.get_absolute_url()):
            assert client.get(url).status_code == 404
        for name in names:
            assert step(client, name, draft, typed(draft, words="不")).status_code == 404
        assert client.post(reverse("add_note", args=[draft.pairing_id]), {"words": "不"}).status_code == 404
    for onlooker in (place.organiser, people.user("auditor", place.root), people.user("cadre", place.unit)):
        sign_in(client, onlooker)
        assert client.get(draft.get_absolute_url()).status_code == 200
        for name in names:
            assert step(client, name, draft, typed(draft, words="不")).status_code == 404
        assert client.post(reverse("add_note", args=[draft.pairing_id]), {"words": "不"}).status_code == 404
    kept = reread(draft)
    assert (kept.version, kept.state, NegotiationNote.objects.count()) == (1, "draft", 0)


def test_whoever_does_not_sign_sees_no_page_of_signing(client, place, draft):
    agreement = negotiated(place, draft.pairing)
    officer = people.user("liaison_officer", place.unit)
    assert sign_in(client, officer).get(reverse("sign_agreement", args=[agreement.pk])).status_code == 404


LIST_QUERIES = 9


@pytest.mark.parametrize("name", ["pairings", "agreements", "intentions"])
def test_lists_ask_the_database_as_often_for_one_row_as_for_three(client, place, name):
    def one_more(unit, village):
        intention = factories.intention(place.round, unit, village, state="accepted")
        factories.agreement(factories.pairing(place.round, unit, village, intention=intention))

    one_more(place.unit, place.village)
    sign_in(client, place.organiser)
    assert statements(client, reverse(name)) == LIST_QUERIES
    for _number in range(2):
        one_more(people.unit(place.root), people.village(place.townships[0]))
    assert statements(client, reverse(name)) == LIST_QUERIES
    assert len(client.get(reverse(name)).context["table"].rows) == 3


@pytest.mark.parametrize("turn", ["unit", "village", "both"])
def test_pairings_are_filtered_by_whose_turn_it_is(client, place, draft, turn):
    steps = {"unit": lambda: None, "village": lambda: None, "both": lambda: negotiated(place, draft.pairing)}
    steps[turn]()
    if turn == "village":
        Agreement.objects.update(unit_confirmed_at=IN_TIME, unit_confirmed_by=place.secretary)
    sign_in(client, place.organiser)
    for asked in ("unit", "village", "both"):
        rows = client.get(reverse("pairings"), {"turn": asked}).context["table"].rows
        assert len(rows) == (asked == turn)


def test_the_page_of_a_pairing_says_whose_turn_it_is(client, place, draft):
    sign_in(client, place.organiser)
    pairing = draft.pairing
    agreement = negotiated(place, pairing)
    assert client.get(pairing.get_absolute_url()).context["agreement"].turn == "both"
    sign(place, agreement, Side.UNIT)
    assert client.get(pairing.get_absolute_url()).context["agreement"].turn == "village"
