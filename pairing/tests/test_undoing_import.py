"""An import that pairings rest on is not undone: it says what rests on it, and everything stays."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from office.models import RosterImport
from office.rosters.undoing import LaterWork, undo
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import market
from pairing.models import Intention
from pairing.states import Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, IN_TIME
from pairing.tests.test_roster_command import TIDY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("far", ["proposed", "answered"])
def test_an_import_is_not_undone_once_an_intention_rests_on_its_rows(settings, tmp_path, far):
    settings.MEDIA_ROOT = tmp_path / "files"
    call_command("load_schemes", stdout=StringIO())
    call_command("import_roster", str(TIDY), "--commit", stdout=StringIO())
    root = Organisation.objects.get(depth=1, kind=Kind.COUNTY)
    unit = Organisation.objects.units().first()
    village = Organisation.objects.villages().first()
    round = factories.round(root, name="新一轮")
    factories.directory(round)
    outsider = people.user("branch_secretary", root)
    people.appointment(outsider, "village_secretary", root)
    intention = market.propose(by=outsider, round=round, unit=unit, village=village, side=Side.UNIT, at=IN_TIME)
    if far == "answered":
        market.accept(by=outsider, intention=intention, at=AFTER_JULY)
    organisations = Organisation.objects.count()
    with pytest.raises(LaterWork) as refusal:
        undo(RosterImport.objects.get(), at=timezone.now())
    assert any(unit.name in finding and village.name in finding for finding in refusal.value.findings)
    assert (Organisation.objects.count(), Intention.objects.count()) == (organisations, 1)
    assert RosterImport.objects.get().state == "applied"
