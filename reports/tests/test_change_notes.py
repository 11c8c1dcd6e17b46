"""Three notes of a village and year: production, habits, thinking (QX-26)."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations.tests import factories as people
from reports.actions import change_notes as acts
from reports.models import ChangeNotes
from reports.tests.inspecting import AT, Place, place

pytestmark = pytest.mark.django_db

NOTES = {"production": "改种辣椒，统一育苗。", "habits": "户户有了垃圾桶。", "thinking": "主动要求参加培训。"}


def written(here: Place, village: int = 0, **changes: Any) -> ChangeNotes:
    fields: dict[str, Any] = {"year": 2026, "notes": NOTES} | changes
    secretary = people.user("village_secretary", here.villages[village])
    return acts.write_change_notes(by=secretary, village=here.villages[village], round=here.round, at=AT, **fields)


@pytest.mark.clause("QX-26")
def test_a_village_writes_a_note_on_each_of_three_changes_that_its_unit_and_those_above_read(client):
    here = place("qianxi")
    village = here.villages[0]
    client.force_login(people.user("village_secretary", village))
    year = timezone.localdate().year
    typed = NOTES | {"village": village.pk, "round": here.round.pk, "year": year}
    missing = client.post(reverse("write_change_notes"), typed | {"thinking": ""})
    assert list(missing.context["form"].errors) == ["thinking"]
    assert NOTES["habits"] in missing.content.decode()
    numbered = client.post(reverse("write_change_notes"), typed | {"habits": "问13900001111"})
    assert list(numbered.context["form"].errors) == ["habits"]
    assert not ChangeNotes.objects.exists()
    client.post(reverse("write_change_notes"), typed)
    notes = ChangeNotes.objects.get()
    assert (notes.village, notes.year, notes.production) == (village, year, NOTES["production"])
    for reader in (here.secretaries[0], here.organiser):
        client.force_login(reader)
        page = client.get(notes.get_absolute_url()).content.decode()
        assert all(words in page for words in NOTES.values())


def test_the_same_year_is_written_over_and_another_year_stands_beside_it():
    here = place("qianxi")
    written(here)
    again = written(here, notes=NOTES | {"habits": "厕所改好了。"})
    assert ChangeNotes.objects.get() == again
    assert again.habits == "厕所改好了。"
    with pytest.raises(Refused):
        written(here, year=2025)  # before the round
    with pytest.raises(Refused):
        written(here, notes=NOTES | {"habits": " "})
    assert ChangeNotes.objects.count() == 1


def test_other_villages_and_units_neither_read_nor_write_them(client):
    here = place("qianxi")
    notes = written(here)
    for user in (people.user("village_secretary", here.villages[5]), here.secretaries[1]):
        client.force_login(user)
        assert client.get(notes.get_absolute_url()).status_code == 404
        with pytest.raises(Refused):
            acts.write_change_notes(by=user, village=here.villages[0], round=here.round, year=2026, notes=NOTES, at=AT)
    client.force_login(here.secretaries[0])
    assert client.post(reverse("write_change_notes"), NOTES).status_code == 404
    assert ChangeNotes.objects.count() == 1


def test_the_list_asks_as_much_for_one_row_as_for_three(client, django_assert_max_num_queries):
    here = place("qianxi")
    client.force_login(here.organiser)
    for village in (0, 1, 2):
        written(here, village)
        if village != 1:
            with django_assert_max_num_queries(16):
                assert client.get(reverse("change_notes")).context["found"] == village + 1
