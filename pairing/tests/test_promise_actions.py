from datetime import date

import pytest
from django.db import InternalError, transaction

from core.refusals import Refused
from office.models import Message
from pairing.actions import promises as acts
from pairing.models import PublicCommitment
from pairing.states import CommitmentState, Side
from pairing.tests.market import IN_TIME
from pairing.tests.promising import YEAR, signed_under

pytestmark = pytest.mark.django_db
DUE = date(YEAR, 10, 1)


@pytest.fixture
def setting():
    return signed_under("anhui")


def write(place, pairing, text="国庆节前硬化通组路2公里。", **changes):
    given = {"by": place.secretary, "pairing": pairing, "side": Side.UNIT, "year": YEAR, "text": text, "due_on": DUE}
    return acts.write_promise(**(given | changes))


def published(place, pairing):
    return acts.publish_promise(by=place.secretary, promise=write(place, pairing), side=Side.UNIT, at=IN_TIME)


def report(place, promise, state, words="已完成1公里"):
    return acts.report_promise(
        by=place.secretary, promise=promise, side=Side.UNIT, state=state, words=words, at=IN_TIME
    )


def shown():
    return PublicCommitment.objects.published().in_force()


@pytest.mark.clause("AH-23")
def test_a_commitment_is_published_reported_and_confirmed_by_the_other_organisation(setting):
    place, pairing = setting
    promise = write(place, pairing)
    assert list(shown()) == []
    promise = acts.publish_promise(by=place.secretary, promise=promise, side=Side.UNIT, at=IN_TIME)
    assert [each.state for each in shown()] == [CommitmentState.PROMISED]
    promise = report(place, promise, CommitmentState.UNDER_WAY)
    promise = report(place, promise, CommitmentState.CLAIMED, "全部完成")
    assert Message.objects.open().filter(organisation=place.village, key__startswith="promise:").count() == 1
    with pytest.raises(Refused):
        acts.confirm_promise(by=place.secretary, promise=promise, side=Side.UNIT, at=IN_TIME)
    promise = acts.confirm_promise(by=place.village_secretary, promise=promise, side=Side.VILLAGE, at=IN_TIME)
    assert (promise.state, promise.words, promise.confirmed_by) == ("fulfilled", "全部完成", place.village_secretary)
    assert Message.objects.open().filter(organisation=place.village, key__startswith="promise:").count() == 0


def test_what_is_not_confirmed_is_under_way_again_with_words(setting):
    place, pairing = setting
    promise = report(place, published(place, pairing), CommitmentState.CLAIMED)
    given = {"by": place.village_secretary, "promise": promise, "side": Side.VILLAGE, "at": IN_TIME}
    with pytest.raises(Refused):
        acts.return_promise(**given, words="")
    promise = acts.return_promise(**given, words="还差500米")
    assert (promise.state, promise.words) == ("under_way", "还差500米")
    promise = report(place, promise, CommitmentState.UNFULFILLED, "雨季停工")
    assert promise.state == "unfulfilled"
    assert report(place, promise, CommitmentState.CLAIMED, "补完").state == "claimed"


def test_a_correction_is_a_new_one_beside_the_old(setting):
    place, pairing = setting
    first = published(place, pairing)
    given = {"by": place.secretary, "side": Side.UNIT, "text": "硬化通组路1.5公里。", "due_on": DUE, "at": IN_TIME}
    with pytest.raises(Refused):
        acts.correct_promise(promise=first, reason=" ", **given)
    second = acts.correct_promise(promise=first, reason="勘测后里程有变", **given)
    assert (list(shown()), second.replaces, second.correction_reason) == ([second], first, "勘测后里程有变")
    with pytest.raises(Refused):
        acts.correct_promise(promise=first, reason="再改", **given)
    with pytest.raises(Refused):
        report(place, first, CommitmentState.CLAIMED)
    assert list(PublicCommitment.objects.order_by("pk").values_list("text", flat=True)) == [
        "国庆节前硬化通组路2公里。", "硬化通组路1.5公里。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"text": "改"}, {"due_on": date(2030, 1, 1)}, {"side": "village"}, {"published_at": None}]
)
def test_the_database_refuses_to_change_published_words(setting, change):
    place, pairing = setting
    published(place, pairing)
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        PublicCommitment.objects.update(**change)
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        PublicCommitment.objects.all().delete()
    assert PublicCommitment.objects.get().text == "国庆节前硬化通组路2公里。"


@pytest.mark.parametrize("text", ["联系李桂兰13900001111", "身份证 52242319700101123X"])
def test_numbers_of_people_are_never_published(setting, text):
    place, pairing = setting
    promise = write(place, pairing, text)
    with pytest.raises(Refused):
        acts.publish_promise(by=place.secretary, promise=promise, side=Side.UNIT, at=IN_TIME)
    promise = published(place, pairing)
    with pytest.raises(Refused):
        report(place, promise, CommitmentState.UNDER_WAY, text)
    assert [each.words for each in shown()] == [""]


def test_each_side_speaks_for_itself_and_before_publishing_may_still_change_it(setting):
    place, pairing = setting
    promise = write(place, pairing)
    promise = write(place, pairing, "改过的承诺", promise=promise)
    assert promise.text == "改过的承诺"
    for attempt in (
        lambda: acts.publish_promise(by=place.village_secretary, promise=promise, side=Side.VILLAGE, at=IN_TIME),
        lambda: write(place, pairing, year=1999),
        lambda: write(place, pairing, due_on=date(2020, 1, 1)),
        lambda: write(place, pairing, by=place.organiser),
    ):
        with pytest.raises(Refused):
            attempt()
    acts.publish_promise(by=place.secretary, promise=promise, side=Side.UNIT, at=IN_TIME)
    with pytest.raises(Refused):
        write(place, pairing, "再改", promise=promise)
    assert [each.text for each in shown()] == ["改过的承诺"]
