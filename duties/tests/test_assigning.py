"""A duty given to a colleague: they find it among their own, the organisation goes on owing it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from duties import assigning
from duties.matters import open_matters
from duties.models import Assignment, Duty
from duties.planning import plan
from duties.tests.owing import owing
from duties.tests.test_pages import SURVEY, text
from office.models import Message
from organisations.models import Appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    place = owing(SURVEY, signed_on=timezone.localdate() - timedelta(days=10))
    plan(timezone.localdate())
    return place


def duty() -> Duty:
    return Duty.objects.related().get()


def post_of(user) -> Appointment:
    return user.appointments.get()


def give(client, place, **changes):
    form = {"post": post_of(place.cadre).pk, "words": "请与村里约好日子"} | changes
    return client.post(reverse("assign_duty", args=[duty().pk]), form)


def test_a_colleague_is_told_and_finds_it_among_the_own_duties(client, place):
    assert not Duty.objects.owed_by(place.cadre).exists()
    client.force_login(place.secretary)
    assert reverse("assign_duty", args=[duty().pk]) in text(client.get(duty().get_absolute_url()))
    assert give(client, place).status_code == 302
    made = Assignment.objects.get()
    assert (made.post.user, made.words, made.assigned_by) == (place.cadre, "请与村里约好日子", place.secretary)
    assert list(Duty.objects.owed_by(place.cadre)) == [duty()] == list(Duty.objects.owed_by(place.secretary))
    [told] = Message.objects.filter(recipient=place.cadre)
    assert (told.url, told.params["name"]) == (duty().get_absolute_url(), duty().name)
    assert f"由{place.cadre.name}办理" in text(client.get(reverse("my_duties")))
    assert f"由{place.cadre.name}办理" in text(client.get(duty().get_absolute_url()))
    client.force_login(place.cadre)
    assert duty().name in text(client.get(reverse("my_duties")))
    assert reverse("assign_duty", args=[duty().pk]) not in text(client.get(duty().get_absolute_url()))


def test_taken_back_it_is_theirs_no_longer(client, place):
    client.force_login(place.secretary)
    give(client, place)
    give(client, place, words="")  # once more: the first one ends
    assert Assignment.objects.filter(ended_at=None).count() == 1
    client.post(reverse("take_back_duty", args=[duty().pk]))
    assert not Assignment.objects.filter(ended_at=None).exists()
    assert not Duty.objects.owed_by(place.cadre).exists()
    with pytest.raises(Refused, match="不需要收回"):
        assigning.take_back(by=place.secretary, duty=duty(), at=timezone.now())


def test_whoever_leaves_the_post_leaves_the_duty_and_the_handing_over_lists_it(place):
    post = post_of(place.cadre)
    assigning.assign(by=place.secretary, duty=duty(), post=post, words="", at=timezone.now())
    [(words, url)] = open_matters(place.cadre, place.unit)
    assert duty().name in words
    assert url == duty().get_absolute_url()
    post.until = timezone.localdate() - timedelta(days=1)
    post.since = post.until - timedelta(days=9)
    post.save()
    assert not Duty.objects.owed_by(place.cadre).exists()
    assert assigning.assigned(duty()) is None


@pytest.mark.parametrize("who", ["cadre", "village_secretary", "organiser", "stranger"])
def test_others_do_not_give_it_to_anybody(client, place, who):
    client.force_login(getattr(place, who))
    assert give(client, place).status_code == 404
    assert client.post(reverse("take_back_duty", args=[duty().pk])).status_code == 404
    assert not Assignment.objects.exists()


def test_only_to_a_post_of_the_organisation_that_owes_it(client, place):
    client.force_login(place.secretary)
    answer = give(client, place, post=post_of(place.village_secretary).pk)
    assert "选择" in text(answer)
    with pytest.raises(Refused, match="请选择在承担该任务"):
        assigning.assign(
            by=place.secretary, duty=duty(), post=post_of(place.village_secretary), words="", at=timezone.now()
        )
    assert not Assignment.objects.exists()


def test_what_is_met_or_waived_is_given_to_nobody(client, place):
    Duty.objects.update(done=9)
    client.force_login(place.secretary)
    answer = give(client, place)
    assert "已经完成或者免除" in text(answer)
    assert not Assignment.objects.exists()
