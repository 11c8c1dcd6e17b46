"""A figure that the system can't count: entered once by the one who knows it, with its source."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Round
from reports.figures.measures import Measure, measures
from reports.figures.wording import Qualifier, printed
from reports.querysets.figure import ReportedFigureQuerySet


class ReportedFigure(models.Model):
    """One version. It is never changed: a correction is a new version beside it, without a number it is taken back.

    `since` is empty where it is of one day, `until`.
    """

    measure = models.CharField(_("measure"), max_length=40)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="reported_figures", verbose_name=_("of"))
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="reported_figures", verbose_name=_("round")
    )
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day, or the day it is of"))
    number = models.DecimalField(_("number"), max_digits=18, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(
        _("how exactly"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT
    )  # fmt: skip
    document = models.CharField(_("document it stands in"), max_length=200)
    said_by = models.CharField(_("who says so"), max_length=100)
    reason = models.CharField(_("why it was corrected"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "place", "round", "since", "until", "version"],
                nulls_distinct=False,
                name="reported_figure_once",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__lte=F("until")), name="reported_figure_days_in_order"
            ),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=0), name="reported_figure_not_negative"),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="", version=1, number__isnull=False)
                | (Q(corrects__isnull=False, version__gt=1) & ~Q(reason="")),
                name="reported_figure_corrected_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["place", "measure", "until"], name="reported_figure_of_place")]
        triggers = [append_only("reported_figure")]

    def __str__(self) -> str:
        return f"{self.name} {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("reported_figure", args=[self.pk])

    @property
    def what(self) -> Measure | None:
        """None where the catalogue lost it since."""
        return measures().get(self.measure)

    @property
    def name(self) -> str:
        return self.what.name if self.what else self.measure

    @property
    def words(self) -> str:
        """As it is printed."""
        if self.number is None:
            return str(_("taken back"))
        return printed(self.number, self.qualifier, self.what.unit if self.what else "")

    @property
    def days(self) -> str:
        if self.since is None:
            return localized_date(self.until)
        return f"{localized_date(self.since)}—{localized_date(self.until)}"

    @property
    def source(self) -> str:
        return f"{self.document}（{self.said_by}）"
