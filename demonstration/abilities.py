"""What the people of the rosters are and do beside their office: marks, secondments, liaison officers, trainings.

Laid down at once for the signed pairs; the pair of the accounts offered first plays its own.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, F, QuerySet, Value, When

from demonstration.calendar import Calendar
from demonstration.play import Pair
from members.actions.postings import record_advancement
from members.kinds import Mark, Rank
from members.models import Advancement, Liaison, Member, Registration, Secondment, Training
from members.states import FLOATING
from organisations.kinds import Kind
from organisations.models import Organisation
from pairing.states import Side

AGENCY = (  # of every so many with a rank
    (4, (Mark.IN_SERVICE, Mark.ABLE_TO_HELP)),
    (9, (Mark.IN_SERVICE, Mark.YOUNG_CADRE, Mark.RESERVE_CADRE)),
    (25, (Mark.IN_SERVICE, Mark.PARTY_DELEGATE)),
    (1, (Mark.IN_SERVICE,)),
)
RURAL = (
    (9, (Mark.ELDERLY, Mark.VETERAN_MEMBER)),
    (14, (Mark.VILLAGE_CADRE,)),
    (23, (Mark.PROSPERITY_LEADER,)),
    (31, (Mark.PRACTICAL_TALENT,)),
    (37, (Mark.VETERAN_CADRE, Mark.FIVE_ELDERS)),
    (53, (Mark.PEOPLES_DEPUTY,)),
)
SENT = (  # kind, direction, post, months
    (Secondment.Kind.YOUNG_CADRE, Secondment.Direction.DOWN, "村党支部第一书记", 12),
    (Secondment.Kind.MANAGER, Secondment.Direction.DOWN, "村级合作社经营顾问", 6),
    (Secondment.Kind.GRADUATE, Secondment.Direction.DOWN, "村委会主任助理", 24),
    (Secondment.Kind.RETIRED, Secondment.Direction.DOWN, "村党建指导员", 12),
)
UP = (Secondment.Kind.YOUNG_CADRE, Secondment.Direction.UP, "办公室跟班学习", 3)
COURSES = (  # title, kind, sessions, persons, technicians
    ("核桃嫁接与管护", Training.Kind.PRACTICAL, 3, 34, 6),
    ("远程教育站点骨干操作员培训", Training.Kind.DISTANCE, 2, 12, 0),
    ("村干部财务公开培训", Training.Kind.VILLAGE_CADRE, 1, 9, 0),
    ("农村党员冬训", Training.Kind.MEMBER, 2, 46, 0),
    ("蔬菜大棚种植", Training.Kind.FARMER, 4, 28, 5),
    ("建筑工种上岗培训", Training.Kind.LABOUR, 5, 22, 9),
)
EVERY_SENT, EVERY_TAUGHT, EVERY_UP = 4, 3, 9
MONTH = 30


@dataclass
class Abilities:
    pairs: list[Pair]
    root: Organisation
    calendar: Calendar
    begun: date = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.calendar.first_of_march + timedelta(days=MONTH)

    def load(self) -> None:
        self.mark()
        units, villages = self.first_of(Side.UNIT), self.first_of(Side.VILLAGE)
        self.send(units, villages)
        self.keep_in_touch(units)
        self.train()
        self.lead(villages)
        self.live_elsewhere(villages)

    def mark(self) -> None:
        """From the rosters of the county's own offices; those in need and those away keep what the workbook says."""
        people = Member.objects.present().filter(organisation__path__startswith=self.root.path, marks=[])
        set_marks(people.exclude(rank=""), AGENCY)
        rural = people.filter(rank="", organisation__kind=Kind.VILLAGE)
        set_marks(rural.exclude(floating_records__state__in=FLOATING), RURAL)

    def first_of(self, side: Side) -> dict[int, Member]:
        """One of each organisation who may go or speak for it: no head of an office, nobody away."""
        places = [(pair.unit if side == Side.UNIT else pair.village).pk for pair in self.pairs]
        members = Member.objects.present().filter(
            organisation__in=places, rank__in=("", Rank.GENERAL, Rank.SUB_SECTION)
        )
        members = members.exclude(floating_records__state__in=FLOATING).exclude(
            marks__overlap=[Mark.NEEDY, Mark.ELDERLY]
        )
        found = members.order_by("organisation_id", "pk").distinct("organisation_id")
        return {member.organisation_id: member for member in found}

    def send(self, units: dict[int, Member], villages: dict[int, Member]) -> None:
        """Down to the village for a time, some of it over; now and then a village sends somebody up."""
        down = [pair for pair in self.pairs[2::EVERY_SENT] if pair.unit.pk in units]
        up = [pair for pair in self.pairs[3::EVERY_UP] if pair.village.pk in villages]
        rows = [
            self.sent(units[pair.unit.pk], pair.village, SENT[number % len(SENT)], number)
            for number, pair in enumerate(down)
        ]
        rows += [self.sent(villages[pair.village.pk], pair.unit, UP, number) for number, pair in enumerate(up)]
        Secondment.objects.bulk_create(rows)

    def sent(self, member: Member, host: Organisation, row: tuple, number: int) -> Secondment:
        kind, direction, post, months = row
        since = self.begun + timedelta(days=3 * number)
        until = since + timedelta(days=MONTH * months - 1)
        return Secondment(
            member=member, sender_id=member.organisation_id, host=host, kind=kind, direction=direction, post=post,
            since=since, until=until, recorded_by=self.secretary(member),
        )  # fmt: skip

    def secretary(self, member: Member):
        return self.pairs[0].secretaries[member.organisation_id]

    def keep_in_touch(self, units: dict[int, Member]) -> None:
        """The liaison officer of nearly every unit."""
        named = [pair for pair in self.pairs if pair.unit.pk in units][1:]
        Liaison.objects.bulk_create(
            Liaison(pairing=pair.pairing, member=units[pair.unit.pk], since=self.begun) for pair in named
        )

    def train(self) -> None:
        taught = enumerate(self.pairs[1::EVERY_TAUGHT])
        Training.objects.bulk_create(self.training(pair, number) for number, pair in taught)

    def training(self, pair: Pair, number: int) -> Training:
        title, kind, sessions, persons, technicians = COURSES[number % len(COURSES)]
        held, persons = self.calendar.days_ago(6 + 5 * number % 150), persons + number % 7
        return Training(
            organiser=pair.unit, village=pair.village, pairing=pair.pairing, title=title, kind=kind,
            starts_on=held.date() - timedelta(days=sessions), ends_on=held.date(), sessions=sessions,
            persons=persons, person_times=persons * sessions - number % 5 * (sessions > 1), technicians=technicians,
            recorded_at=held, recorded_by=pair.secretary(Side.UNIT),
        )  # fmt: skip

    def lead(self, villages: dict[int, Member]) -> None:
        """双培双带: a few were recorded since the round began."""
        for number, pair in enumerate(self.pairs[5::15]):
            moment, ways = self.calendar.days_ago(20 + 9 * number), Advancement.Way
            if member := villages.get(pair.village.pk):
                way = ways.LEADER_TO_MEMBER if number % 2 else ways.MEMBER_TO_LEADER
                record_advancement(by=pair.secretary(Side.VILLAGE), member=member, way=way, on=moment.date(), at=moment)

    def live_elsewhere(self, villages: dict[int, Member]) -> None:
        """Some members of units take part in a village where they live."""
        living = zip(self.pairs[::6], self.pairs[1::6], strict=False)
        units = self.first_of(Side.UNIT)
        Registration.objects.bulk_create(
            Registration(member=units[one.unit.pk], organisation=other.village, kind="residence", since=self.begun)
            for one, other in living
            if one.unit.pk in units
        )


def set_marks(members: QuerySet[Member], marks: tuple) -> None:
    """One statement: the first row whose number divides the key."""
    whole = members.filter(pk__in=list(members.values_list("pk", flat=True)))
    for number, _marks in marks:
        whole = whole.annotate(**{f"rest{number}": F("pk") % number})
    cases = [When(**{f"rest{number}": 0}, then=Value(list(found))) for number, found in marks]
    whole.update(marks=Case(*cases, default=F("marks")))
