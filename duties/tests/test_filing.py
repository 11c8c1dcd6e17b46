"""What is met by handing something in: once, owed again where it comes back, and by whom."""

from datetime import timedelta

import pytest

from core.refusals import Refused
from duties import filing
from duties.counting.count import count_all
from duties.models import Duty, Filing
from duties.planning import plan
from duties.querysets import FULFIL
from duties.reminding import send_reminders
from duties.states import DutyState
from duties.tests.fulfilled import World, under
from duties.tests.test_obligations import ON
from office.models import Message
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import DirectoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    found = under("town", ON)
    plan(ON)
    return found


def report_of(world: World, key: str = "unit_report") -> Duty:
    return Duty.objects.get(obligation=key, period="2026Q3", organisation=world.subjects["unit"])


def test_it_is_handed_in_once_and_owed_again_when_it_comes_back(world):
    duty, by = report_of(world), world.place.secretary
    filing.file(by=by, duty=duty, address="/reports/1/", at=world.at)
    duty.refresh_from_db()
    assert duty.is_met
    with pytest.raises(Refused, match="已经报出"):
        filing.file(by=by, duty=duty, address="/reports/2/", at=world.at)
    assert Filing.objects.count() == 1
    filing.withdraw(by=by, duty=duty, at=world.at)
    count_all(world.at)
    duty.refresh_from_db()
    assert not duty.is_met
    filing.file(by=by, duty=duty, address="/reports/1/", at=world.at)
    count_all(world.at)
    duty.refresh_from_db()
    assert duty.is_met


def test_what_is_no_longer_owed_is_not_taken(world):
    duty = report_of(world)
    Duty.objects.filter(pk=duty.pk).update(state=DutyState.LAPSED)
    with pytest.raises(Refused, match="不再"):
        filing.file(by=world.place.secretary, duty=duty, address="/", at=world.at)
    assert not Filing.objects.exists()


def test_a_committee_owes_by_its_own_posts_and_reports_to_nobody_where_it_organises(world):
    township = world.subjects["committee"]
    staff = people.user("township_supervisor", township)
    owed = Duty.objects.owed_by(staff)
    assert set(owed.values_list("obligation", flat=True)) == {"circular", "committee_report"}
    assert not Duty.objects.owed_by(world.place.village_secretary).filter(committee=township).exists()
    of_organiser = Duty.objects.filter(committee=world.subjects["organiser"])
    assert set(of_organiser.values_list("obligation", flat=True)) == {"circular"}


def test_each_committee_owes_once_however_many_villages_it_has(world):
    township = world.subjects["committee"]
    lines = DirectoryEntry.objects.filter(directory=world.place.pairing.round.newest_directory, kind="village")
    below = [line for line in lines if line.organisation.path.startswith(township.path)]
    assert len(below) > 1
    assert Duty.objects.filter(committee=township, obligation="circular", period="2026H2").count() == 1
    assert Organisation.objects.get_parent(world.place.village) == township


def test_the_posts_of_the_committee_are_reminded(world):
    people.user("township_supervisor", world.subjects["committee"])
    due = Duty.objects.get(committee=world.subjects["committee"], obligation="circular", period="2026H2")
    send_reminders(world.at + timedelta(days=(due.due_on - ON).days - 7))
    told = Message.objects.get(organisation=world.subjects["committee"], permission=FULFIL["committee"])
    assert told.params["count"] >= 1
