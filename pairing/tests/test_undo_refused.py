"""An import on whose rows somebody begins to work at the same moment is not undone; the refusal says so in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from office.models import RosterImport
from office.rosters import undoing
from office.tests.test_roster_pages import desk, done, hand_in, organiser, place, workbook
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.tests import factories as pairs

assert desk, organiser
assert place
ROWS: list[list] = [["乡镇", "村名"], ["东镇", "甲村"], ["东镇", "乙村"]]


@pytest.fixture
def roster(desk) -> RosterImport:
    made = hand_in(desk, workbook(("村", ROWS)))
    desk.post(reverse("apply_roster", args=[made.pk]), {"part": "all"})
    return done(RosterImport.objects.get(pk=made.pk))


def propose_elsewhere(place: Organisation) -> None:
    """In a connection of its own, committed at once."""
    try:
        unit = people.unit(place, "县林业局")
        pairs.intention(pairs.round(place), unit, Organisation.objects.get(name="甲村"))
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_what_is_begun_between_looking_and_undoing_is_listed_and_kept(desk, roster, place, monkeypatch):
    look = undoing.refuse_later_work
    looked: list[tuple] = []

    def look_and_lose_the_race(*given) -> None:
        look(*given)
        if not looked:
            looked.append(given)
            with ThreadPoolExecutor(1) as other:
                other.submit(propose_elsewhere, place).result()

    monkeypatch.setattr(undoing, "refuse_later_work", look_and_lose_the_race)
    page = desk.post(reverse("undo_roster", args=[roster.pk]), follow=True).content.decode()
    assert "县林业局" in page
    assert "不能撤销" in page
    assert Organisation.objects.villages().count() == 2
    assert RosterImport.objects.get().state == "applied"
