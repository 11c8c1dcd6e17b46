"""What the small world sends to the outside, by the beginning of its addresses."""

from typing import Any

from office.models import Attempt, DigestPart, GroupChannel, Message, Outgoing
from office.outbox.states import Medium
from organisations.models import Organisation, User


def outside(county: Organisation, by: User, recipient: User, message: Message, mark: str) -> dict[str, Any]:
    """A digest that failed, and the robot of a group."""
    group = GroupChannel(organisation=county, name=f"{mark}群", robot="wecombot", made_by=by)
    group.address = "wecombot://abcd-efgh/"
    group.save()
    digest = Outgoing.objects.create(
        recipient=recipient, medium=Medium.MAIL, organisation=county, kind="digest", key="digest:1", state="failed",
        subject=f"{mark}提醒", url="/inbox/",
    )  # fmt: skip
    Attempt.objects.create(outgoing=digest, begun_at=digest.made_at, ended_at=digest.made_at, outcome="failed")
    DigestPart.objects.create(outgoing=digest, message=message)
    return {"outbox": digest, "channels/groups": group}
