"""The page of the deduction sheet: gifts from the ledger, profits that are kept nowhere; and the donation channels."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.refusals import Refused
from funds.actions import channels as acts
from funds.models import DonationChannel
from funds.tests.playing import NOW, Place, entered, place
from organisations.tests import factories as people
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db
GIVEN = date(2026, 3, 1)
PROFIT = "987654321.00"
FIELDS = {
    "name": "青山县慈善会", "kind": "charity", "contact_name": "周会计", "contact_phone": "0851-1234567",
    "bank": "农业银行青山支行", "account": "6222000011112222", "note": "注明结对村名",
}  # fmt: skip


@pytest.fixture
def here(db) -> Place:
    return place()


def gift(here: Place, amount: str, **changes):
    return entered(here, "receipt", amount, on=GIVEN, **({"channel": "charity", "receipt_number": "0007"} | changes))


def url(here: Place) -> str:
    return reverse("deduction_sheet", args=[here.unit.pk]) + "?year=2026"


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return cursor.fetchone()[0]


@pytest.mark.clause("SH-50")
def test_gifts_come_from_the_ledger_and_profits_are_typed(here, signed_in):
    gift(here, "100000.00")
    gift(here, "30000.00", channel="direct", receipt_number="")
    gift(here, "5000.00", receipt_number="")
    wrong = entered(here, "pledge", "900000.00", on=GIVEN)
    client = signed_in(here.secretary)
    assert wrong.amount
    assert client.get(url(here)).status_code == 200
    lacking = client.post(url(here), {"profit_2026": ""})
    assert list(lacking.context["form"].errors) == ["profit_2026"]
    page = client.post(url(here), {"profit_2026": "500000"})
    (line,) = page.context["years"]
    assert (line.given, line.barred, line.limit, line.deducted, line.carried_on) == (135000, 35000, 60000, 60000, 40000)
    content = page.content.decode()
    assert all(words in content for words in ("仅供参考", "0007", "¥60,000.00", "直接交给村里", "没有票据号"))


@pytest.mark.clause("SH-50")
def test_the_profit_is_kept_nowhere(here, signed_in):
    gift(here, "1000.00")
    client = signed_in(here.secretary)
    client.get(url(here))
    before = written()
    page = client.post(url(here), {"profit_2026": PROFIT})
    assert written() == before
    assert page.headers["Cache-Control"] == "no-store"
    assert "data-draft" not in page.content.decode().split("<main")[1]
    assert PROFIT not in str(dict(client.session))


@pytest.mark.clause("SH-50")
def test_a_relief_gift_is_ticked_and_deducted_in_full_until_2025_only(here, signed_in):
    old = entered(here, "receipt", "80000.00", on=date(2025, 6, 1), channel="government", receipt_number="9")
    new = gift(here, "10000.00")
    client = signed_in(here.secretary)
    form = client.get(url(here)).context["form"]
    assert (f"relief_{old.pk}" in form.fields, f"relief_{new.pk}" in form.fields) == (True, False)
    years = client.post(
        url(here), {"profit_2025": "-100", "profit_2026": "100000", f"relief_{old.pk}": "on", "other_2026": "5000"}
    ).context["years"]
    assert [(line.in_full, line.within_limit, line.carried_on) for line in years] == [(80000, 0, 0), (0, 12000, 3000)]


@pytest.mark.clause("SH-50")
def test_the_sheet_is_a_workbook_as_well_and_says_that_it_is_for_reference(here, signed_in):
    gift(here, "1000.00")
    answer = signed_in(here.secretary).post(url(here), {"profit_2026": "100000", "xlsx": "1"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:4] == [2026, 100000, 12000, 1000]
    assert any("仅供参考" in str(cell) for row in rows for cell in row)
    assert "0007" in [cell for row in rows for cell in row]


def test_the_sheet_of_a_unit_is_for_those_who_act_for_it(here, signed_in):
    for user in (here.village_secretary, here.organiser, here.stranger, people.user("cadre", here.unit)):
        assert signed_in(user).get(url(here)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_asks_as_often_for_few_as_for_many(here, signed_in, number):
    for each in range(number):
        gift(here, f"{each + 1}.00")
    assert statements(signed_in(here.secretary), url(here)) == 8


@pytest.mark.clause("SH-51")
def test_an_organiser_lists_a_channel_and_the_units_below_read_it(here, signed_in):
    client = signed_in(here.organiser)
    page = client.post(reverse("new_channel"), FIELDS | {"bank": ""})
    assert (list(page.context["form"].errors), DonationChannel.objects.count()) == (["bank"], 0)
    client.post(reverse("new_channel"), FIELDS)
    channel = DonationChannel.objects.get()
    page = signed_in(here.secretary).get(channel.get_absolute_url()).content.decode()
    assert all(FIELDS[name] in page for name in ("name", "contact_name", "contact_phone", "bank", "account", "note"))
    assert "停用" not in page
    away = people.user("branch_secretary", people.unit(people.county("白水县"), "白水局"))
    assert signed_in(away).get(channel.get_absolute_url()).status_code == 404
    client = signed_in(here.secretary)
    client.logout()
    assert client.get(channel.get_absolute_url()).status_code == 302


@pytest.mark.clause("SH-51")
def test_nobody_else_keeps_the_list_and_a_name_stands_there_once(here, signed_in):
    channel = acts.list_channel(by=here.organiser, area=here.county, fields=FIELDS, at=NOW)
    with pytest.raises(Refused, match="同名"):
        acts.list_channel(by=here.organiser, area=here.county, fields=FIELDS, at=NOW)
    for act in (
        lambda: acts.list_channel(by=here.secretary, area=here.county, fields=FIELDS | {"name": "二"}, at=NOW),
        lambda: acts.change_channel(by=here.secretary, channel=channel, fields={"account": "1"}),
        lambda: acts.end_channel(by=here.secretary, channel=channel, at=NOW),
    ):
        with pytest.raises(Refused):
            act()
    for name in ("edit_channel", "end_channel"):
        assert signed_in(here.secretary).post(reverse(name, args=[channel.pk]), FIELDS).status_code == 404
    assert list(DonationChannel.objects.listed().values_list("account", flat=True)) == [FIELDS["account"]]
    signed_in(here.organiser).post(reverse("end_channel", args=[channel.pk]))
    assert not DonationChannel.objects.listed().exists()
    acts.list_channel(by=here.organiser, area=here.county, fields=FIELDS, at=NOW)
