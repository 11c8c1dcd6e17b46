"""Trips on record with one side and with both: what an aid archive is made of (TN-25)."""

from datetime import timedelta

from duties.counting.count import Progress
from duties.models import Duty
from duties.tests.fulfilled import World, confirmed, progress_of
from pairing.schemes.words import Nature
from visits.models import Activity, Participant
from visits.states import ActivityState


def recorded_by_one(world: World) -> None:
    """One trip that both have on record, one that waits for the other side."""
    for on in (world.on, world.on - timedelta(days=1)):
        confirmed(world, Participant.Role.MEMBER, nature=Nature.VISIT, name="走访", on=on)
    Activity.objects.filter(on=world.on).update(state=ActivityState.SUBMITTED, answered_at=None, answered_by=None)


def confirmed_by_the_other(world: World, duty: Duty) -> None:
    assert progress_of(duty) == Progress(50, 50)
    Activity.objects.update(
        state=ActivityState.CONFIRMED, answered_at=world.at, answered_by=world.place.village_secretary
    )
