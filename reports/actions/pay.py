"""Entering what the pay of village secretaries is reckoned from."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.models import Member
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.schemes.pay import PayRules
from reports.models import LeavingAllowance, SecretaryPay
from reports.querysets.pay import KEEP


@act(_("entered the pay of a village secretary"))
def enter_pay(
    *, by: User, round: Round, village: Organisation, member: Member, year: int,
    base: Decimal, base_source: str, score: Decimal, score_source: str, earned: Decimal, earned_source: str,
    insurance: Decimal, at: datetime,
) -> SecretaryPay:  # fmt: skip
    """Again for the same year: corrected. What the score adds and what the village gets back follows by itself."""
    rules = checked(by, round, village, member, year, at)
    for value, words in ((score, score_source), (base, base_source), (earned, earned_source)):
        if value and not words.strip():
            raise Refused(_("Say where each number comes from."))
    values = {
        "base": base, "base_source": base_source.strip(), "score": score, "score_source": score_source.strip(),
        "earned": earned, "earned_source": earned_source.strip(), "insurance": insurance,
        "base_score": rules.base_score, "yuan_per_point": rules.yuan_per_point, "bonus_percent": rules.bonus_percent,
        "entered_at": at, "entered_by": by,
    }  # fmt: skip
    made, _new = SecretaryPay.objects.update_or_create(
        round=round, village=village, member=member, year=year, defaults=values
    )
    LeavingAllowance.objects.filter(round=round, village=village, year=year).update(present_base=base)
    made.refresh_from_db()
    return made


@act(_("entered the allowance of a former village secretary"))
def enter_leaving(
    *, by: User, round: Round, village: Organisation, member: Member, year: int, left_on: date,
    years_in_a_row: int, years_in_all: int, one_off: Decimal, one_off_source: str, at: datetime,
) -> LeavingAllowance:  # fmt: skip
    rules = checked(by, round, village, member, year, at)
    if years_in_all < years_in_a_row:
        raise Refused(_("In all there are at least as many years as in a row."))
    if left_on.year > year:
        raise Refused(_("In this year the person was still in the post."))
    present = SecretaryPay.objects.filter(round=round, village=village, year=year).order_by("-pk").first()
    if years_in_a_row >= rules.regular_years:
        one_off, one_off_source = Decimal(0), ""
        if present is None:
            raise Refused(_("Enter the pay of the present secretary of this year first: the allowance follows it."))
    elif not one_off or not one_off_source.strip():
        raise Refused(_("Enter the single sum and by which decision it is paid: the text names no amount."))
    values = {
        "left_on": left_on, "years_in_a_row": years_in_a_row, "years_in_all": years_in_all, "one_off": one_off,
        "one_off_source": one_off_source.strip(), "present_base": present.base if present else Decimal(0),
        "regular_years": rules.regular_years, "regular_percent": rules.regular_percent,
        "entered_at": at, "entered_by": by,
    }  # fmt: skip
    made, _new = LeavingAllowance.objects.update_or_create(
        round=round, village=village, member=member, year=year, defaults=values
    )
    made.refresh_from_db()
    return made


def checked(
    by: User, round: Round, village: Organisation, member: Member, year: int, at: datetime
) -> PayRules:  # fmt: skip
    by.acting(KEEP, village)
    rules = round.rules.pay
    if not rules.is_kept:
        raise Refused(_("The scheme of this round says nothing of the pay of village secretaries."))
    if member.organisation_id != village.pk:
        raise Refused(_("This person is not on the roster of the village. Add them there first."))
    if year > timezone.localdate(at).year:
        raise Refused(_("This year has not begun yet."))
    return rules
