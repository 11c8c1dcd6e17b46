"""That the members of the villages have somebody: a record that meets what an organiser owes."""

from duties.models import Duty
from duties.tests.fulfilled import World, progress_of
from members.kinds import EndReason, PairKind
from members.models import Member
from members.tests import factories


def members_helped(world: World, duty: Duty) -> None:
    """All of the village; whoever helped and stopped is no helper."""
    village, round = world.place.village, duty.round
    alone = list(Member.objects.present().filter(organisation=village, helped_in=None))
    for each in alone:
        gone = factories.helps(world.subjects["member"], each, PairKind.MEMBER_MEMBER, round=round)
        gone.state, gone.until, gone.end_reason = "ended", world.on, EndReason.REASSIGNED
        gone.save()
    assert 0 < progress_of(duty).done < 100
    for each in alone:
        factories.helps(world.subjects["member"], each, PairKind.MEMBER_MEMBER, round=round)
