"""Good cases: handed in on a phone, sent back or published, read by the round and - if agreed - by everybody (TN-31)."""

from typing import Any

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from core.refusals import Refused
from members.tests import factories as members
from office.models import Message
from organisations.models import Organisation, User
from organisations.tests import factories as people
from reports.actions import good_cases as acts
from reports.models import GoodCase, GoodCaseStep
from reports.praise.states import GoodCaseState
from reports.tests.inspecting import AT, Place, place

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {
    "title": "小菜园连着大食堂",
    "practice": "机关食堂按周订菜。",
    "outcome": "十二户年均增收三千元。",
    "lesson": "先订后种。",
}


def village_secretary(here: Place) -> User:
    return people.user("village_secretary", here.villages[0])


def handed_in(here: Place, **changes) -> GoodCase:
    return acts.hand_in_case(
        by=here.secretaries[0],
        organisation=here.units[0],
        round=here.round,
        words=acts.Words(**(WORDS | changes)),
        at=AT,
    )


def published(here: Place, *, in_public: bool = False) -> GoodCase:
    case = handed_in(here, may_be_public=in_public)
    return acts.publish_case(by=here.organiser, case=case, remark="值得学", in_public=in_public, at=AT)


@pytest.mark.clause("TN-31")
def test_an_experience_goes_from_the_branch_secretary_to_a_case_that_everybody_reads(client):
    here = place()
    client.force_login(here.secretaries[0])
    form = client.get(reverse("new_good_case")).context["form"]
    assert next(field.name for field in form.visible_fields()) == "title"  # one unit, one round: neither is asked for
    own = {name: form[name].value() for name in ("organisation", "round")}
    own = {name: getattr(value, "pk", value) for name, value in own.items()}
    client.post(reverse("new_good_case"), WORDS | own | {"may_be_public": "on"})
    case = GoodCase.objects.get()
    assert (case.organisation, case.round, case.state) == (here.units[0], here.round, GoodCaseState.SUBMITTED)
    assert Message.objects.open().filter(organisation=here.root, url=case.get_absolute_url()).exists()
    reader = people.user("village_secretary", here.villages[5])
    client.force_login(reader)
    assert client.get(case.get_absolute_url()).status_code == 404

    client.force_login(here.organiser)
    client.post(reverse("good_case_step", args=[case.pk, "return"]), {"words": "写清楚怎样订菜"})
    assert people.reread(case).state == GoodCaseState.RETURNED
    client.force_login(here.secretaries[0])
    assert "写清楚怎样订菜" in client.get(case.get_absolute_url()).content.decode()
    client.post(
        reverse("edit_good_case", args=[case.pk]), WORDS | {"practice": "周一订，周四送。", "may_be_public": "on"}
    )
    client.force_login(here.organiser)
    client.post(reverse("good_case_step", args=[case.pk, "publish"]), {"remark": "值得学", "in_public": "on"})
    case.refresh_from_db()
    assert (case.state, case.is_public, case.practice) == (GoodCaseState.PUBLISHED, True, "周一订，周四送。")
    assert list(case.steps.values_list("verb", flat=True)) == ["submitted", "returned", "submitted", "published"]

    client.force_login(reader)
    assert "周一订，周四送。" in client.get(case.get_absolute_url()).content.decode()
    client.logout()
    assert case.title in client.get(reverse("open_cases", args=[here.round.pk])).content.decode()
    page = client.get(reverse("open_case", args=[case.pk])).content.decode()
    assert "值得学" in page
    assert here.secretaries[0].name not in page


@pytest.mark.parametrize(
    ("name", "words"),
    [("practice", "打电话 13900001111 找他"), ("outcome", "身份证 110101199003070011"), ("lesson", "学王大爷的办法")],
)
def test_numbers_and_names_of_the_roster_are_refused_at_their_field_and_by_the_act(client, name, words):
    here = place()
    members.household(here.villages[0], "王大爷")  # the village with which the unit is paired
    client.force_login(here.secretaries[0])
    typed = WORDS | {"organisation": here.units[0].pk, "round": here.round.pk, name: words}
    answer = client.post(reverse("new_good_case"), typed)
    assert list(answer.context["form"].errors) == [name]
    assert words in answer.content.decode()
    with pytest.raises(Refused):
        handed_in(here, **{name: words})
    assert not GoodCase.objects.exists()


