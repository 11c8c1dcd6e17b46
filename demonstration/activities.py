"""What the pairs of Qianxi did together since the spring: most of it confirmed, some waits, some is planned.

The pair of the accounts offered first plays it act by act; the others' records are laid down at once.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demonstration.calendar import Calendar
from demonstration.pictures import landscape
from demonstration.play import Pair
from office import files
from office.models import StoredFile
from pairing.schemes.words import Nature
from pairing.states import Side
from visits.actions.confirming import confirm, send_back
from visits.actions.recording import Record, Somebody, plan_activity, record_activity
from visits.models import Activity, Participant
from visits.states import ActivityState
from visits.taking_part import keep, ranks_of, roster_of, taking_part

# Kind, nature, name, words, persons.
DONE = (
    ("survey_trip", Nature.SURVEY_TRIP, "调研", "走了三个村民小组，看灌溉渠和果园，村里最急的是抽水泵。", None),
    ("training", Nature.TRAINING, "实用技术培训", "请农技站讲天麻种植，现场答疑。", 36),
    ("good_deed", Nature.GOOD_DEED, "为村办实事", "协调水管所装好两台抽水泵，灌溉旱地一百多亩。", None),
    ("joint_activity", Nature.MEMBERS_ACTIVITY, "组织党员、干部职工到村活动", "机关党员与村党员一起清理河道。", 28),
    ("survey_trip", Nature.SURVEY_TRIP, "调研", "看养牛场，商量防疫和销路。", None),
    ("solved_difficulty", Nature.SOLVED_DIFFICULTY, "解决实际困难", "帮村小学修好屋顶，换了课桌。", None),
    ("study_tour", Nature.STUDY_TOUR, "参观学习", "带村干部到邻县看合作社。", 12),
)
EVERY_DAYS = 34  # between one and the next
LEADER = "赵永安"


@dataclass
class Together:
    pairs: list[Pair]
    calendar: Calendar

    def load(self) -> None:
        self.play(self.pairs[0])
        self.lay_down(self.pairs[1:])

    def play(self, pair: Pair) -> None:
        """Confirmed ones, one that was sent back, one that waits, one that is planned."""
        unit, village = pair.secretary(Side.UNIT), pair.secretary(Side.VILLAGE)
        given = {"by": unit, "pairing": pair.pairing, "unit": pair.unit, "side": Side.UNIT}
        people = [Somebody(unit.name), Somebody(LEADER, Participant.Role.LEADER)]

        def record(row: tuple, moment: datetime, photos: Sequence[StoredFile] = ()) -> Record:
            kind, _nature, _name, words, persons = row
            return Record(kind, moment.date(), people, words, persons=persons, person_times=persons, photos=photos)

        def pictures(number: int) -> list[StoredFile]:
            drawn = [(f"现场照片{place + 1}.jpg", landscape(10 * number + place)) for place in range(1 + number % 2)]
            return [files.store(upload=each, by=unit, kind=StoredFile.Kind.PICTURE) for each in drawn]

        for number, row in enumerate(DONE[:4]):
            moment = self.calendar.days_ago(150 - number * EVERY_DAYS)
            if moment.date() < self.calendar.first_of_march:
                continue
            shown = record(row, moment, pictures(number))
            made = record_activity(**given, record=shown, key=uuid.uuid4(), at=moment)
            confirm(by=village, activity=made, at=moment + timedelta(days=1))
        back, waiting, ahead = (self.calendar.days_ago(days) for days in (9, 2, -6))
        made = record_activity(**given, record=record(DONE[6], back), key=uuid.uuid4(), at=back)
        send_back(by=village, activity=made, words="那天村里去了 9 人，不是 12 人。", at=back + timedelta(days=1))
        record_activity(**given, record=record(DONE[4], waiting, pictures(5)), key=uuid.uuid4(), at=waiting)
        for row, moment in ((DONE[1], ahead), (DONE[3], self.calendar.days_ago(-20))):
            plan_activity(**given, record=record(row, moment), key=uuid.uuid4(), at=waiting)

    def lay_down(self, pairs: list[Pair]) -> None:
        rows = [self.row(pair, place, number) for place, pair in enumerate(pairs) for number in range(1 + place % 6)]
        rows += [self.ahead(pair, place) for place, pair in enumerate(pairs) if place % 4 == 0]
        begun = self.calendar.first_of_march
        keep_with_author([row for row in rows if row.on >= begun])

    def ahead(self, pair: Pair, place: int) -> Activity:
        """What is planned for the next weeks; now and then one that could not take place."""
        kind, nature, name, words, _persons = DONE[place % len(DONE)]
        missed = place % 12 == 8
        moment = self.calendar.days_ago(2 + place % 9 if missed else -(2 + place % 27))
        return Activity(
            pairing=pair.pairing, unit=pair.unit, side=Side.UNIT, kind=kind, nature=nature, name=name,
            words=words, on=moment.date(), entered_at=self.calendar.days_ago(12), entered_by=pair.secretary(Side.UNIT),
            state=ActivityState.MISSED if missed else ActivityState.PLANNED,
            missed_words="连日大雨，进村公路塌方，改期再去。" if missed else "",
        )  # fmt: skip

    def row(self, pair: Pair, place: int, number: int) -> Activity:
        kind, nature, name, words, persons = DONE[(place + number) % len(DONE)]
        moment = self.calendar.days_ago(5 + place % 20 + number * EVERY_DAYS)
        is_confirmed = number > 0 or place % 3 > 0
        return Activity(
            pairing=pair.pairing, unit=pair.unit, side=Side.UNIT, kind=kind, nature=nature, name=name, words=words,
            on=moment.date(), persons=persons, person_times=persons, entered_at=moment,
            entered_by=pair.secretary(Side.UNIT),
            state=ActivityState.CONFIRMED if is_confirmed else ActivityState.SUBMITTED,
            answered_at=moment + timedelta(days=1) if is_confirmed else None,
            answered_by=pair.secretary(Side.VILLAGE) if is_confirmed else None,
        )  # fmt: skip


def keep_with_author(rows: list[Activity]) -> None:
    """Recorded at once; whoever recorded it took part."""
    roster = roster_of({row.unit_id for row in rows}, {row.entered_by.name for row in rows})
    parts = [taking_part(row.unit_id, [(row.entered_by.name, Participant.Role.MEMBER)], roster) for row in rows]
    for row, people in zip(rows, parts, strict=True):
        row.ranks = ranks_of(people)
    keep(Activity.objects.bulk_create(rows), parts)
