"""The pages of rounds and schemes, from the first form to the reminder; strangers find nothing and change nothing."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from office.models import Message
from organisations.tests import factories as people
from pairing.agreements.closing import SHOWN
from pairing.models import Directory, Round, SchemeVersion
from pairing.states import RoundState
from pairing.tests import factories
from pairing.tests.factories import SCHEMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def county():
    return people.county()


@pytest.fixture
def organiser(county, client):
    user = people.user("organiser", people.organisation_dept(county))
    client.force_login(user)
    return user


def test_from_the_scheme_to_an_open_round(county, organiser, client):
    factories.scheme_version()
    weak = people.village(county, "马岭村", classes=["weak"])
    people.village(county, "桃坪村")
    people.unit(county, "林业局")
    address = reverse("new_round") + "?scheme=shanghai&starts_on=2026-03-24"
    form = client.get(address).context["form"]
    assert str(form["ends_printed"].value()) == "2029年7月"
    assert str(form["signing_on"].value()) == "2026-07-01"
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    client.post(address, posted | {"organiser": county.pk})
    round = Round.objects.get()
    assert (round.state, round.deadline("intention").on.isoformat()) == (RoundState.DRAFT, "2026-04-30")

    publish = reverse("publish_directory", args=[round.pk])
    preview = client.get(publish, {"classes": "weak"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="preview")
    assert [number for _kind, number in preview.context["counts"]] == [1, 1]
    assert not Directory.objects.exists()
    client.post(publish, {"classes": "weak"})
    assert list(round.directories.get().entries.filter(side="village").values_list("organisation", flat=True)) == [
        weak.pk
    ]

    client.post(reverse("open_round", args=[round.pk]))
    assert people.reread(round).state == RoundState.OPEN
    assert client.get(reverse("round", args=[round.pk])).status_code == 200


def test_dates_that_contradict_each_other_are_named_and_nothing_is_lost(county, organiser, client):
    factories.scheme_version()
    address = reverse("new_round") + "?scheme=shanghai&starts_on=2026-03-24"
    form = client.get(address).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    response = client.post(address, posted | {"organiser": county.pk, "intention_on": "2026-08-01", "name": "留住"})
    assert list(response.context["form"].errors) == ["signing_on"]
    assert "留住" in response.content.decode()
    assert not Round.objects.exists()


def test_a_limit_of_nothing_and_days_in_the_wrong_order_are_named_at_their_fields(county, organiser, client):
    round = factories.round(county)
    edit = reverse("edit_round", args=[round.pk])
    form = client.get(edit).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    response = client.post(edit, posted | {"units_per_village": "0", "starts_on": "2040-01-01"})
    assert response.context["form"].errors == {
        "units_per_village": ["请填写 1 或更大的数；不限时请留空。"],
        "ends_on": ["起始日期不能晚于截止日期。"],
    }
    assert people.reread(round).units_per_village == round.units_per_village


def test_a_name_that_is_not_in_the_roster_is_refused_at_its_field(county, organiser, client):
    round = factories.round(county, state=RoundState.DRAFT)
    people.village(county), people.unit(county)
    response = client.post(reverse("publish_directory", args=[round.pk]), {"left_out": "没有的村"})
    assert list(response.context["form"].errors) == ["left_out"]
    assert not Directory.objects.exists()


def test_the_reminder_shows_its_names_before_it_is_sent(county, organiser, client):
    people.village(county, "马岭村"), people.unit(county, "林业局")
    round = factories.round(county)
    factories.directory(round)
    address = reverse("remind", args=[round.pk])
    page = client.get(address).content.decode()
    assert "马岭村" in page
    assert "林业局" in page
    assert not Message.objects.exists()
    client.post(address)
    assert Message.objects.count() == 2


def test_a_round_is_edited_and_closed_by_its_organiser(county, organiser, client):
    round = factories.round(county)
    edit = reverse("edit_round", args=[round.pk])
    form = client.get(edit).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    client.post(edit, posted | {"signing_on": "2026-07-15"})
    assert people.reread(round).deadline("signing").on.isoformat() == "2026-07-15"
    client.post(reverse("close_round", args=[round.pk]), {"words": "期满"})
    assert people.reread(round).state == RoundState.CLOSED


def test_what_holds_a_round_up_is_named_and_the_rest_is_one_click_away(county, organiser, client):
    round = factories.round(county)
    for number in range(SHOWN + 2):
        factories.intention(round, people.unit(county, f"第{number}局"), people.village(county, f"第{number}村"))
    page = client.get(reverse("close_round", args=[round.pk])).content.decode()
    assert "另有 2 项" in page
    assert f'href="{reverse("behind", args=[round.pk])}">查看全部' in page


ORGANISERS_ONLY = ("edit_round", "publish_directory", "open_round", "close_round", "remind")


@pytest.mark.parametrize("name", ORGANISERS_ONLY)
@pytest.mark.parametrize("who", ["secretary", "stranger"])
def test_nobody_but_the_organiser_reaches_the_steps_of_a_round(name, who, county, client):
    unit = people.unit(county)
    people.village(county)
    round = factories.round(county)
    factories.directory(round)
    stranger = people.user("organiser", people.organisation_dept(people.county("红河县")))
    client.force_login(people.user("branch_secretary", unit) if who == "secretary" else stranger)
    before = Round.objects.values().get()
    for method in (client.get, client.post):
        assert method(reverse(name, args=[round.pk])).status_code == 404
    assert Round.objects.values().get() == before
    assert Directory.objects.count() == 1
    assert not Message.objects.exists()


def test_a_stranger_does_not_see_the_round_at_all(county, client):
    round = factories.round(county)
    factories.directory(round)
    client.force_login(people.user("organiser", people.organisation_dept(people.county("红河县"))))
    assert client.get(reverse("round", args=[round.pk])).status_code == 404
    assert client.get(reverse("behind", args=[round.pk])).status_code == 404
    assert list(client.get(reverse("rounds")).context["table"].data.data) == []


def test_nobody_signed_in_is_led_to_sign_in(county, client):
    round = factories.round(county)
    for name, arguments in {"home": [], "rounds": [], "round": [round.pk], "schemes": []}.items():
        response = client.get(reverse(name, args=arguments))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_a_scheme_is_changed_in_the_browser_and_its_faults_stand_at_the_field(organiser, client):
    factories.scheme_version()
    text = (SCHEMES / "shanghai.yaml").read_text(encoding="utf-8")
    address = reverse("take_scheme")
    assert text.strip() in client.get(address, {"from": "shanghai"}).context["form"]["text"].value()
    response = client.post(address, {"text": text.replace("月: 4\n", "月: 四\n")})
    line = text.splitlines().index("    月: 4") + 1
    assert str(line) in response.context["form"].errors["text"][0]
    assert SchemeVersion.objects.count() == 1
    client.post(address, {"text": text.replace("每村最多单位数: 3", "每村最多单位数: 2")})
    page = client.get(reverse("scheme", args=["shanghai"]))
    assert page.context["version"].number == 2
    assert client.get(reverse("scheme_version", args=["shanghai", 1])).context["version"].number == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_a_round_take_the_same_queries_whatever_the_rows(
    rows, county, organiser, client, django_assert_num_queries
):
    round = factories.round(county)
    for _ in range(rows):
        people.unit(county), people.village(county)
        factories.round(county, name="又一轮")
    factories.directory(round)
    counts = {reverse("rounds"): 7, reverse("behind", args=[round.pk]): 12, reverse("round", args=[round.pk]): 11}
    for address, number in counts.items():
        client.get(address)
        with django_assert_num_queries(number):
            client.get(address)
