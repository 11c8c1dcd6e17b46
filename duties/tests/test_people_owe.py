"""Duties counted on households, cadres, members and pairs of persons: who owes them, and whose names are read."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.calendars import feed
from duties.counting.count import count_all
from duties.models import Duty
from duties.planning import plan
from duties.reminding import send_reminders
from duties.tests.owing import DAY, MOMENT, owing
from members.kinds import Mark, PairKind, Rank
from members.tests import factories
from office.models import Message
from organisations.tests import factories as people
from pairing.models import Round, SchemeVersion
from pairing.schemes.reading import read_scheme
from pairing.tests.factories import CHINA

pytestmark = pytest.mark.django_db

QUOTA = "代号: quota, 名称: 联系贫困户, 对象: 干部, 计数: 人员结对, 结对形式: 干部联系户, 频次: 每期"
HELPER = "代号: chain, 名称: 村内帮带, 对象: 困难户, 责任方: [受援方], 计数: 人员结对, 结对形式: 村内帮带, 频次: 每期"
VISIT = "代号: visit, 名称: 入户走访, 对象: 困难户, 计数: 入户走访, 频次: 每年"
NEEDY = "代号: needy, 名称: 联系困难群众, 对象: 党员, 计数: 联系困难群众, 结对形式: 党员联系困难党员群众, 频次: 每期"
PERSONS = """
人员结对:
  结对形式:
    - {种类: 干部联系户, 名称: 联系贫困户, 名额: {科局级: 3, 一般干部: 1}}
  参加人员: 有帮扶能力的党员干部
