"""What is handed in to meet a duty."""

from duties import filing
from duties.models import Duty
from duties.tests.fulfilled import World


def handed_in(world: World, duty: Duty) -> None:
    filing.file(by=world.place.secretary, duty=duty, address="/", at=world.at)
