"""What some kinds of activities have beside any other; part of recording it (XY-12, AH-17, SH-48, SF-21)."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from pairing.schemes.words import Nature
from visits.models import Activity, ActivityDetail
from visits.states import ActivityState

MISSING_TOPIC = _("Say what the talk was about: the situation, policy or law.")
NEEDED: dict[Nature, tuple[str, ...]] = {
    Nature.MEDIATION: ("dispute", "outcome"),
    Nature.DIAGNOSIS: ("experience", "constraints", "ideas"),
    Nature.PUBLICITY: ("medium",),
    Nature.COMMITMENT: ("promise",),
    Nature.DUTY_POST: ("post", "duties"),
}
MISSING = {
    Nature.MEDIATION: _("Say what the dispute was about and what came of it."),
    Nature.DIAGNOSIS: _("A diagnosis names experience, constraints and ideas."),
    Nature.PUBLICITY: _("Name the newspaper, station or website."),
    Nature.COMMITMENT: _("Say what was promised."),
    Nature.DUTY_POST: _("Name the post and its duties."),
}
BESIDES: dict[Nature, tuple[str, ...]] = {Nature.PUBLICITY: ("link",), Nature.COMMITMENT: ("until",)}


def keep_detail(activity: Activity, record, topic: str) -> None:
    """What is planned has none yet. `topic`: what the scheme says of the kind."""
    if activity.state == ActivityState.PLANNED:
        return
    if detail := detail_of(activity, record, topic):
        detail.activity = activity
        detail.save()


def detail_of(activity: Activity, record, topic: str) -> ActivityDetail | None:
    nature = Nature(activity.nature)
    if nature == Nature.TALK:
        return talk(record, topic, is_standard=not activity.kind)
    if nature not in NEEDED:
        return None
    needed = {name: getattr(record, name).strip() for name in NEEDED[nature]}
    if not all(needed.values()):
        raise Refused(MISSING[nature])
    return ActivityDetail(**needed, **{name: getattr(record, name) for name in BESIDES.get(nature, ())})


def talk(record, topic: str, *, is_standard: bool) -> ActivityDetail | None:
    """The scheme may name one kind for each topic; where it names no kind at all, the topic is asked for."""
    chosen = {topic, *record.topics}
    topics = [each for each in ActivityDetail.Topic if each in chosen]
    if is_standard and not topics:
        raise Refused(MISSING_TOPIC)
    return ActivityDetail(topics=topics) if topics else None
