"""Pairings with little effect are adjusted after an assessment (AH-08): a case, then a new partner or none."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.decisions import assign
from pairing.actions.ending import reselect
from pairing.models import Pairing
from pairing.states import PairingState
from reports.models import AdjustmentCase, Assessed
from reports.querysets.assessment import MANAGE
from reports.states import CaseState


@act(_("opened the adjustment of a pairing"))
def open_case(*, by: User, assessed: Assessed, pairing: Pairing, reason: str, at: datetime) -> AdjustmentCase:
    """Only where the assessment shows little effect."""
    assessment = assessed.assessment
    post = by.acting(MANAGE, assessment.round.organiser)
    if assessed.is_thin:
        raise Refused(_("Too few items apply to this sheet for a finding of little effect."))
    if not assessed.is_low:
        raise Refused(
            _("This assessment shows no little effect: the score is not below %(low)s.") % {"low": assessment.rules.low}
        )
    if pairing.pk not in {each.pk for each in pairings_of(assessed)}:
        raise Refused(_("This pairing is none of the assessed."))
    if not reason.strip():
        raise Refused(_("Say why the pairing is adjusted: both sides read it."))
    if AdjustmentCase.objects.filter(pairing=pairing, state=CaseState.OPEN).exists():
        raise Refused(_("This pairing is being adjusted already."))
    return AdjustmentCase.objects.create(
        assessed=assessed, pairing=pairing, reason=reason.strip(), opened_at=at, opened_by=by, opened_as=post
    )


@act(_("gave a pairing with little effect a new partner"))
def settle_case(*, by: User, case: AdjustmentCase, unit: Organisation, words: str, at: datetime) -> AdjustmentCase:
    """The pairing is released for re-selection, and the village assigned to `unit`; the two negotiate from there."""
    case = locked(by, case)
    if unit.pk == case.pairing.unit_id:
        raise Refused(_("Choose another unit than the one so far."))
    reselect(by=by, pairing=case.pairing, side=None, words=case.reason, at=at)
    made = assign(by=by, round=case.pairing.round, unit=unit, village=case.pairing.village, reason=case.reason, at=at)
    return closed(case, CaseState.DONE, by, words, at, partner=unit, following=made)


@act(_("left a pairing with little effect as it is"))
def drop_case(*, by: User, case: AdjustmentCase, words: str, at: datetime) -> AdjustmentCase:
    return closed(locked(by, case), CaseState.DROPPED, by, words, at)


def closed(case: AdjustmentCase, state: CaseState, by: User, words: str, at: datetime, **values) -> AdjustmentCase:
    if not words.strip():
        raise Refused(_("Say what was decided."))
    given = {"state": state, "outcome": words.strip(), "settled_at": at, "settled_by": by, **values}
    for name, value in given.items():
        setattr(case, name, value)
    case.save(update_fields=list(given))
    return case


def locked(by: User, case: AdjustmentCase) -> AdjustmentCase:
    rows = AdjustmentCase.objects.select_for_update(of=("self",))
    found = rows.select_related("pairing__round__organiser", "pairing__unit", "pairing__village").get(pk=case.pk)
    by.acting(MANAGE, found.pairing.round.organiser)
    if found.state != CaseState.OPEN:
        raise Refused(_("This has been settled already."))
    return found


def pairings_of(assessed: Assessed) -> list[Pairing]:
    """Those in force of whoever is assessed."""
    rows = Pairing.objects.filter(round=assessed.assessment.round_id, state=PairingState.SIGNED)
    if assessed.pairing_id:
        rows = rows.filter(pk=assessed.pairing_id)
    else:
        rows = rows.filter(**{"village" if assessed.side == "village" else "unit": assessed.organisation_id})
    return list(rows.select_related("round__organiser", "unit", "village"))