"""
HTMX = {"HTTP_HX_REQUEST": "true"}


def under_persons(duties: str):
    """The same duties, with quotas and with a rule who takes part."""
    place = owing(duties)
    version: SchemeVersion = place.pairing.round.scheme_version
    text = version.text + PERSONS
    changed = SchemeVersion.objects.create(
        scheme=version.scheme, number=9, text=text, content=read_scheme(text).model_dump(mode="json"), taken_at=MOMENT
    )
    Round.objects.filter(pk=place.pairing.round_id).update(scheme_version=changed)
    return place


def owed_of(column: str) -> dict:
    return {getattr(duty, column): duty.least for duty in Duty.objects.open().exclude(**{column: None})}


def test_each_cadre_of_the_paired_unit_owes_the_quota_of_their_rank():
    place = under_persons(QUOTA)
    branch = people.organisation("第一支部", kind="party_branch", parent=place.unit)
    head = factories.member(place.unit, rank=Rank.SECTION)
    clerk = factories.member(branch, rank=Rank.GENERAL)
    factories.member(place.unit, rank=Rank.COUNTY)  # no quota is named for this rank
    factories.member(place.unit, rank=Rank.SECTION, left_on=date(2026, 5, 1))
    factories.member(people.unit(place.pairing.round.organiser, "县粮食局"), rank=Rank.SECTION)  # not paired
    plan(DAY)
    assert owed_of("member") == {head: 3, clerk: 1}
    assert set(Duty.objects.values_list("unit", "village")) == {(place.unit.pk, None)}


def test_those_owe_whom_the_scheme_asks():
    place = under_persons(NEEDY)
    able = factories.member(place.unit, marks=[Mark.ABLE_TO_HELP])
    factories.member(place.unit, marks=[Mark.IN_SERVICE])
    plan(DAY)
    assert owed_of("member") == {able: 1}


def test_households_in_need_of_the_paired_villages_and_no_others():
    place = owing(f"{HELPER}\n{VISIT}")
    needy = factories.household(place.village)
    factories.household(place.village, is_needy=False)
    factories.household(place.village, left_on=date(2026, 5, 1))
    factories.household(people.village(place.pairing.round.organiser, "旁边村"))
    plan(DAY)
    assert set(Duty.objects.values_list("obligation", "household", "unit", "village")) == {
        ("chain", needy.pk, None, place.village.pk),
        ("visit", needy.pk, place.unit.pk, None),
    }
    needy.is_needy = False
    needy.save()
    assert plan(DAY).lapsed == 2


def test_whoever_helps_the_household_answers_for_the_visit():
    place = owing(VISIT)
    needy = factories.household(place.village)
    helping = people.unit(place.pairing.round.organiser, "县水利局")
    factories.helps(factories.member(helping), needy, PairKind.CADRE_HOUSEHOLD)
    plan(DAY)
    assert Duty.objects.get().unit == helping


def test_the_posts_and_the_cadre_in_person_see_what_they_owe(client):
    place = under_persons(f"{QUOTA}\n{HELPER}")
    factories.member(place.unit, "孙建国", rank=Rank.GENERAL, user=place.cadre)
    factories.household(place.village, "赵水生")
    plan(DAY)
    quota, chain = Duty.objects.get(obligation="quota"), Duty.objects.get(obligation="chain")
    for person, owes in ((place.cadre, {quota}), (place.secretary, {quota}), (place.village_secretary, {chain})):
        assert set(Duty.objects.owed_by(person)) == owes
    assert not Duty.objects.owed_by(place.stranger).exists()
    assert not Duty.objects.visible_to(place.stranger).exists()
    client.force_login(place.cadre)
    assert "联系贫困户" in client.get(reverse("my_duties"), **HTMX).content.decode()
    client.force_login(place.stranger)
    assert client.get(reverse("duty", args=[chain.pk])).status_code == 404


def test_many_households_under_one_line_are_one_card_with_the_others_below(client):
    place = owing(HELPER)
    for number in range(5):
        factories.household(place.village, f"赵水{number}")
    plan(DAY)
    Duty.objects.update(due_on=timezone.localdate() + timedelta(days=20))
    late = Duty.objects.order_by("pk")[3]
    Duty.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    client.force_login(place.village_secretary)
    answer = client.get(reverse("my_duties"))
    [card] = answer.context["to_do"]
    assert (card.first.duty, len(card.others), card.late) == (late, 4, 0)
    page = answer.content.decode()
    assert all(f"赵水{number}" in page for number in range(5))
    assert page.count("<article") == 1


def test_the_name_of_a_household_is_read_where_its_roster_is_kept_and_in_no_message(client):
    place = owing(HELPER)
    factories.household(place.village, "赵水生")
    plan(DAY)
    duty = Duty.objects.get()
    Duty.objects.update(due_on=date(2026, 9, 20))
    client.force_login(place.village_secretary)
    assert "赵水生" in client.get(reverse("my_duties")).content.decode()
    assert "赵水生" in client.get(reverse("duty", args=[duty.pk])).content.decode()
    client.force_login(place.organiser)
    for address in (reverse("duty", args=[duty.pk]), reverse("round_duties", args=[place.pairing.round.pk])):
        page = client.get(address).content.decode()
        assert "赵水生" not in page
        assert "赵**" in page
    send_reminders(datetime(2026, 9, 14, 8, 0, tzinfo=CHINA))
    told = Message.objects.get(kind="duties due")
    assert (told.organisation, told.permission) == (place.village, "village.act")
    assert "赵" not in f"{told.subject}{told.body}{told.params}"
    fetched = feed(place.village_secretary, today=DAY, host="jiedui.test", base="https://jiedui.test").decode()
    assert place.village.name in fetched
    assert "赵" not in fetched


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_household_as_for_three(client, number, django_assert_num_queries):
    place = owing(f"{HELPER}\n{VISIT}")
    for each in range(number):
        factories.household(place.village, f"赵{each}")
    plan(DAY)
    count_all(MOMENT)
    for person, name, arguments, most in (
        (place.organiser, "round_duties", [place.pairing.round.pk], 11),
        (place.secretary, "my_duties", [], 9),
    ):
        client.force_login(person)
        client.get(reverse(name, args=arguments))
        with django_assert_num_queries(most):
            client.get(reverse(name, args=arguments))
