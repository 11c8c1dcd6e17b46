"""Plans of a pairing, version by version, what stands in them, and where the two work plans name the pairing."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models import StoredFile
from organisations.history import with_history
from organisations.models import User
from pairing.models.market import Pairing
from pairing.plans.kinds import REFERENCES
from pairing.protection import kept_with_its_round
from pairing.querysets.plans import OfPairingQuerySet, PlanQuerySet
from pairing.schemes.words import PlanKind
from pairing.states import PlanState, Side, tone


@with_history(exclude=["principal", "branch_secretary"])
class Plan(models.Model):
    """One version of a plan (SH-43, TN-11, AH-10): written by one side, confirmed by both, then unchangeable.

    `year` is empty where the plan holds for the whole term. `edition` guards against two people editing at once.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="plans", verbose_name=_("pairing"))
    kind = models.CharField(_("kind"), max_length=30, choices=PlanKind.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    state = models.CharField(_("state"), max_length=20, choices=PlanState.choices, default=PlanState.DRAFT)
    written_side = models.CharField(_("written by"), max_length=10, choices=Side.choices)
    body = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    principal = models.CharField(_("principal who takes charge"), max_length=60, blank=True)
    branch_secretary = models.CharField(_("branch secretary who carries it out"), max_length=60, blank=True)
    responsibility = models.TextField(_("shared responsibility"), blank=True)
    target = models.TextField(_("shared target"), blank=True)
    reward_penalty = models.TextField(_("shared reward and penalty"), blank=True)
    return_words = models.CharField(_("what should change"), max_length=300, blank=True)
    unit_confirmed_at = models.DateTimeField(_("confirmed by the unit at"), null=True, blank=True)
    unit_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed for the unit by")
    )
    village_confirmed_at = models.DateTimeField(_("confirmed by the village at"), null=True, blank=True)
    village_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed for the village by")
    )

    objects = PlanQuerySet.as_manager()
    history_parts = ("items",)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["pairing", "kind", "year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "kind", "year", "number"], nulls_distinct=False, name="plan_version_once"
            ),
            models.UniqueConstraint(
                fields=["pairing", "kind", "year"],
                condition=~Q(state=PlanState.CONFIRMED),
                nulls_distinct=False,
                name="plan_one_version_under_way",
            ),
            models.CheckConstraint(condition=~Q(kind__in=REFERENCES), name="plan_is_no_reference"),
            models.CheckConstraint(
                condition=Q(unit_confirmed_at=None, unit_confirmed_by=None)
                | Q(unit_confirmed_at__isnull=False, unit_confirmed_by__isnull=False),
                name="plan_unit_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=Q(village_confirmed_at=None, village_confirmed_by=None)
                | Q(village_confirmed_at__isnull=False, village_confirmed_by__isnull=False),
                name="plan_village_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.CONFIRMED)
                | Q(unit_confirmed_at__isnull=False, village_confirmed_at__isnull=False),
                name="plan_confirmed_by_both",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="plan_confirmed_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=PlanState.CONFIRMED),
            ),
            *kept_with_its_round("pairing"),
        ]

    def __str__(self) -> str:
        return _("%(name)s, version %(number)s") % {"name": self.title, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])

    @property
    def title(self) -> str:
        """The kind with its year: 「年度计划（2026年）」."""
        words = {"kind": self.get_kind_display(), "year": self.year}
        return _("%(kind)s (%(year)s)") % words if self.year else str(words["kind"])

    @property
    def state_tone(self) -> str:
        return tone(PlanState(self.state))

    def confirmed_at(self, side: Side):
        return self.unit_confirmed_at if side == Side.UNIT else self.village_confirmed_at


@with_history()
class PlanItem(models.Model):
    """A line of a plan: what, until when (SF-03, QX-15). Whether it is done may still be noted once confirmed."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("planning")
        INPUT = "input", _("input")
        PROGRESS = "progress", _("progress")
        ASSESSMENT = "assessment", _("assessment")
        MEASURE = "measure", _("measure")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", verbose_name=_("plan"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PROGRESS)
    heading = models.CharField(_("heading"), max_length=120)
    words = models.CharField(_("words"), max_length=500, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_words = models.CharField(_("how it was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("item of a plan")
        verbose_name_plural = _("items of plans")
        ordering = [F("on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_words="") | Q(done_on__isnull=False), name="plan_item_done_words_with_day"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="plan_item_of_confirmed_unchangeable",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("touched", "BIGINT[]")],
                func="""
                    touched := ARRAY[
                        CASE WHEN TG_OP <> 'INSERT' THEN OLD.plan_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.plan_id END
                    ];
                    IF TG_OP = 'UPDATE' THEN
                        IF (OLD.plan_id, OLD.kind, OLD.heading, OLD.words, OLD."on")
                            IS NOT DISTINCT FROM (NEW.plan_id, NEW.kind, NEW.heading, NEW.words, NEW."on")
                        THEN RETURN NEW; END IF;
                    END IF;
                    IF EXISTS (SELECT 1 FROM pairing_plan WHERE id = ANY (touched) AND state = 'confirmed') THEN
                        RAISE EXCEPTION 'pgtrigger: Cannot change an item of a confirmed plan';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
                """,
            ),
            *kept_with_its_round("plan"),
        ]

    def __str__(self) -> str:
        return self.heading


@with_history()
class PlanReference(models.Model):
    """The unit's own work plan, or its branch's, names the pairing (TN-22): ticked, with title and attached file."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="plan_references", verbose_name=_("pairing"))
    kind = models.CharField(_("kind"), max_length=30, choices=[(kind.value, kind.label) for kind in REFERENCES])
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title of the work plan"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))

    objects = OfPairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference in a work plan")
        verbose_name_plural = _("references in work plans")
        ordering = ["pairing", "-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "kind", "year"], name="plan_reference_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=REFERENCES), name="plan_reference_is_one"),
        ]
        triggers = [*kept_with_its_round("pairing")]

    def __str__(self) -> str:
        return self.title
