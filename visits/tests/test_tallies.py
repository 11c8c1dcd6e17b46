"""What is kept counted says at every moment what counting the activities would say; whatever happens, and whoever asks."""

import uuid
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone

from members.kinds import Rank
from members.models import Member
from members.tests import factories as members
from organisations.tests import factories as people
from pairing.forms.figures import FiguresForm
from pairing.models import Pairing, Round
from pairing.tests import factories as pairings
from visits import figures, recounting
from visits.actions import confirming, recording
from visits.actions.recording import Somebody
from visits.figures import By
from visits.models import Activity, ActivityDay, ActivityMonth, Participant
from visits.models.tally import TRIPS
from visits.states import RECORDED, ActivityState
from visits.tests.playing import Place, place_under, record, recorded

pytestmark = pytest.mark.django_db
KINDS = ("call_on_veterans", "skill_aid", "goodwill_visit")
NAMES = ("王志远", "苏晓梅", "何立新")
DAYS = 150
RANKS = dict(zip(NAMES, (Rank.COUNTY, Rank.SECTION, ""), strict=True))


@pytest.fixture
def place() -> Place:
    found = place_under("xinyi")
    Round.objects.update(starts_on=timezone.localdate() - timedelta(days=400))
    for name, rank in RANKS.items():
        members.member(found.unit, name, rank=rank)
    return found


def drawn(random: Random) -> dict:
    """Something like what people write down."""
    people_there = [Somebody(name) for name in random.sample(NAMES, random.randint(1, 3))]
    if random.random() < 0.5:
        people_there.append(Somebody("李桂兰", Participant.Role.VILLAGE))
    return {
        "kind": random.choice(KINDS),
        "on": timezone.localdate() - timedelta(days=random.randrange(DAYS)),
        "participants": people_there,
        "tags": random.sample(["talent", "industry"], random.randint(0, 2)),
        "resources": random.sample(["technology", "talent", "funds"], random.randint(0, 2)),
        "late_words": "补记",
    }


def something_happens(place: Place, random: Random) -> None:
    now = timezone.now()
    rows = list(Activity.objects.filter(state__in=RECORDED).order_by("pk"))
    chosen = random.choice(rows) if rows else None
    step = random.choice(["record", "record", "confirm", "confirm", "return", "mend", "correct", "cancel", "import"])
    if chosen is None or step == "record":
        recorded(place, at=now, **drawn(random))
    elif step == "import":
        Activity.objects.filter(pk__in=[each.pk for each in rows[:3]]).update(name=random.choice(["走访", "技能帮扶"]))
    elif step == "confirm" and chosen.state == ActivityState.SUBMITTED:
        confirming.confirm(by=place.village_secretary, activity=chosen, at=now)
    elif step == "return" and chosen.state == ActivityState.SUBMITTED:
        confirming.send_back(by=place.village_secretary, activity=chosen, words="不对", at=now)
    elif step == "mend" and chosen.state == ActivityState.RETURNED:
        recording.resubmit(by=place.secretary, activity=chosen, record=record(**drawn(random)), at=now)
    elif step == "cancel" and chosen.state != ActivityState.CONFIRMED:
        recording.cancel(by=place.secretary, activity=chosen, at=now)
    elif step == "correct" and chosen.state == ActivityState.CONFIRMED and not chosen.corrections.recorded().exists():
        given = {"record": record(**drawn(random)), "key": uuid.uuid4(), "at": now}
        recording.correct(by=place.secretary, activity=chosen, **given)


def went(activity: Activity) -> list[Participant]:
    return [each for each in activity.participants.all() if each.role != Participant.Role.VILLAGE]


def values_of(activity: Activity, by: By) -> set:
    """The lines in which an activity stands, from the activity itself."""
    found: dict[By, set] = {
        By.UNIT: {activity.unit_id},
        By.VILLAGE: {activity.pairing.village_id},
        By.MONTH: {activity.on.replace(day=1)},
        By.KIND: {activity.name},
        By.TAG: set(activity.tags),
        By.RESOURCE: set(activity.resources),
        By.RANK: {RANKS.get(each.name, "") for each in went(activity)},
    }
    return found[by]


def counted_one_by_one(since, until, by: By | None) -> dict:
    found: dict = {}
    for each in Activity.objects.filter(on__range=(since, until)).select_related("pairing"):
        if each.state not in RECORDED or (each.corrects_id and each.state != ActivityState.CONFIRMED):
            continue
        is_done = each.state == ActivityState.CONFIRMED
        for value in values_of(each, by) if by else {0}:
            people_there = went(each)
            if by == By.RANK:
                people_there = [who for who in people_there if RANKS.get(who.name, "") == value]
            numbers = [1, is_done, is_done and each.nature in TRIPS, len(people_there) if is_done else 0]
            found[value] = [old + new for old, new in zip(found.get(value, [0] * 4), numbers, strict=True)]
    return found


