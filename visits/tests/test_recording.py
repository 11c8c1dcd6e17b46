"""One side records, the other confirms: what counts, what is refused, and that nothing is changed then."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction

from core.refusals import Refused
from members.kinds import Mark
from members.tests import factories as members
from office.models import Message
from organisations.tests.factories import reread
from pairing.models import PairingPartner, Round
from pairing.schemes.words import Nature
from pairing.states import Side
from visits import reading
from visits.actions import confirming, recording
from visits.actions.recording import Somebody
from visits.kinds import kinds_of
from visits.models import Activity, Participant
from visits.states import ActivityState
from visits.tests.playing import NOW, TODAY, place_under, record, recorded

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def year_of(place) -> dict[str, tuple[int, int]]:
    found = reading.tallies(place.pairing, TODAY.replace(month=1, day=1), TODAY.replace(month=12, day=31))
    return {tally.nature: (tally.confirmed, tally.waiting) for tally in found}


@pytest.mark.clause("TN-25")
def test_each_trip_is_recorded_by_one_side_and_confirmed_by_the_other():
    place = place_under("town")
    activity = recorded(place, kind="visit", participants=[Somebody("王志远"), Somebody("赵永安", "leader")])
    assert year_of(place) == {"visit": (0, 1)}
    assert Message.objects.open().filter(organisation=place.village).exists()
    confirming.confirm(by=place.village_secretary, activity=activity, at=LATER)
    assert year_of(place) == {"visit": (1, 0)}
    assert not Message.objects.open().filter(organisation=place.village).exists()
    assert list(activity.participants.values_list("name", "role")) == [("王志远", "member"), ("赵永安", "leader")]
    theirs = recorded(place, side=Side.VILLAGE, kind="exchange", participants=[Somebody("李桂兰", "village")])
    confirming.confirm(by=place.secretary, activity=theirs, at=LATER)
    assert year_of(place) == {"visit": (1, 0), "exchange_meeting": (1, 0)}


def test_nobody_confirms_what_they_recorded_and_nobody_else_does():
    place = place_under()
    activity = recorded(place)
    for somebody in (place.secretary, place.cadre, place.organiser, place.stranger):
        with pytest.raises(Refused):
            confirming.confirm(by=somebody, activity=activity, at=LATER)
        with pytest.raises(Refused):
            confirming.send_back(by=somebody, activity=activity, words="不对", at=LATER)
    assert reread(activity).state == ActivityState.SUBMITTED


def test_the_same_key_is_recorded_once():
    place, key = place_under(), uuid.uuid4()
    given = {"by": place.secretary, "pairing": place.pairing, "unit": place.unit, "side": Side.UNIT}
    first = recording.record_activity(**given, record=record(), key=key, at=NOW)
    again = recording.record_activity(**given, record=record(words="又一次"), key=key, at=LATER)
    assert (first, Activity.objects.count(), again.words) == (again, 1, "看了果园")


def test_sent_back_with_a_reason_mended_and_confirmed():
    place = place_under()
    activity = recorded(place)
    with pytest.raises(Refused):
        confirming.send_back(by=place.village_secretary, activity=activity, words=" ", at=LATER)
    confirming.send_back(by=place.village_secretary, activity=activity, words="那天是座谈", at=LATER)
    assert reread(activity).returned_words == "那天是座谈"
    mended = recording.resubmit(by=place.secretary, activity=activity, record=record(kind="good_deed"), at=LATER)
    assert (mended.state, mended.nature, mended.participants.count()) == ("submitted", "good_deed", 1)
    confirming.confirm(by=place.village_secretary, activity=mended, at=LATER)
    assert year_of(place) == {"good_deed": (1, 0)}


def test_what_is_confirmed_is_corrected_by_a_new_version_and_counts_until_then():
    place = place_under()
    activity = recorded(place, persons=20, person_times=25)
    confirming.confirm(by=place.village_secretary, activity=activity, at=LATER)
    with pytest.raises(Refused):
        recording.cancel(by=place.secretary, activity=activity, at=LATER)
    given = {"by": place.secretary, "activity": activity, "at": LATER}
    newer = recording.correct(**given, record=record(persons=30, person_times=30), key=uuid.uuid4())
    assert year_of(place) == {"survey_trip": (1, 0)}
    with pytest.raises(Refused):
        recording.correct(**given, record=record(persons=40), key=uuid.uuid4())
    confirming.confirm(by=place.village_secretary, activity=newer, at=LATER)
    assert (reread(activity).state, reread(activity).persons, year_of(place)) == (
        "replaced",
        20,
        {"survey_trip": (1, 0)},
    )


def test_a_plan_counts_once_it_was_done():
    place, day = place_under(), TODAY + timedelta(days=5)
    given = {"by": place.secretary, "pairing": place.pairing, "unit": place.unit, "side": Side.UNIT}
    plan = recording.plan_activity(**given, record=record(on=day), key=uuid.uuid4(), at=NOW)
    other = recording.plan_activity(**given, record=record(on=day), key=uuid.uuid4(), at=NOW)
    assert year_of(place) == {}
    done = recording.resubmit(by=place.cadre, activity=plan, record=record(on=day), at=NOW + timedelta(days=6))
    assert done.state == ActivityState.SUBMITTED
    with pytest.raises(Refused):
        recording.miss(by=place.secretary, activity=other, words="", at=LATER)
    assert recording.miss(by=place.secretary, activity=other, words="山洪断路", at=LATER).state == ActivityState.MISSED
    assert year_of(place) == {"survey_trip": (0, 1)}


@pytest.mark.parametrize(
    "changes",
    [
        {"on": TODAY + timedelta(days=1)},
        {"on": TODAY - timedelta(days=8)},
        {"on": TODAY.replace(year=2025), "late_words": "补记"},
        {"participants": []},
        {"participants": [Somebody(" ")]},
        {"participants": [Somebody("甲"), Somebody("甲", "leader")]},
        {"kind": "dinner"},
        {"persons": 3, "person_times": 2},
    ],
    ids=["to come", "late without a reason", "before the round", "nobody", "no name", "twice", "unknown kind", "times"],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(changes):
    with pytest.raises(Refused):
        recorded(place_under(), **changes)
    assert not Activity.objects.exists()
    assert not Message.objects.exists()


def test_late_with_a_reason_and_on_a_weekend_as_on_any_day():
    place = place_under()
    late = recorded(place, on=TODAY - timedelta(days=30), late_words="大雪封山，电话报备")
    sunday = recorded(place, on=TODAY - timedelta(days=(TODAY.weekday() + 1) % 7 or 7))
    assert (late.late_words, late.entered_at, sunday.on.weekday()) == ("大雪封山，电话报备", NOW, 6)


def test_only_the_two_sides_record_and_nothing_for_a_closed_round():
    place = place_under()
    for somebody in (place.organiser, place.stranger):
        with pytest.raises(Refused):
            recorded(place, by=somebody)
    activity = recorded(place)
    Round.objects.update(state="closed", closed_at=NOW)
    with pytest.raises(Refused):
        recorded(place, by=place.cadre)
    with pytest.raises(Refused):
        confirming.confirm(by=place.village_secretary, activity=activity, at=LATER)
    with pytest.raises(Error), transaction.atomic():
        Activity.objects.update(state="cancelled")
    assert list(Activity.objects.values_list("state", flat=True)) == ["submitted"]


@pytest.mark.clause("SH-12")
def test_young_cadres_are_known_from_the_roster_and_counted():
    place = place_under("shanghai")
    members.member(place.unit, "苏晓梅", marks=[Mark.YOUNG_CADRE])
    recorded(place, kind="visit", participants=[Somebody("苏晓梅"), Somebody("王志远")])
    assert list(Participant.objects.filter(is_young=True).values_list("name", flat=True)) == ["苏晓梅"]


DETAILS: dict[str, Any] = {
    "dispute": "land",
    "outcome": "settled",
    "experience": "合作社带得好",
    "constraints": "路窄",
    "ideas": "先修路",
    "medium": "县报",
}


@pytest.mark.clause("AH-18", "TN-06", "TN-12", "XC-06", "XY-07", "XY-12", "SH-15", "SH-26", "QX-23", "QX-28")
@pytest.mark.parametrize(
    ("scheme", "kind", "nature"),
    [
        ("anhui", "organisational_life", Nature.ORGANISATIONAL_LIFE),
        ("anhui", "diagnosis", Nature.DIAGNOSIS),
        ("town", "exchange", Nature.EXCHANGE_MEETING),
        ("town", "cooperative", Nature.COOPERATIVE),
        ("town", "child_care", Nature.CHILD_CARE),
        ("xincheng", "forum", Nature.FORUM),
        ("xincheng", "fellowship", Nature.FELLOWSHIP_EVENT),
        ("xincheng", "shared_life", Nature.ORGANISATIONAL_LIFE),
        ("xinyi", "skill_aid", Nature.TRAINING),
        ("xinyi", "talk_policy", Nature.TALK),
        ("xinyi", "mediation", Nature.MEDIATION),
        ("shanghai", "science_to_village", Nature.OUTREACH),
        ("shanghai", "distance_education", Nature.TRAINING),
        ("qianxi", "study_tour", Nature.STUDY_TOUR),
        ("qianxi", "non_farm_course", Nature.TRAINING),
        ("suifenhe", "joint_meeting", Nature.JOINT_MEETING),
    ],
)
def test_what_a_text_names_is_recorded_under_its_name_and_counted_by_its_nature(scheme, kind, nature):
    place = place_under(scheme)
    activity = recorded(place, kind=kind, **DETAILS)
    named = next(each.name for each in place.pairing.round.rules.activity_kinds if each.key == kind)
    assert (activity.name, activity.nature, activity.kind) == (named, nature, kind)


def test_every_scheme_offers_every_nature_once_or_by_its_own_names():
    place = place_under("yudu")
    offered = kinds_of(place.pairing.round)
    assert {kind.nature for kind in offered} == set(Nature)
    assert len({kind.code for kind in offered}) == len(offered)
    assert recorded(place, kind="standard-party_lecture").name == "党课"


@pytest.mark.clause("SH-03", "AH-16", "TN-19")
def test_approaches_resources_and_things_given_are_kept_with_the_record():
    place = place_under("shanghai")
    activity = recorded(place, kind="visit", tags=["talent"], resources=["technology", "talent"], items=120)
    kept = reread(activity)
    assert (kept.tags, kept.resources, kept.items) == (["talent"], ["technology", "talent"], 120)


def test_a_consortium_partner_records_for_itself_once_it_has_joined():
    place = place_under()
    partner = place.stranger.posts[0].organisation
    joined = PairingPartner.objects.create(pairing=place.pairing, unit=partner, share=30, state="invited")
    given = {"by": place.stranger, "pairing": place.pairing, "unit": partner, "side": Side.UNIT, "record": record()}
    with pytest.raises(Refused):
        recording.record_activity(**given, key=uuid.uuid4(), at=NOW)
    PairingPartner.objects.filter(pk=joined.pk).update(state="joined", answered_at=NOW, answered_by=place.stranger)
    assert recording.record_activity(**given, key=uuid.uuid4(), at=NOW).unit == partner


@pytest.mark.parametrize(
    ("scheme", "kind", "mode"),
    [
        pytest.param("town", "training", "central", marks=pytest.mark.clause("TN-09")),
        pytest.param("town", "training", "entrusted", marks=pytest.mark.clause("TN-09")),
        pytest.param("qianxi", "training_programme", "expert", marks=pytest.mark.clause("QX-20")),
        pytest.param("qianxi", "training_programme", "base", marks=pytest.mark.clause("QX-20")),
        pytest.param("qianxi", "training_programme", "distance", marks=pytest.mark.clause("QX-20")),
    ],
)
def test_a_training_says_in_which_way_it_was_held_and_whom_it_reached(scheme, kind, mode):
    kept = reread(recorded(place_under(scheme), kind=kind, mode=mode, persons=18, person_times=36))
    assert (kept.nature, kept.mode, kept.persons, kept.person_times) == (Nature.TRAINING, mode, 18, 36)


@pytest.mark.clause("XC-04")
def test_a_specialist_in_the_village_and_a_project_for_prosperity_are_recorded():
    place = place_under("xincheng")
    guided = recorded(place, kind="specialist", participants=[Somebody("陶知新", Participant.Role.SPECIALIST)])
    project = recorded(place, kind="prosperity_project")
    assert (guided.nature, guided.participants.get().role) == (Nature.OUTREACH, "specialist")
    assert project.name == "引进致富项目"


@pytest.mark.clause("SF-24")
@pytest.mark.parametrize("tag", ["material", "project", "expertise", "culture", "party_building"])
def test_each_of_the_five_kinds_of_aid_stands_with_the_record(tag):
    place = place_under("suifenhe")
    assert tag in {each.key for each in place.pairing.round.rules.tags}
    assert reread(recorded(place, kind="volunteer_service", tags=[tag])).tags == [tag]
