"""A county of households in need, of work teams and their cadres, under two schemes: the same shape at every size.

Nobody has a helper yet, but for one plus two: every tenth cadre helps a needy member and a needy villager.
"""

from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

import pairing
from benchmarks import import_households
from core.copying import insert_rows
from members.kinds import Mark, PairKind
from members.models import HardshipPlan, Household, Member, Person, PersonPair
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User
from pairing.actions import take_scheme
from pairing.models import Round
from pairing.states import RoundState

SCHEMES = {"4321": "qianxi", "1+2": "town"}  # quotas by rank and the chain; the composition of helpers and their plans
EVERY = 10


def build(households: int, teams: int) -> User:
    """Fill an empty database; returns the organiser of the county."""
    prepared = import_households.prepare(households, teams)
    with transaction.atomic():
        for model, ready in prepared:
            if model is not PersonPair:
                insert_rows(model, [row | {"is_needy": True} for row in ready] if model is Household else ready)
    county = Organisation.objects.get(depth=1)
    organiser = person("bench", "organiser", county)
    for name in SCHEMES:
        open_round(organiser, name)
    one_plus_two()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return organiser


def person(username: str, role: str, organisation: Organisation) -> User:
    user = User.objects.create(username=username, name="基准")
    Appointment.objects.create(user=user, role=role, organisation=organisation)
    return user


def team_secretary() -> User:
    """Of one team: no area, but the households that its cadres help."""
    team = Organisation.objects.filter(kind=Kind.WORK_TEAM).order_by("pk")[0]
    return person("bench-team", "branch_secretary", team)


def open_round(by: User, name: str) -> Round:
    text = (Path(pairing.__file__).parent / "schemes" / f"{SCHEMES[name]}.yaml").read_text(encoding="utf-8")
    now = timezone.now()
    return Round.objects.create(
        scheme_version=take_scheme(by=by, text=text, at=now),
        organiser=Organisation.objects.get(depth=1),
        name=name,
        starts_on=date(now.year, 1, 1),
        ends_on=date(now.year + 3, 12, 31),
        state=RoundState.OPEN,
        opened_at=now,
        opened_by=by,
    )


def one_plus_two() -> None:
    """Half of those helped have a plan."""
    villages = list(Organisation.objects.villages().order_by("pk").values_list("pk", flat=True))
    helpers = list(Member.objects.order_by("pk")[::EVERY])
    places = [villages[i % len(villages)] for i in range(len(helpers))]
    members = [Member(organisation_id=pk, name="困难党员", marks=[Mark.NEEDY]) for pk in places]
    persons = [Person(village_id=pk, name="困难群众") for pk in places]
    Member.objects.bulk_create(members, 2_000)
    Person.objects.bulk_create(persons, 2_000)
    pairs = [
        PersonPair(
            kind=PairKind.MEMBER_PERSON, unit_id=helper.organisation_id, village_id=village, helper_member=helper
        )
        for helper, village in zip(helpers, places, strict=True)
        for _target in range(2)
    ]
    for number, (member, single) in enumerate(zip(members, persons, strict=True)):
        pairs[2 * number].target_member, pairs[2 * number + 1].target_person = member, single
    PersonPair.objects.bulk_create(pairs, 2_000)
    told = {"number": 1, "content": "现状与目标", "measures": "措施", "leaves_on": date.today() + timedelta(days=365)}
    HardshipPlan.objects.bulk_create([HardshipPlan(pair=pair, **told) for pair in pairs[::2]], 2_000)
