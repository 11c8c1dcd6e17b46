"""May this round take one more? Each question answers with silence, or with a refusal that says why.

Ask under the lock of both parties (`actions.locking`), or two may be told yes for one place.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.dates import localized_date
from core.refusals import Refused
from organisations.models import Organisation
from pairing.levels import Level, level_of
from pairing.models import Agreement, DirectoryEntry, Intention, Pairing, Round
from pairing.schemes.scheme import INTENTION, SIGNING
from pairing.states import RoundState, Side


def check_round_is_open(round: Round) -> None:
    if round.state == RoundState.DRAFT:
        raise Refused(_("The round “%(name)s” is not open yet.") % {"name": round.name})
    if round.state == RoundState.CLOSED:
        raise Refused(_("The round “%(name)s” is closed.") % {"name": round.name})


def check_round_is_not_closed(round: Round) -> None:
    if round.state == RoundState.CLOSED:
        raise Refused(_("The round “%(name)s” is closed; what belongs to it can be read only.") % {"name": round.name})


def check_listed(round: Round, unit: Organisation, village: Organisation) -> None:
    """Both sides choose from the published directory only (SH-29)."""
    listed = set(
        DirectoryEntry.objects.current(round)
        .filter(organisation__in=[unit, village])
        .values_list("organisation_id", "side")
    )
    for party, side in ((unit, Side.UNIT), (village, Side.VILLAGE)):
        if (party.pk, side) not in listed:
            raise not_listed(party)


def not_listed(party: Organisation) -> Refused:
    return Refused(_("%(name)s is not in the published directory of this round.") % {"name": party.name})


def check_in_being(*parties: Organisation) -> None:
    """Nobody is paired with what was closed; where others took its place, the sentence names them."""
    gone = Organisation.objects.filter(pk__in=[party.pk for party in parties]).exclude(closed_on=None).first()
    if gone is not None:
        raise closed(gone)


def closed(gone: Organisation) -> Refused:
    followers = gone.steps_from.exclude(successor=None).values_list("successor__name", flat=True).order_by("pk")
    words = {"name": gone.name, "day": localized_date(gone.closed_on) if gone.closed_on else ""}
    if followers:
        words["others"] = pgettext("between words", ", ").join(followers)
        return Refused(_("%(name)s was closed on %(day)s; %(others)s took its place. Choose that one.") % words)
    return Refused(_("%(name)s was closed on %(day)s. Choose another one.") % words)


def check_level(round: Round, unit: Organisation, village: Organisation) -> None:
    """The two may be paired at a level that the scheme has (SH-04, SH-06, SH-07)."""
    levels = round.rules.pairing.levels
    if level_of(unit, village) in levels:
        return
    words = {
        "unit": unit.name,
        "village": village.name,
        "levels": pgettext("between words", ", ").join(str(each.label) for each in levels),
    }
    raise Refused(_("%(unit)s can't aid %(village)s here: this scheme pairs only %(levels)s.") % words)


def check_not_paired(round: Round, unit: Organisation, village: Organisation) -> None:
    if Pairing.objects.standing().filter(round=round, unit=unit, village=village).exists():
        raise paired_already(unit, village)


def paired_already(unit: Organisation, village: Organisation) -> Refused:
    return Refused(_("%(unit)s and %(village)s are paired already.") % {"unit": unit.name, "village": village.name})


def check_places(round: Round, unit: Organisation, village: Organisation) -> None:
    if level_of(unit, village) != Level.UNIT_VILLAGE:
        return
    for side, party in ((Side.VILLAGE, village), (Side.UNIT, unit)):
        if is_full(round, side, party):
            raise full(round, side, party)


def full(round: Round, side: Side, party: Organisation) -> Refused:
    words = {"name": party.name, "most": most_for(round, side)}
    if side == Side.VILLAGE:
        sentence = _("%(name)s has all the units it may have in this round (%(most)s). Choose another village.")
    else:
        sentence = _("%(name)s has all the villages it may have in this round (%(most)s).")
    return Refused(sentence % words)


def most_for(round: Round, side: Side) -> int | None:
    """How many standing pairings a party on that side may have; None where the round sets no limit."""
    return round.units_per_village if side == Side.VILLAGE else round.villages_per_unit


def is_full(round: Round, side: Side, party: Organisation) -> bool:
    """Whether `party` has as many standing pairings with villages as the round allows it.

    The limits speak of units and villages; at the other levels there is none.
    """
    most = most_for(round, side)
    if most is None:
        return False
    standing = Pairing.objects.standing().filter(round=round, level=Level.UNIT_VILLAGE, **{side: party})
    return standing.count() >= most


def check_open_proposals(round: Round, village: Organisation) -> None:
    most = round.open_proposals_per_village
    if most is not None and Intention.objects.open().filter(round=round, village=village).count() >= most:
        raise asked_enough(round, village)


def asked_enough(round: Round, village: Organisation) -> Refused:
    words = {"name": village.name, "most": round.open_proposals_per_village}
    return Refused(
        _("%(name)s has as many proposals to answer as it may have (%(most)s). Choose another, or come back later.")
        % words
    )


def is_late(round: Round, milestone: str, at: datetime) -> bool:
    """After the milestone an entry is still taken, and marked late (SH-31, SH-32); see `check_not_too_late`."""
    deadline = round.deadline(milestone)
    return deadline is not None and not deadline.is_met_on(timezone.localtime(at).date())


def check_not_too_late(round: Round, milestone: str, side: Side, at: datetime) -> None:
    """Refuse a step of a side that the scheme does not allow to be late."""
    deadline = round.deadline(milestone)
    rule = next((each for each in round.rules.milestones if each.key == milestone), None)
    if deadline is None or rule is None or side in rule.late_sides or not is_late(round, milestone, at):
        return
    words = {"name": rule.name, "day": localized_date(deadline.last_day), "side": side.label}
    raise Refused(
        _("“%(name)s” ended on %(day)s; this scheme takes nothing later from the %(side)s. Ask the organiser.") % words
    )


def is_late_intention(round: Round, at: datetime) -> bool:
    return is_late(round, INTENTION, at)


def is_late_signing(round: Round, at: datetime) -> bool:
    return is_late(round, SIGNING, at)


def lacking(agreement: Agreement) -> dict:
    """What is still to be named before the unit can confirm (SH-42, SF-23): each in a word, with its refusal."""
    found: dict = {}
    asked = agreement.pairing.round.rules.pairing.requires_leader
    if asked and not agreement.leader_in_charge:
        found[_("leader in charge")] = _("Name the leader in charge first; the scheme asks for it (SH-42).")
    if asked and not agreement.responsible_dept:
        found[_("responsible department")] = _("Name the responsible department first; the scheme asks for it (SH-42).")
    if not agreement.commitments.all():
        words = _("Write down at least one commitment first: money, a project or an activity.")
        found[_("at least one commitment")] = words
    return found


def check_complete(agreement: Agreement) -> None:
    """What the scheme wants to be named before the unit confirms (SH-42), and duties and tasks at all (SF-23)."""
    for refusal in lacking(agreement).values():
        raise Refused(refusal)
    if agreement.starts_on > agreement.ends_on:
        raise Refused(_("The first day must not be after the last."))


def money_warning(agreement: Agreement) -> str:
    """A sentence where a weak village is promised less a year than the scheme names (SH-46); it forbids nothing."""
    least = agreement.pairing.round.rules.pairing.weak_village_yuan
    if not least or "weak" not in agreement.pairing.village.classes:
        return ""
    promised = sum(promise.amount or 0 for promise in agreement.commitments.all() if promise.kind == "money")
    if promised >= least:
        return ""
    words = {"promised": f"{promised:,.0f}", "least": f"{least:,.0f}"}
    return (
        _("Promised: %(promised)s yuan a year. For an economically weak village the scheme names %(least)s (SH-46).")
        % words
    )
