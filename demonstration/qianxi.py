"""Qianxi: a round under its own scheme since the last March; nearly all signed, some wait for one side."""

from demonstration import course, diary, doors, people, reporting, workbooks
from demonstration.abilities import Abilities
from demonstration.activities import Together
from demonstration.assessing import assess
from demonstration.away import Away
from demonstration.calendar import Calendar, at
from demonstration.fulfilling import fulfil
from demonstration.helping import Helping
from demonstration.money import Money
from demonstration.neighbours import Neighbours
from demonstration.opening import opened_round
from demonstration.play import Pair
from demonstration.projects import Projects
from demonstration.promises import FAR, Promising
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.states import Side

# Every so many pairs one is not signed yet, in turn at these steps.
EVERY = 11
MEMBERS = ("机关党员", "农村党员", "党员结对")
WAITING = (
    "accepted",
    "confirmed by unit",
    "signed by unit",
    "confirmed",
    "drafted",
    "signed by unit",
    "confirmed by unit",
)


def load(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    secretaries = people.appoint_contacts(root, since=calendar.first_of_march)
    name, start = "黔西县「1+1」结对帮扶", calendar.first_of_march
    round = opened_round(root, organiser, start, scheme="qianxi", name=name)
    pairs: list[Pair] = []
    rows = list(workbooks.pairs(workbooks.QIANXI, "单位结对", unit=1, village=3, signed=4))
    parties = {organisation.name: organisation for organisation in Organisation.objects.under(root)}
    for number, (unit, village, signed) in enumerate(rows, 1):
        pair = Pair(round, parties[unit], parties[village], secretaries)
        if number % EVERY:
            pair.play("signed", at(calendar.shifted(signed), 9, number % 60))
            pairs.append(pair)
        else:
            waiting = number // EVERY - 1
            pair.play(WAITING[waiting], calendar.days_ago(2 + waiting, 15))
            people.offer(by=None, user=secretaries[pair.unit.pk]) if waiting == 0 else None
            people.offer(by=None, user=secretaries[pair.village.pk]) if waiting == 2 else None
    people.offer(by=None, user=secretaries[parties["黔西县林业局"].pk])
    _promise(calendar, organiser, pairs)
    people.offer(by=None, user=pairs[2].secretary(Side.VILLAGE))  # whose village has money and is late in publishing
    course.amend(pairs[0], calendar)
    year = calendar.first_of_march.year
    workbooks.import_sheets(workbooks.QIANXI, MEMBERS, people.QIANXI, year, by=organiser.username)
    Together(pairs, calendar).load()
    Projects(pairs, root, organiser, calendar).load()
    Money(pairs, organiser, calendar).load()
    Abilities(pairs, root, calendar).load()
    Helping(round, root, organiser, pairs, calendar).load()
    Away(root, secretaries, calendar).load()
    cadre = User.objects.get(username=people.CADRE)
    Neighbours(pairs[0], cadre, calendar).load()
    diary.load(pairs[0], cadre, calendar)
    doors.load(pairs[0], root, organiser, cadre, calendar)
    reporting.load(root, organiser, reporting.QIANXI, calendar.days_ago(3, 15))
    fulfil(pairs[1:], calendar.days_ago(0, 8, 10))
    assess(round, pairs, organiser, calendar)
    return round


def _promise(calendar: Calendar, organiser: User, pairs: list[Pair]) -> None:
    """What followed the signing; the unit of the account offered first has everything."""
    pairs.sort(key=lambda pair: pair.unit.name != "黔西县林业局")
    for number, pair in enumerate(pairs):
        Promising(pair, organiser, calendar).play(FAR[number % len(FAR)])
