"""The desks of floating members as people see them: numbers, the rows behind, the export, and how many statements."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members.models import FloatingRecord
from members.tests import factories
from members.tests.floating import days_ago, floating, places

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def place():
    return places()


def away(place, count=1, **fields):
    start = {"scheme_version": place.version, "leaves_on": days_ago(500), **fields}
    return [
        floating(place.village, place.community, member=factories.member(place.village, f"外出{number}"), **start)
        for number in range(count)
    ]


@pytest.mark.clause("SF-10", "XC-12")
def test_each_number_of_the_desk_leads_to_the_people_behind_it(place, client):
    away(place)
    floating(place.village, place.community, state="reported_in", leaves_on=days_ago(20), reported_in_on=days_ago(10))
    client.force_login(place.secretary)
    page = client.get("/floating/").content.decode()
    for words in ("已外出未报到", "上个半年未汇报", "两地逾期未联系", "去向不明"):
        assert words in page
    for check in ("not-reported-in", "no-report", "no-contact"):
        found = client.get(f"/floating/?check={check}").content.decode()
        assert "外出0" in found, check
        assert found.count("<tr") == 2, check
        assert '<a href="/floating/' in found.split("<tbody")[1], check
    assert "外出0" not in client.get("/floating/?check=unknown").content.decode()


@pytest.mark.clause("AH-33")
def test_origin_and_destination_have_a_desk_of_their_own(place, client):
    away(place)
    for user, leaving, arriving in (
        (place.secretary, True, False),
        (place.host, False, True),
        (place.organiser, True, True),
        (place.stranger, False, False),
    ):
        client.force_login(user)
        seen = ["外出0" in client.get(address).content.decode() for address in ("/floating/", "/floating/arriving/")]
        assert seen == [leaving, arriving], user


def test_the_list_is_exported_as_it_is_shown(place, client):
    away(place, 2)
    client.force_login(place.secretary)
    answer = client.get("/floating/?export=xlsx&check=not-reported-in")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:3] == ("党员", "流出地", "流入地")
    assert [row[:3] for row in rows[1:]] == [("外出0", "寒葱河村", "朝阳社区"), ("外出1", "寒葱河村", "朝阳社区")]


@pytest.mark.parametrize("address", ["/floating/", "/floating/arriving/"])
def test_a_desk_asks_as_often_for_three_as_for_one(place, client, address, django_assert_max_num_queries):
    client.force_login(place.organiser)
    client.get(address)
    for count in (1, 2):
        away(place, count)
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200


def test_the_page_of_a_record_asks_little_and_offers_the_next_step(place, client, django_assert_max_num_queries):
    (record,) = away(place)
    client.force_login(place.secretary)
    client.get(f"/floating/{record.pk}/")
    with django_assert_max_num_queries(MOST):
        page = client.get(f"/floating/{record.pk}/").content.decode()
    assert "报到</a>" in page
    assert "签订流出党员管理协议书" in page


def test_a_member_reads_their_own_record_and_sends_the_report(place, client):
    record = floating(place.village, place.community, member=place.member, leaves_on=days_ago(400))
    client.force_login(place.walker)
    page = client.get(f"/floating/{record.pk}/").content.decode()
    assert "个人链接" not in page
    today = timezone.localdate()
    half = f"{today.year}-{1 if today.month < 7 else 2}"
    answer = client.post(f"/floating/{record.pk}/report/", {"half": half, "work": "在城里"}, follow=True)
    assert "在城里" in answer.content.decode()
    assert client.get(f"/floating/{record.pk}/edit/").status_code == 404
    assert client.post(f"/floating/{record.pk}/link/").status_code == 404


def test_the_whole_way_by_the_forms(place, client):
    factories.member(place.village, "宋立新")
    client.force_login(place.secretary)
    today = date.isoformat(timezone.localdate())
    wrong = client.post("/floating/new/", {"member": "宋新", "leaves_on": today, "place": "哈尔滨"})
    assert "先列入党员名册" in wrong.content.decode()
    assert "哈尔滨" in wrong.content.decode()
    client.post("/floating/new/", {"member": "宋立新", "leaves_on": today, "destination": "朝阳社区"})
    record = FloatingRecord.objects.get()
    refused = client.post(f"/floating/{record.pk}/left/", {"on": today})
    assert "外出前尚未办理" in refused.content.decode()
    client.post(f"/floating/{record.pk}/left/", {"on": today, "although": "工期紧"})
    client.force_login(place.host)
    told = {"on": today, "where": "朝阳社区", "firm_has_organisation": "no"}
    assert (
        "由社区或农村党组织接纳管理"
        in client.post(f"/floating/{record.pk}/reported-in/", told, follow=True).content.decode()
    )
    contact = {"desk": "destination", "on": today, "channel": "phone", "words": "已见面"}
    assert "已见面" in client.post(f"/floating/{record.pk}/contacts/new/", contact, follow=True).content.decode()
    assert client.get(f"/floating/{record.pk}/edit/").status_code == 404
    client.force_login(place.secretary)
    made = client.post(f"/floating/{record.pk}/link/")
    assert "/checkin/" in made.content.decode()
    client.post(f"/floating/{record.pk}/end/", {"returned": "yes", "on": today, "words": ""})
    record.refresh_from_db()
    assert (record.state, record.ended_on) == ("returned", timezone.localdate())
    assert timezone.localdate() - record.leaves_on < timedelta(days=1)


def test_strangers_find_nothing(place, client):
    (record,) = away(place)
    client.force_login(place.stranger)
    for tail in ("", "edit/", "left/", "reported-in/", "end/", "contacts/new/", "agreement/", "report/", "deeds/new/"):
        assert client.get(f"/floating/{record.pk}/{tail}").status_code == 404, tail


def test_a_member_in_need_is_named_in_full_and_found_by_name_only_where_the_roster_is_kept(place, client):
    needy = factories.member(place.village, "冯念祖", marks=["needy"])
    record = floating(place.village, place.community, member=needy, leaves_on=days_ago(500))
    for user, desk, named in ((place.secretary, "/floating/", True), (place.host, "/floating/arriving/", False)):
        client.force_login(user)
        pages = [client.get(address).content.decode() for address in (desk, record.get_absolute_url())]
        assert ["冯念祖" in page for page in pages] == [named, named], user
        assert (record.get_absolute_url() in client.get(f"{desk}?q=冯念祖").content.decode()) is named, user
