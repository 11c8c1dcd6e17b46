"""A pairing of Qianxi with a year behind it: what the tests of archive packages play with."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from duties.models import Duty
from funds.models import DisclosurePicture
from funds.tests import disclosing, playing
from funds.tests.playing import NOW, Place, entered, voucher
from office import running
from organisations.models import User
from pairing.models import AgreementScan, Plan, PlanItem, ResponsibilityLetter, Signature, Target, TargetYear
from pairing.plans.letters import content_of
from pairing.tests import factories as pairings
from reports.models import (
    ArchivePackage,
    Assessed,
    Assessment,
    Notice,
    NoticeReceipt,
    PeriodicReport,
    ReportWords,
    ScoreLine,
)
from visits.models import Activity, Evidence, MarkedCopy, Participant

DAY = date(2026, 6, 3)
INDEX = "目录.csv"


def place(visits: int = 1) -> Place:
    """One of each kind; so many visits."""
    found = playing.place()
    agreed(found)
    planned(found)
    for number in range(visits):
        visited(found, number)
    entered(found, "receipt", at=NOW, on=DAY)
    entered(found, "spending", "3000.00", at=NOW, on=DAY, words="苗木三百株")
    published = disclosing.published(found)
    DisclosurePicture.objects.create(
        disclosure=published, kind="board", file=voucher(None, "green"), added_at=NOW, added_by=found.village_secretary
    )
    reported(found)
    received(found)
    assessed(found)
    return found


def agreed(found: Place) -> None:
    fields = {"unit_name": found.unit.name, "village_name": found.village.name}
    agreement = pairings.agreement(found.pairing, state="draft", **fields)
    type(agreement).objects.filter(pk=agreement.pk).update(state="signed", signed_at=NOW)
    for side, by in (("unit", found.secretary), ("village", found.village_secretary)):
        Signature.objects.create(
            agreement=agreement, side=side, signed_by=by, name=by.name, signed_at=NOW, content_hash="0" * 64
        )
    AgreementScan.objects.create(agreement=agreement, file=voucher(None, "blue"), added_at=NOW)


def planned(found: Place) -> None:
    confirmed = {
        "unit_confirmed_at": NOW, "unit_confirmed_by": found.secretary, "village_confirmed_at": NOW,
        "village_confirmed_by": found.village_secretary,
    }  # fmt: skip
    plan = Plan.objects.create(
        pairing=found.pairing, kind="yearly_plan", year=2026, written_side="unit", body="帮助建设经果林。",
        file=voucher(None, "red"),
    )  # fmt: skip
    PlanItem.objects.create(plan=plan, heading="苗木到村", on=DAY)
    Plan.objects.filter(pk=plan.pk).update(state="confirmed", **confirmed)
    target = Target.objects.create(pairing=found.pairing, name="村集体经济收入", unit_of_measure="万元")
    TargetYear.objects.create(target=target, year=2026, planned=12)
    letter = ResponsibilityLetter.objects.create(
        pairing=found.pairing, year=2026, content=content_of(found.pairing, 2026)
    )
    letter.state, letter.signed_at = "signed", NOW
    letter.save()


def visited(found: Place, number: int = 0) -> Activity:
    made = Activity.objects.create(
        pairing=found.pairing, unit=found.unit, side="unit", nature="visit", name="走访", on=date(2026, 6, 3 + number),
        words="看了果园", state="submitted", entered_at=NOW, entered_by=found.secretary,
    )  # fmt: skip
    Participant.objects.create(activity=made, name="王志远")
    photo = Evidence.objects.create(
        activity=made, kind="photo", file=voucher(None, "black"), added_at=NOW, added_by=found.secretary
    )
    MarkedCopy.objects.create(evidence=photo, file=voucher(None, "yellow"))
    return made


def reported(found: Place) -> None:
    round = found.pairing.round
    common: dict[str, Any] = {
        "round": round, "obligation": "unit_report", "period": "2026Q2", "starts_on": date(2026, 4, 1),
        "due_on": date(2026, 7, 15), "organisation": found.unit,
    }  # fmt: skip
    duty = Duty.objects.create(
        scheme_version=round.scheme_version, unit=found.unit, least=1, planned_on=date(2026, 4, 1), **common
    )
    report = PeriodicReport.objects.create(
        duty=duty, line="superior_committee", desk=found.county, drafted_at=NOW, ends_on=date(2026, 6, 30), **common
    )
    ReportWords.objects.create(report=report, section="practice", words="党课上了两次")
    PeriodicReport.objects.filter(pk=report.pk).update(
        state="submitted", submitted_at=NOW, submitted_by=found.secretary
    )


def received(found: Place) -> None:
    """A circular to the village alone."""
    notice = Notice.objects.create(
        kind="arrangement", organisation=found.county, round=found.pairing.round, year=2026, title="年终部署",
        body="一、要求", to=["village"], written_at=NOW, written_by=found.organiser,
    )  # fmt: skip
    Notice.objects.filter(pk=notice.pk).update(state="issued", issued_at=NOW, issued_by=found.organiser)
    NoticeReceipt.objects.create(notice=notice, organisation=found.village)


def assessed(found: Place) -> None:
    round = found.pairing.round
    assessment = Assessment.objects.create(
        round=round, period="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), state="shown", made_at=NOW,
        content=round.rules.assessment.model_dump(mode="json", by_alias=True), made_by=found.organiser,
    )  # fmt: skip
    sheet = Assessed.objects.create(assessment=assessment, side="unit", organisation=found.unit, points=8, full=10)
    ScoreLine.objects.create(
        assessed=sheet, item=round.rules.assessment.items[0].key, full=10, applies=True, computed=8, points=8
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(user: User, found: Place, year: int = 2026) -> ArchivePackage:
    """As on the page of the pairing; the work is done at once."""
    answer = client_of(user).post(reverse("pairing_archive", args=[found.pairing.pk]), {"year": year})
    assert answer.status_code == 302, answer.content.decode()
    return done(ArchivePackage.objects.latest("pk"))


def done(package: ArchivePackage) -> ArchivePackage:
    job: Any = package.job
    running.perform(job.pk)
    package.refresh_from_db()
    job.refresh_from_db()
    assert job.state == "done", job.error
    return package


def fetched(user: User, package: ArchivePackage) -> zipfile.ZipFile:
    answer: Any = client_of(user).get(reverse("archive_file", args=[package.pk]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def lines(book: zipfile.ZipFile, name: str = INDEX) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(book.read(name).decode("utf-8-sig"))))
