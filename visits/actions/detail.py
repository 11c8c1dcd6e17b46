"""What a talk, a mediation or a diagnosis has beside any other activity; part of recording it (XY-12, AH-17)."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from pairing.schemes.words import Nature
from visits.models import Activity, ActivityDetail
from visits.states import ActivityState

MISSING_TOPIC = _("Say what the talk was about: the situation, policy or law.")
MISSING_DISPUTE = _("Say what the dispute was about and what came of it.")
MISSING_PART = _("A diagnosis names experience, constraints and ideas.")


def keep_detail(activity: Activity, record, topic: str) -> None:
    """What is planned has none yet. `topic`: what the scheme says of the kind."""
    if activity.state == ActivityState.PLANNED:
        return
    if detail := detail_of(activity, record, topic):
        detail.activity = activity
        detail.save()


def detail_of(activity: Activity, record, topic: str) -> ActivityDetail | None:
    if activity.nature == Nature.TALK:
        return talk(record, topic, is_standard=not activity.kind)
    if activity.nature == Nature.MEDIATION:
        if not record.dispute or not record.outcome:
            raise Refused(MISSING_DISPUTE)
        return ActivityDetail(dispute=record.dispute, outcome=record.outcome)
    if activity.nature == Nature.DIAGNOSIS:
        parts = {name: getattr(record, name).strip() for name in ("experience", "constraints", "ideas")}
        if not all(parts.values()):
            raise Refused(MISSING_PART)
        return ActivityDetail(**parts)
    return None


def talk(record, topic: str, *, is_standard: bool) -> ActivityDetail | None:
    """The scheme may name one kind for each topic; where it names no kind at all, the topic is asked for."""
    chosen = {topic, *record.topics}
    topics = [each for each in ActivityDetail.Topic if each in chosen]
    if is_standard and not topics:
        raise Refused(MISSING_TOPIC)
    return ActivityDetail(topics=topics) if topics else None
