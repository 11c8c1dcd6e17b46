"""A small world for tests that cross the apps: two counties that must not see each other, and a standing cast."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from core.roster import Doubt, Verdict
from office.models import Job, Message, RosterImport, RosterRow, RosterSheet, StoredFile, WordTemplate
from office.rosters.states import RosterState
from office.tests.stored import stored
from organisations.kinds import Kind
from organisations.models import (
    Alias,
    Appointment,
    FacilityHelp,
    Organisation,
    Succession,
    SuccessionStep,
    User,
)
from organisations.tests import factories as people
from pairing.models import Agreement, AgreementScan, Intention, Pairing, Round, SelectionBatch
from pairing.states import AgreementState, PairingState
from pairing.tests import factories as pairs
from tests.archived import archived
from tests.called import called
from tests.funded import funded
from tests.inspected import inspected
from tests.ledger import ledger
from tests.outside import outside
from tests.owed import owed
from tests.peopled import peopled
from tests.periodical import periodical
from tests.planned import planned
from tests.praised import praised
from tests.projected import projected
from tests.reported import reported
from tests.reporting import reporting
from tests.surveyed import surveyed
from visits.models import Activity, Diary, DiaryEntry, Evidence, MarkedCopy, Participant, Position

# Stands in the name of everything of the first county: a stranger must never read it.
MARK = "青山"

AT_HOME = {
    "organiser": "county",
    "rural_work_office": "county",
    "committee_staff": "county",
    "township_supervisor": "township",
    "committee_secretary": "township",
    "branch_secretary": "unit",
    "liaison_officer": "unit",
    "cadre": "unit",
    "village_secretary": "village",
    "village_committee": "village",
    "auditor": "county",
    "administrator": "county",
}
STRANGERS = (
    "foreign organiser", "foreign branch_secretary", "foreign village_secretary", "foreign administrator",
    "without a post", "former secretary",
)  # fmt: skip


@dataclass
class World:
    """What the addresses of the walk lead to, and who walks."""

    county: Organisation
    unit: Organisation
    village: Organisation
    alias: Alias
    round: Round
    intention: Intention
    pairing: Pairing
    agreement: Agreement
    scan: AgreementScan
    job: Job
    roster: RosterImport
    message: Message
    word_template: WordTemplate
    person: User
    post: Appointment
    cast: dict[str, User] = field(default_factory=dict)
    planned: dict[str, Any] = field(default_factory=dict)  # by the beginning of their addresses


def build() -> World:
    county = people.county(f"{MARK}县")
    township = people.township(county, f"{MARK}镇")
    village = people.village(township, f"{MARK}村", contact_name=f"{MARK}生", contact_phone="13900001111")
    unit = people.unit(county, f"{MARK}局", contact_name=f"{MARK}明", contact_phone="13900002222")
    people.facts(village)
    people.need(village)
    people.strength(unit)
    cast = standing_cast(county, township, unit, village)
    organiser = cast["organiser"]
    round = pairs.round(county, name=f"{MARK}轮次")
    pairs.directory(round)
    pairing = pairs.pairing(round, unit, village, state=PairingState.NEGOTIATING)
    agreement = pairs.agreement(pairing, state=AgreementState.DRAFT)
    file = stored_file(organiser)
    message = message_to(unit)
    return World(
        county=county,
        unit=unit,
        village=village,
        alias=Alias.objects.create(organisation=village, kind=Alias.Kind.FORMER_NAME, value=f"{MARK}老村"),
        round=round,
        intention=pairs.intention(round, people.unit(county, f"{MARK}二局"), village),
        pairing=pairing,
        agreement=agreement,
        scan=AgreementScan.objects.create(agreement=agreement, file=file, added_by=organiser),
        job=Job.objects.create(kind="walk", title=f"{MARK}任务", started_by=organiser, organisation=county),
        roster=roster(county, file, organiser),
        message=message,
        word_template=WordTemplate.objects.create(
            place=county, kind="agreement", version=1, file=file, replaced_by=organiser
        ),
        person=cast["branch_secretary"],
        post=cast["branch_secretary"].appointments.get(),
        cast=cast,
        planned=planned(pairing, file, organiser, MARK)
        | ledger(pairing, cast["branch_secretary"], cast["village_secretary"], MARK)
        | matched(pairing)
        | around(county, unit, village)
        | peopled(pairing, cast, MARK)
        | visited(pairing, cast, file)
        | written(round, cast, village)
        | outside(county, organiser, cast["branch_secretary"], message, MARK)
        | {"batches": SelectionBatch.objects.create(round=round, committee=county, area=township)},
    )


def message_to(unit: Organisation) -> Message:
    fields = {"kind": "walk", "key": "walk:1", "subject": f"{MARK}消息", "url": "/"}
    return Message.objects.create(organisation=unit, permission="unit.act", **fields)


def around(county: Organisation, unit: Organisation, village: Organisation) -> dict[str, Any]:
    """What stands around organisations, by the beginning of the addresses."""
    team = people.organisation(f"{MARK}工作队", kind=Kind.WORK_TEAM, parent=county)
    facility = people.facility(village, f"{MARK}活动室")
    renamed = Succession.objects.create(kind=Succession.Kind.RENAME, on=people.LONG_AGO, reason=f"{MARK}更名")
    SuccessionStep.objects.create(succession=renamed, predecessor=village, successor=village, old_name=f"{MARK}旧村")
    return {
        "links": people.link(team, village),
        "mandates": people.mandate(county, county, "lead"),
        "successions": renamed,
        "facilities": facility,
        "help": FacilityHelp.objects.create(facility=facility, helper=unit, what=f"{MARK}桌椅", on=people.LONG_AGO),
    }


def matched(pairing: Pairing) -> dict[str, Any]:
    """A proposed pair and its run, by the beginning of their addresses."""
    proposal = pairs.match_proposal(pairing.round, pairing.unit, pairing.village)
    return {"matching/proposals": proposal, "matching": proposal.run}


def visited(pairing: Pairing, cast: dict[str, User], file: StoredFile) -> dict[str, Any]:
    """A visit that waits for the village, with a photo; and what was done at the doors."""
    author = cast["branch_secretary"]
    activity = Activity.objects.create(
        pairing=pairing, unit=pairing.unit, side="unit", nature="visit", name=f"{MARK}走访", on=people.LONG_AGO,
        words=f"{MARK}果园", state="submitted", entered_at=timezone.now(), entered_by=author,
    )  # fmt: skip
    Participant.objects.create(activity=activity, name=author.name)
    photo = Evidence.objects.create(
        activity=activity, kind="photo", file=file, added_at=timezone.now(), added_by=author
    )
    MarkedCopy.objects.create(evidence=photo, file=file)
    Position.objects.create(activity=activity, latitude="27.010000", longitude="106.020000", accuracy=30)
    others = called(pairing, cast, MARK) | owed(pairing) | funded(pairing, cast, file, MARK)
    others |= reported(pairing, cast, MARK) | reporting(cast, pairing.village, MARK)
    others |= periodical(pairing, cast, MARK)
    others |= surveyed(pairing, cast["organiser"])
    others |= praised(pairing, cast, MARK)
    others |= inspected(pairing, cast, MARK)
    others |= archived(pairing, cast["organiser"], stored_file(cast["organiser"]), MARK)
    return {"activities": activity, "evidence": photo} | others | projected(pairing, cast, file, MARK)


def written(round: Round, cast: dict[str, User], village: Organisation) -> dict[str, Any]:
    """An entry in the diary of the cadre."""
    author = cast["cadre"]
    diary = Diary.objects.create(
        member=author.member, round=round, edition="agency", begun_at=timezone.now(), begun_by=author
    )
    entry = DiaryEntry.objects.create(
        diary=diary, on=people.LONG_AGO, village=village, did=f"{MARK}看果园", solved=f"{MARK}苗", reflection=f"{MARK}多去",
        written_at=timezone.now(), written_by=author,
    )  # fmt: skip
    return {"diary/entries": entry, "diary": diary}


def roster(place: Organisation, file: StoredFile, by: User) -> RosterImport:
    """A workbook that waits for decisions: one sheet, one row, the number of households in doubt."""
    made = RosterImport.objects.create(
        file=file, name=f"{MARK}名册.xlsx", place=place, year=2026, state=RosterState.READY, started_by=by
    )
    sheet = RosterSheet.objects.create(
        roster=made, position=1, name=f"{MARK}村名册", described="villages", headings=["村名", "户数"], header_rows=[1],
        mapping={"0": "name", "1": "households"}, counts={Verdict.DOUBTFUL: 1},
    )  # fmt: skip
    doubt = Doubt("households", "approximate", "Not an exact number.", "Type the number.", suggestions=("300",))
    RosterRow.objects.create(
        sheet=sheet, number=2, cells=[f"{MARK}西村", "约三百"], verdict=Verdict.DOUBTFUL, doubts=[asdict(doubt)]
    )
    return made


def stored_file(by: User) -> StoredFile:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return stored(f"{MARK}.png", picture.getvalue(), by=by, kind="scan")


def standing_cast(county, township, unit, village) -> dict[str, User]:
    """One of each role at home (AT_HOME), and strangers (STRANGERS): from another county, of no post, of a past one."""
    places = {"county": county, "township": township, "unit": unit, "village": village}
    cast = {role: people.user(role, places[at], username=role, name=f"{MARK}{role}") for role, at in AT_HOME.items()}
    away = people.county("白水县")
    abroad = {
        "organiser": away,
        "branch_secretary": people.unit(away, "白水局"),
        "village_secretary": people.village(people.township(away, "白水镇"), "白水村"),
        "administrator": away,
    }
    cast |= {f"foreign {role}": people.user(role, place, username=f"foreign-{role}") for role, place in abroad.items()}
    cast["without a post"] = people.user(username="without-a-post")
    yesterday = timezone.localdate() - timedelta(days=1)
    cast["former secretary"] = people.user("branch_secretary", unit, username="former", until=yesterday)
    return cast
