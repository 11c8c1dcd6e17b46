"""What both sides are told of pairs that the matching brought together: thousands of messages in one statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop

from office import inbox
from organisations.models import Organisation
from pairing.models import Intention
from pairing.notices.market import DECISION_SUBJECTS, TURN, TURN_SUBJECTS, answer_key
from pairing.states import AgreementState, Side

Formed = tuple[Organisation, Organisation, int]  # unit, village, key of the pairing


def tell_drafted(formed: Sequence[Formed], agreements: Sequence[int], at: datetime) -> None:
    """A new draft is the unit's turn (pairing/agreements/turns.py)."""
    inbox.tell_each(
        {
            "organisation": unit,
            "permission": f"{Side.UNIT}.act",
            "subject": TURN_SUBJECTS[AgreementState.DRAFT],
            "params": {"name": village.name},
            "url": reverse("pairing", args=[pairing]),
            "kind": TURN,
            "key": f"agreement:{agreement}:1",
            "at": at,
        }
        for (unit, village, pairing), agreement in zip(formed, agreements, strict=True)
    )


def tell_decided(formed: Sequence[Formed], decisions: Sequence[tuple[int, str]], at: datetime) -> None:
    """Both sides, with the reason to read on the page of the pairing."""
    inbox.tell_each(
        {
            "organisation": party,
            "permission": f"{side}.act",
            "subject": DECISION_SUBJECTS[verb],  # type: ignore[index]  # a verb is a member
            "params": {"name": other.name},
            "url": reverse("pairing", args=[pairing]),
            "kind": inbox.NOTICE,
            "key": f"decision:{decision}",
            "at": at,
        }
        for (unit, village, pairing), (decision, verb) in zip(formed, decisions, strict=True)
        for side, party, other in ((Side.UNIT, unit, village), (Side.VILLAGE, village, unit))
    )


SUBJECTS = {
    Side.UNIT: gettext_noop("The organiser proposes %(name)s to you and asks it; withdraw if you don't agree"),
    Side.VILLAGE: gettext_noop("The organiser proposes %(name)s to you for a pairing: please answer"),
}


def tell_recommended(intentions: Iterable[Intention], at: datetime) -> None:
    """The village answers, the unit knows."""
    inbox.tell_each(
        {
            "organisation": intention.party(side),
            "permission": f"{side}.act",
            "subject": SUBJECTS[side],
            "params": {"name": intention.party(side.other).name},
            "url": intention.get_absolute_url(),
            "kind": TURN if side == Side.VILLAGE else inbox.NOTICE,
            "key": answer_key(intention) if side == Side.VILLAGE else f"intention:{intention.pk}:proposed",
            "at": at,
        }
        for intention in intentions
        for side in Side
    )
