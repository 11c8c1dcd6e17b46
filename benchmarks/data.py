"""A province, or a district, of synthetic organisations with one open round; the same shape at every size.

Lists fill their first page at every size, so that what is compared is not the number of rows that are shown.
"""

from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import connection
from django.utils import timezone
from treebeard.numconv import NumConv

import pairing
from benchmarks import bargaining, governing, offering, promising, raising
from benchmarks.filling import without_triggers
from core.names import grams, search_text
from organisations.kinds import Kind, VillageClass
from organisations.models import Appointment, Need, Organisation, User, VillageFacts
from pairing.actions import open_round, publish_directory, take_scheme
from pairing.models import Agreement, Intention, Milestone, Pairing, Round
from pairing.states import AgreementState, IntentionState, PairingState

SCHEME = Path(pairing.__file__).parent / "schemes" / "shanghai.yaml"
STEP = NumConv(Organisation.alphabet)
SURNAMES = "王李张刘陈杨黄赵吴周"
URBAN_DISTRICTS = 24  # at least: with the county a page of committees
OPEN_DAYS, FORMING_DAYS = 90, 60  # since when the round is open, and over how many days its pairings were formed
PLACES = "东西南北上下前后大小新老长高平石桥塘坳岩沟湾坪林泉"


def build(villages: int, pairings: int) -> User:
    """Fill an empty database; returns the organiser of the whole."""
    root = Organisation(name="基准市", kind=Kind.PREFECTURE, path="0001", depth=1)
    nodes = [root]
    units = max(pairings, 1)
    counties = [_child(nodes, root, f"{_place(i)}县", Kind.COUNTY) for i in range(max(1, villages // 160))]
    townships = [
        _child(nodes, counties[i % len(counties)], f"{_place(i * 7)}镇", Kind.TOWNSHIP)
        for i in range(max(2, villages // 10))
    ]
    for i in range(villages):
        village = _child(nodes, townships[i % len(townships)], f"{_place(i * 3)}{_place(i)}村", Kind.VILLAGE)
        village.division_code = f"{520_000_000_000 + i}"
        village.classes = [VillageClass.WEAK] if i % 3 == 0 else []
    urban = [_child(nodes, root, f"{_place(i)}区", Kind.COUNTY) for i in range(max(URBAN_DISTRICTS, len(counties)))]
    districts = [*urban, *counties]
    for i in range(units):  # every other one in a county, so that many aid villages of their own
        home = counties[i // 2 % len(counties)] if i % 2 else districts[i // 2 % len(districts)]
        _child(nodes, home, f"{_place(i * 5)}局第{i}单位", _unit_kind(i))
    for node in nodes:
        node.search_text = search_text([node.name, node.division_code])
        node.search_grams = grams(node.search_text)
    _insert(nodes)
    _facts()
    organiser = _organiser()
    _round(organiser, pairings)
    analyse()
    return organiser


def sign_all(organiser: User, text: str, first: date) -> Round:
    """All pairings signed on this day, in a round that begins on it, under the scheme of this text."""
    round = Round.objects.get()
    version = take_scheme(by=organiser, text=text, at=timezone.now())
    Round.objects.filter(pk=round.pk).update(scheme_version=version, starts_on=first)
    with without_triggers() as cursor:
        cursor.execute(
            "UPDATE pairing_pairing SET state = 'signed', signed_on = %s, ends_on = %s", [first, round.ends_on]
        )
    return Round.objects.get()


def analyse() -> None:
    """As the database does by itself within a minute of so many new rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")  # or what was built is written while the first pages are measured


def _child(nodes: list, parent: Organisation, name: str, kind: Kind) -> Organisation:
    parent.numchild += 1
    path = parent.path + STEP.int2str(parent.numchild).rjust(Organisation.steplen, "0")
    node = Organisation(name=name, kind=kind, path=path, depth=parent.depth + 1)
    nodes.append(node)
    return node


def _place(i: int) -> str:
    return PLACES[i % len(PLACES)] + PLACES[(i // len(PLACES)) % len(PLACES)]


def _unit_kind(i: int) -> Kind:
    return (Kind.AGENCY, Kind.PUBLIC_INSTITUTION, Kind.ENTERPRISE, Kind.UNIVERSITY)[i % 4]


def _insert(nodes: list) -> None:
    rows = iter(nodes)
    while batch := list(islice(rows, 2_000)):
        Organisation.objects.bulk_create(batch)


def _facts() -> None:
    villages = list(Organisation.objects.villages().values_list("pk", flat=True))
    year = timezone.localdate().year
    VillageFacts.objects.bulk_create(
        [VillageFacts(village_id=pk, year=year, households=200 + pk % 300, population=900) for pk in villages], 2_000
    )
    Need.objects.bulk_create([Need(village_id=pk, name=("道路硬化", "技术培训")[pk % 2]) for pk in villages], 2_000)


def _organiser() -> User:
    user = User.objects.create(username="bench", name="基准")
    root = Organisation.objects.get(depth=1)
    for role in ("organiser", "committee_staff"):  # the latter chooses for units together
        Appointment.objects.create(user=user, role=role, organisation=root)
    return user


def _round(organiser: User, pairings: int) -> None:
    text = SCHEME.read_text(encoding="utf-8")
    version = take_scheme(by=organiser, text=text, at=timezone.now())
    today = timezone.localdate()
    round = Round.objects.create(
        scheme_version=version,
        organiser=Organisation.objects.get(depth=1),
        name="基准轮次",
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year + 3, 7, 31),
    )
    Milestone.objects.create(round=round, key="intention", name="意向确认", on=date(today.year + 1, 4, 30))
    Milestone.objects.create(round=round, key="signing", name="正式签约", on=date(today.year + 1, 7, 1))
    now = timezone.now()
    began = now - timedelta(days=OPEN_DAYS)
    publish_directory(by=organiser, round=round, at=began)
    open_round(by=organiser, round=round, at=began)
    _pairings(round, pairings)
    round = Round.objects.get()
    for part in (promising, bargaining, raising, offering, governing):
        part.fill(round, now)


def _pairings(round: Round, count: int) -> None:
    """Each pairing with the intention it came of and its agreement; and two open proposals for every village."""
    villages = list(Organisation.objects.villages().values_list("pk", flat=True))
    units = list(Organisation.objects.units().values_list("pk", flat=True))
    now: datetime = timezone.now()
    parties = [{"unit_id": units[i % len(units)], "village_id": villages[i % len(villages)]} for i in range(count)]
    formed = [now - timedelta(days=i % FORMING_DAYS) for i in range(count)]
    intentions = [
        Intention(round=round, proposed_side="unit", state=IntentionState.ACCEPTED, answered_at=at, **pair)
        for pair, at in zip(parties, formed, strict=True)
    ]
    Intention.objects.bulk_create(intentions, 2_000)
    pairings = Pairing.objects.bulk_create(
        [
            Pairing(
                round=round,
                intention=intention,
                origin="voluntary",
                state=PairingState.SIGNED if i % 4 else PairingState.NEGOTIATING,
                formed_at=at,
                signed_on=at.date() if i % 4 else None,
                ends_on=round.ends_on if i % 4 else None,
                **pair,
            )
            for i, (pair, intention, at) in enumerate(zip(parties, intentions, formed, strict=True))
        ],
        2_000,
    )
    Agreement.objects.bulk_create([_agreement(round, pairing, now) for pairing in pairings], 2_000)
    open_ones = [{"unit_id": units[i - shift], "village_id": pk} for i, pk in enumerate(villages) for shift in (1, 2)]
    Intention.objects.bulk_create([Intention(round=round, proposed_side="unit", **pair) for pair in open_ones], 2_000)


def _agreement(round: Round, pairing: Pairing, now: datetime) -> Agreement:
    signed = pairing.state == PairingState.SIGNED
    return Agreement(
        pairing=pairing,
        version=6 if signed else 2,
        state=AgreementState.SIGNED if signed else AgreementState.DRAFT,
        signed_at=now if signed else None,
        starts_on=round.starts_on,
        ends_on=round.ends_on,
    )
