"""What the pages show of activities: who may be meant, what it may double, how many of which kind."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from organisations.models import Organisation, User
from pairing.agreements import responsibles
from pairing.models import Agreement, Pairing, Responsible
from pairing.models.consortium import PairingPartner
from pairing.schemes.words import Nature
from pairing.states import AgreementState, PartnerState, Side
from visits.models import Activity, Evidence, Participant
from visits.querysets.activities import CONFIRM
from visits.states import RECORDED, ActivityState

LOG = "visit.log"
RECENT_PEOPLE = 12
ROLES = {
    Responsible.Kind.LEADER: Participant.Role.LEADER,
    Responsible.Kind.DEPARTMENT: Participant.Role.DEPARTMENT,
    Responsible.Kind.LIAISON: Participant.Role.MEMBER,
}


def acts_for(user: User, pairing: Pairing) -> tuple[Organisation, Side] | None:
    """For which unit and side of the pairing the user records; None where they don't."""
    if user.can(LOG, pairing.unit):
        return pairing.unit, Side.UNIT
    if user.can(LOG, pairing.village):
        return pairing.unit, Side.VILLAGE
    partners = PairingPartner.objects.filter(pairing=pairing, state=PartnerState.JOINED).select_related("unit")
    mine = next((each.unit for each in partners if user.can(LOG, each.unit)), None)
    return (mine, Side.UNIT) if mine else None


def own_pairings(user: User) -> QuerySet[Pairing]:
    """Those under which the user records something."""
    limited = user.limited_to(LOG)
    return Pairing.objects.visible_to(limited).standing().select_related("unit", "village", "round").order_by("pk")


def answers(user: User, activity: Activity) -> bool:
    """Whether it waits for this user to confirm it or to send it back."""
    if activity.state != ActivityState.SUBMITTED or activity.entered_by_id == user.pk:
        return False
    if activity.side == Side.UNIT:
        return user.can(CONFIRM, activity.pairing.village)
    return user.can(CONFIRM, activity.unit) or user.can(CONFIRM, activity.pairing.unit)


def likely_people(pairing: Pairing, side: Side, user: User, on: date) -> list[tuple[str, str]]:
    """Role and name of those who may have taken part: who answers for the pairing, the author, who came before."""
    own_role = Participant.Role.MEMBER if side == Side.UNIT else Participant.Role.VILLAGE
    found: dict[str, str] = {}
    if side == Side.UNIT:
        signed = Agreement.objects.filter(pairing=pairing, state=AgreementState.SIGNED).first()
        for each in responsibles.current(pairing, signed, on):
            if each.side == Side.UNIT:
                found.setdefault(each.name, ROLES[each.kind])
    found.setdefault(user.name, own_role)
    earlier = Participant.objects.filter(activity__pairing=pairing, activity__side=side).order_by("-pk")
    for name, role in earlier.values_list("name", "role")[: RECENT_PEOPLE * 4]:
        if len(found) < RECENT_PEOPLE:
            found.setdefault(name, role)
    return [(role, name) for name, role in found.items()]


def look_alikes(pairing: Pairing, record, *, but: Activity | None = None) -> list[Activity]:
    """Recorded on the same day, or shown by the same picture: perhaps the same one. A hint, never an accusation."""
    sums = [file.sha256 for file in record.photos]
    same_picture = Evidence.objects.filter(file__sha256__in=sums, activity__pairing=pairing) if sums else None
    alike = Q(on=record.on)
    if same_picture is not None:
        alike |= Q(pk__in=same_picture.order_by().values("activity"))
    rows = Activity.objects.filter(alike, pairing=pairing, state__in=RECORDED)
    if but is not None:
        rows = rows.exclude(pk__in=[each for each in (but.pk, but.corrects_id) if each])
    return list(rows.order_by("-pk")[:3])


@dataclass
class Tally:
    nature: Nature
    confirmed: int = 0
    waiting: int = 0


def tallies(pairing: Pairing, since: date, until: date) -> list[Tally]:
    """How many of which kind took place in these days: confirmed ones count, the others wait. One statement."""
    rows = Activity.objects.filter(pairing=pairing, on__range=(since, until)).recorded().order_by()
    counted = rows.values_list("nature").annotate(
        done=Count("pk", filter=Q(state=ActivityState.CONFIRMED)),
        left=Count("pk", filter=~Q(state=ActivityState.CONFIRMED) & Q(corrects=None)),
    )
    by_nature = {nature: Tally(Nature(nature), done, left) for nature, done, left in counted}
    return [by_nature[nature] for nature in Nature if nature in by_nature]


def lacks_diagnosis(pairing: Pairing, found: list[Tally]) -> bool:
    """Whether the scheme wants experience, constraints and ideas looked at each year, and nobody has (AH-17)."""
    asked = any(kind.nature == Nature.DIAGNOSIS for kind in pairing.round.rules.activity_kinds)
    return asked and not any(tally.nature == Nature.DIAGNOSIS for tally in found)
