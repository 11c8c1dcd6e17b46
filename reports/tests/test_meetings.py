"""On-site meetings: announced to those asked to come, recorded with minutes, read below (AH-25)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from reports.actions import meetings as acts
from reports.models import Inspection, OnsiteMeeting
from reports.praise.states import MeetingState
from reports.tests.inspecting import AT, Place, place, planned

pytestmark = pytest.mark.django_db

HELD: dict[str, Any] = {
    "attended": "各乡镇党委、各帮扶单位",
    "came": 46,
    "minutes": "看了大棚，三个村发言。",
    "decided": "年底前各村学一项。",
}


def plan(here: Place, **changes) -> acts.Plan:
    fields: dict[str, Any] = {
        "title": "联农带户现场会", "on": date(2026, 9, 20), "venue": here.villages[1], "about": "大棚和合作社分红",
        "to": ["unit", "committee"],
    }  # fmt: skip
    return acts.Plan(**(fields | changes))


def announced(here: Place, **changes) -> OnsiteMeeting:
    return acts.announce_meeting(
        by=here.organiser, organisation=here.root, round=here.round, plan=plan(here, **changes), at=AT
    )


def recorded(here: Place, meeting: OnsiteMeeting, **changes) -> OnsiteMeeting:
    on = {"on": AT.date() - timedelta(days=1)}
    return acts.record_meeting(by=here.organiser, meeting=meeting, at=AT, **(HELD | on | changes))


@pytest.mark.clause("AH-25")
def test_a_meeting_is_announced_held_and_recorded_beside_inspections(client):
    here = place("anhui")
    planned(here)
    meeting = announced(here)
    told = set(
        Message.objects.filter(key=f"onsite:{meeting.pk}:announced").values_list("organisation__name", flat=True)
    )
    assert told == {*(unit.name for unit in here.units), "东镇", "西镇", here.villages[1].name}
    client.force_login(here.organiser)
    client.post(reverse("record_onsite_meeting", args=[meeting.pk]), HELD | {"on": timezone.localdate().isoformat()})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.came, meeting.recorded_by) == (MeetingState.HELD, 46, here.organiser)
    secretary = people.user("village_secretary", here.villages[5])
    client.force_login(secretary)
    assert HELD["minutes"] in client.get(meeting.get_absolute_url()).content.decode()
    assert "联农带户现场会" in client.get(reverse("onsite_meetings")).content.decode()
    assert Inspection.objects.visible_to(here.organiser).count() == 1


def test_the_form_says_what_is_wrong_at_its_field_and_keeps_what_was_typed(client):
    here = place()
    elsewhere = people.village(people.county("白水县"), "白水村")
    client.force_login(here.organiser)
    typed = {
        "round": here.round.pk, "title": "现场会", "on": "2026-09-20", "venue": elsewhere.name, "about": "看大棚",
        "to": ["village"],
    }  # fmt: skip
    page = client.post(reverse("new_onsite_meeting"), typed)
    assert "venue" in page.context["form"].errors
    assert "看大棚" in page.content.decode()
    assert not OnsiteMeeting.objects.exists()
    client.post(reverse("new_onsite_meeting"), typed | {"venue": here.villages[0].name})
    meeting = OnsiteMeeting.objects.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    late = client.post(reverse("record_onsite_meeting", args=[meeting.pk]), HELD | {"on": tomorrow.isoformat()})
    assert "on" in late.context["form"].errors
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_what_was_held_or_called_off_stays_as_it_is():
    here = place()
    meeting = recorded(here, announced(here))
    with pytest.raises(Refused):
        recorded(here, meeting, minutes="另写一份")
    with pytest.raises(InternalError), transaction.atomic():
        OnsiteMeeting.objects.filter(pk=meeting.pk).update(minutes="另写一份")
    with pytest.raises(InternalError), transaction.atomic():
        OnsiteMeeting.objects.filter(pk=meeting.pk).delete()
    assert people.reread(meeting).minutes == HELD["minutes"]


def test_calling_off_needs_a_reason_and_tells_those_who_were_asked():
    here = place()
    meeting = announced(here)
    with pytest.raises(Refused):
        acts.call_off_meeting(by=here.organiser, meeting=meeting, reason=" ", at=AT)
    assert people.reread(meeting).state == MeetingState.PLANNED
    acts.call_off_meeting(by=here.organiser, meeting=meeting, reason="防汛", at=AT)
    assert people.reread(meeting).reason == "防汛"
    assert Message.objects.filter(key=f"onsite:{meeting.pk}:called_off", organisation=here.units[0]).exists()


def test_only_whoever_holds_meetings_of_the_committee_does_and_strangers_find_none(client):
    here = place()
    meeting = announced(here)
    for user in (here.secretaries[0], people.user("organiser", people.county("白水县"))):
        client.force_login(user)
        status = 404 if user != here.secretaries[0] else 200
        assert client.get(meeting.get_absolute_url()).status_code == status
        for name in ("edit_onsite_meeting", "record_onsite_meeting", "call_off_onsite_meeting"):
            assert client.post(reverse(name, args=[meeting.pk]), HELD | {"reason": "防汛"}).status_code == 404
    assert people.reread(meeting).state == MeetingState.PLANNED


def test_the_list_asks_as_much_for_one_row_as_for_three(client, django_assert_max_num_queries):
    here = place()
    client.force_login(here.organiser)
    for rows in (1, 3):
        while OnsiteMeeting.objects.count() < rows:
            announced(here)
        with django_assert_max_num_queries(16):
            page = client.get(reverse("onsite_meetings")).content.decode()
        assert page.count("联农带户现场会") >= rows
