"""What village secretaries are paid (SF-15 to SF-20): a row for each secretary and year; the database reckons."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, DecimalField, ExpressionWrapper, F, GeneratedField, Q, Value, When
from django.db.models.functions import Round as Rounded
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Member
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from reports.querysets.pay import PaidQuerySet

YUAN = DecimalField(max_digits=14, decimal_places=2)
POINTS = DecimalField(max_digits=8, decimal_places=2)


def in_yuan(expression) -> GeneratedField:
    """To the cent, kept by the database: nobody types a result."""
    whole = Rounded(ExpressionWrapper(expression, output_field=YUAN), 2, output_field=YUAN)
    return GeneratedField(expression=whole, output_field=YUAN, db_persist=True)


def yuan_field(label) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0)]
    )


def source(label) -> models.CharField:
    return models.CharField(label, max_length=120, blank=True)


class Paid(models.Model):
    """A former or present secretary of a village, in one year of a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name=_("round"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("village"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("village secretary"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1949)])
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = PaidQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.village} {self.year}"


@with_history(exclude=["by_points", "pay", "bonus"])
class SecretaryPay(Paid):
    """Pay of a serving secretary, in yuan. `by_points`: what the score adds or takes off; `pay`: base and that;
    `bonus`: the share of its earnings that goes back to the village, not to the secretary (SF-16). `insurance`: what
    the finance office adds to pension and medical insurance; 0: not insured by it. The rules stand as the scheme had
    them when the row was entered."""

    base = yuan_field(_("yearly base"))
    base_source = source(_("where the base comes from"))
    score = models.DecimalField(_("score"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    score_source = source(_("where the score comes from"))
    earned = yuan_field(_("what the village earned"))
    earned_source = source(_("where the earnings come from"))
    insurance = yuan_field(_("subsidy to two insurances"))
    base_score = models.DecimalField(_("score at which nothing is added"), max_digits=8, decimal_places=2)
    yuan_per_point = yuan_field(_("yuan for each point"))
    bonus_percent = models.DecimalField(_("per cent that go back"), max_digits=5, decimal_places=2)
    by_points = in_yuan((F("score") - F("base_score")) * F("yuan_per_point"))
    pay = in_yuan(F("base") + (F("score") - F("base_score")) * F("yuan_per_point"))
    bonus = in_yuan(F("earned") * F("bonus_percent") / Value(Decimal(100)))

    class Meta:
        verbose_name = _("pay of a village secretary")
        verbose_name_plural = _("pay of village secretaries")
        ordering = ["-year", "village__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "village", "member", "year"], name="secretary_pay_once"),
            models.CheckConstraint(condition=Q(base__gte=0, score__gte=0, earned__gte=0), name="secretary_pay_amounts"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("secretary_pay", args=[self.pk])

    @property
    def points(self) -> Decimal:
        """Above the base score, or below it."""
        return self.score - self.base_score


@with_history(exclude=["is_regular", "amount"])
class LeavingAllowance(Paid):
    """What somebody gets who left the post in the ordinary way (SF-20), in yuan.

    Fewer than `regular_years` in a row: once, `one_off` as decided, for the text names no amount. Else each year a
    share of the base of the secretary who holds the post now.
    """

    left_on = models.DateField(_("left the post on"))
    years_in_a_row = models.PositiveSmallIntegerField(_("years in a row in the post"))
    years_in_all = models.PositiveSmallIntegerField(_("years in all in the post"))
    one_off = yuan_field(_("single sum"))
    one_off_source = source(_("by which decision"))
    present_base = yuan_field(_("yearly base of the present secretary"))
    regular_years = models.PositiveSmallIntegerField(_("years in a row for a regular allowance"))
    regular_percent = models.DecimalField(_("per cent of the base"), max_digits=5, decimal_places=2)
    is_regular = GeneratedField(
        expression=Q(years_in_a_row__gte=F("regular_years")),  # type: ignore[arg-type]  # a condition is one
        output_field=models.BooleanField(),
        db_persist=True,
    )
    amount = in_yuan(
        Case(
            When(
                years_in_a_row__gte=F("regular_years"),
                then=F("present_base") * F("regular_percent") / Value(Decimal(100)),
            ),
            default=F("one_off"),
            output_field=YUAN,
        )
    )

    class Meta:
        verbose_name = _("allowance after leaving")
        verbose_name_plural = _("allowances after leaving")
        ordering = ["-year", "village__path", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "village", "member", "year"], name="leaving_allowance_once"),
            models.CheckConstraint(
                condition=Q(years_in_all__gte=F("years_in_a_row")),
                name="leaving_years_in_all",
                violation_error_message=_("In all there are at least as many years as in a row."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("leaving_allowance", args=[self.pk])