def test_a_name_that_came_on_the_roster_since_stops_the_publication():
    here = place()
    case = handed_in(here, lesson="学王大爷的办法", may_be_public=True)
    members.household(here.villages[0], "王大爷")
    with pytest.raises(Refused):
        acts.publish_case(by=here.organiser, case=case, remark="", in_public=True, at=AT)
    assert people.reread(case).state == GoodCaseState.SUBMITTED
    assert not GoodCaseStep.objects.filter(verb="published").exists()


def test_without_consent_it_does_not_come_on_the_public_page(client):
    here = place()
    case = handed_in(here)
    with pytest.raises(Refused):
        acts.publish_case(by=here.organiser, case=case, remark="", in_public=True, at=AT)
    case = acts.publish_case(by=here.organiser, case=case, remark="", in_public=False, at=AT)
    assert client.get(reverse("open_case", args=[case.pk])).status_code == 404
    assert case.title not in client.get(reverse("open_cases", args=[here.round.pk])).content.decode()


def test_the_author_takes_the_consent_back_and_the_round_goes_on_reading(client):
    here = place()
    case = published(here, in_public=True)
    assert client.get(reverse("open_case", args=[case.pk])).status_code == 200
    client.force_login(here.secretaries[0])
    client.post(reverse("good_case_step", args=[case.pk, "hide"]))
    case.refresh_from_db()
    assert (case.is_public, case.may_be_public, case.state) == (False, False, GoodCaseState.PUBLISHED)
    client.logout()
    assert client.get(reverse("open_case", args=[case.pk])).status_code == 404


def test_what_was_published_stays_as_it_was_and_is_withdrawn_with_a_reason():
    here = place()
    case = published(here, in_public=True)
    with pytest.raises(InternalError), transaction.atomic():
        GoodCase.objects.filter(pk=case.pk).update(practice="改过")
    with pytest.raises(Refused):
        acts.withdraw_case(by=here.organiser, case=case, words="", at=AT)
    acts.withdraw_case(by=here.organiser, case=case, words="数字有误", at=AT)
    case.refresh_from_db()
    assert (case.state, case.is_public, case.practice) == (GoodCaseState.WITHDRAWN, False, WORDS["practice"])
    assert case not in GoodCase.objects.visible_to(village_secretary(here))


def test_a_village_hands_in_and_nobody_else_judges_or_writes_for_it(client):
    here = place()
    author = village_secretary(here)
    case = acts.hand_in_case(
        by=author, organisation=here.villages[0], round=here.round, words=acts.Words(**WORDS), at=AT
    )
    township = people.user("township_supervisor", Organisation.objects.get(path=here.villages[0].parent_path))
    for user in (author, township, here.secretaries[0], people.user("organiser", people.county("白水县"))):
        client.force_login(user)
        for step in ("publish", "return"):
            answer = client.post(reverse("good_case_step", args=[case.pk, step]), {"words": "x", "remark": "x"})
            assert answer.status_code == 404
    with pytest.raises(Refused):
        acts.hand_in_case(
            by=here.secretaries[0], organisation=here.villages[0], round=here.round, words=acts.Words(**WORDS), at=AT
        )
    assert people.reread(case).state == GoodCaseState.SUBMITTED
    assert GoodCaseStep.objects.count() == 1


def test_lists_ask_as_much_for_one_row_as_for_three(client, django_assert_max_num_queries):
    here = place()
    for rows in (1, 3):
        while GoodCase.objects.count() < rows:
            published(here, in_public=True)
        client.force_login(here.secretaries[1])
        with django_assert_max_num_queries(16):
            page = client.get(reverse("good_cases")).content.decode()
        assert page.count(WORDS["title"]) >= rows
        client.logout()
        with django_assert_max_num_queries(6):
            page = client.get(reverse("open_cases", args=[here.round.pk])).content.decode()
        assert page.count(WORDS["title"]) >= rows


def test_its_history_is_told_to_the_organiser(client):
    here = place()
    case = published(here)
    client.force_login(here.organiser)
    answer = client.get(reverse("history", args=["reports.goodcase", case.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert here.organiser.name in answer.content.decode()