def kept(user, by: By | None, **asked) -> dict:
    form = FiguresForm(QueryDict(mutable=False) | {"by": by or By.UNIT, **asked}, user=user, by=By)
    sources = figures.Sources(user, form)
    lines = figures.lines(sources, figures.places(sources))
    if by is None:
        return {0: sources.in_all["activities"]}
    return {key.value: [each.recorded, each.confirmed, each.trips, each.went] for key, each in lines if each.recorded}


def check(place: Place, random: Random) -> None:
    """Whole rounds by the organiser, one pairing by its secretary, a place; months, and days that cut through them."""
    today = timezone.localdate()
    first = today - timedelta(days=random.randrange(60, DAYS))
    spans = [(first.replace(day=1), today), (first, today - timedelta(days=random.randrange(40)))]
    for since, until in spans:
        for user, more in ((place.organiser, {}), (place.secretary, {"place": "林业局"})):
            for by in (None, *By):
                asked = {"since": since.isoformat(), "until": until.isoformat(), **more}
                expected = counted_one_by_one(since, until, by)
                if by is None:
                    expected = expected or {0: [0] * 4}
                assert kept(user, by, **asked) == expected, (by, since, until, more)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_equals_what_is_counted_whatever_happens(place, seed):
    random = Random(seed)
    for is_merged in (False, True):
        for _step in range(22):
            something_happens(place, random)
        if is_merged:
            recounting.merge()
        check(place, random)
    recounting.recount()
    assert not ActivityMonth.objects.filter(is_merged=False).exists()


def test_merging_and_counting_anew_say_the_same(place):
    random = Random(7)
    for _step in range(40):
        something_happens(place, random)
    sums = {model: sums_of(model) for model in (ActivityMonth, ActivityDay)}
    assert any(sums.values())
    recounting.merge()
    assert {model: sums_of(model) for model in sums} == sums
    recounting.recount()
    assert {model: sums_of(model) for model in sums} == sums


def sums_of(model) -> set[tuple]:
    keys = ("round", "on") if model is ActivityDay else ("pairing", "unit", "month")
    totals: dict[tuple, list[int]] = {}
    for row in model.objects.values_list(*keys, "aspect", "value", "recorded", "confirmed", "trips", "went"):
        key, numbers = row[:-4], row[-4:]
        totals[key] = [sum(pair) for pair in zip(totals.get(key, [0] * 4), numbers, strict=True)]
    return {(*key, *numbers) for key, numbers in totals.items() if any(numbers)}


def test_what_is_rolled_back_is_not_counted(place):
    recorded(place, at=timezone.now(), **drawn(Random(1)))
    before = sums_of(ActivityMonth)
    with transaction.atomic():
        recorded(place, at=timezone.now(), **drawn(Random(2)))
        assert sums_of(ActivityMonth) != before
        transaction.set_rollback(True)
    assert sums_of(ActivityMonth) == before


def test_a_change_that_moves_no_number_writes_no_line(place):
    made = recorded(place, at=timezone.now(), **drawn(Random(1)))
    number = ActivityMonth.objects.count()
    Activity.objects.filter(pk=made.pk).update(words="另外的话")
    assert ActivityMonth.objects.count() == number


def test_a_rank_is_that_of_the_day_it_was_recorded(place, signed_in):
    made = recorded(place, at=timezone.now(), on=timezone.localdate(), kind=KINDS[0], participants=[Somebody(NAMES[0])])
    assert (made.ranks, made.participants.get().rank) == ([Rank.COUNTY], Rank.COUNTY)
    Member.objects.filter(name=NAMES[0]).update(rank=Rank.GENERAL)
    assert list(kept(place.organiser, By.RANK)) == [Rank.COUNTY]
    rows = signed_in(place.organiser).get("/activities/", {"rank": "county"}).context["found"]
    assert rows == 1


def test_who_sees_thousands_of_pairings_chooses_a_unit_before_people_are_listed(place, signed_in, monkeypatch):
    other = people.unit(place.pairing.round.organiser, "青山县水务局")
    village = people.village(place.pairing.round.organiser, "坡头村")
    pairings.pairing(place.pairing.round, other, village, state="signed")
    monkeypatch.setattr("visits.querysets.activities.FEW", 1)
    client = signed_in(place.organiser)
    assert Pairing.objects.visible_to(place.organiser).count() == 2
    answer = client.get("/activities/people/", {"since": "2026-01-01"})
    assert (answer.status_code, answer.url) == (302, "/activities/statistics/?since=2026-01-01")
    assert client.get("/activities/people/", {"unit": place.unit.pk}).status_code == 200


def test_the_lock_of_counting_anew_lets_others_read(place):
    recorded(place, at=timezone.now(), **drawn(Random(1)))
    with connection.cursor() as cursor, transaction.atomic():
        recounting.recount()
        cursor.execute(
            "SELECT mode FROM pg_locks WHERE relation = 'visits_activity'::regclass AND pid = pg_backend_pid()"
        )
        assert "AccessExclusiveLock" not in {mode for (mode,) in cursor.fetchall()}
