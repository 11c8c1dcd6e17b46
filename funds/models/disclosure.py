"""Village affairs disclosure (村务公开) of aid money: what was published when, for how long. Never changed after."""

import uuid
from datetime import date, timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import localized_date
from core.periods import words_of
from funds.models.entry import Entry
from funds.models.fund import Fund
from funds.protection import never_emptied
from funds.publishing.profiles import LEAST_DAYS, PROFILES
from funds.publishing.states import TONES, DisclosureKind, DisclosureState
from funds.querysets.disclosure import DisclosureQuerySet
from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.protection import append_only

LEAST = timedelta(days=LEAST_DAYS - 1)  # both ends count

# Parts come while it is prepared, and none later.
STILL_OPEN = """
    IF (SELECT state FROM funds_disclosure WHERE id = NEW.disclosure_id) <> 'draft' THEN
        RAISE EXCEPTION 'pgtrigger: nothing is added to what was published';
    END IF;
    RETURN NEW;
"""
PICTURE_ADDED = """
    IF ((SELECT state FROM funds_disclosure WHERE id = NEW.disclosure_id) = 'draft') <> (NEW.kind = 'picture') THEN
        RAISE EXCEPTION 'pgtrigger: nothing is added to what was published';
    END IF;
    RETURN NEW;
"""
PICTURE_GONE = """
    IF (SELECT state FROM funds_disclosure WHERE id = OLD.disclosure_id) <> 'draft' THEN
        RAISE EXCEPTION 'pgtrigger: nothing is taken from what was published';
    END IF;
    RETURN OLD;
"""


@with_history()
class DisclosureRules(models.Model):
    """By which provincial profile the villages below an organisation publish and answer (P-21)."""

    place = models.OneToOneField(
        Organisation, models.CASCADE, related_name="disclosure_rules", verbose_name=_("organisation")
    )
    profile = models.CharField(_("rules on village affairs disclosure"), max_length=20)
    chosen_at = models.DateTimeField(_("chosen at"))
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("chosen by"))

    class Meta:
        verbose_name = _("rules on village affairs disclosure")
        verbose_name_plural = _("rules on village affairs disclosure")

    def __str__(self) -> str:
        return PROFILES[self.profile].name


@with_history(exclude=["reviewer"])
class Disclosure(models.Model):
    """One publication of one village, for a quarter, a month or a major matter (SH-53, P-20).

    `starts_on` to `ends_on`: the days that it tells of; `public_from` to `public_until`: on which it stands in public,
    both counted. `reviewer`: who of the supervision committee looked at it, never shown in public.
    """

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="disclosures", verbose_name=_("village"))
    kind = models.CharField(
        pgettext_lazy("of a disclosure", "what it is about"),
        max_length=10,
        choices=DisclosureKind.choices,
        default=DisclosureKind.QUARTER,
    )
    period = models.CharField(_("period"), max_length=10, blank=True)
    title = models.CharField(_("major matter"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=DisclosureState.choices, default=DisclosureState.DRAFT)
    words = models.TextField(_("what the village says about it"), max_length=1000, blank=True)
    hotline = models.CharField(_("phone for questions"), max_length=40, blank=True)
    drafted_at = models.DateTimeField(_("prepared at"))
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    reviewer = models.CharField(_("reviewed by (supervision committee)"), max_length=40, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_words = models.CharField(_("remark of the supervision committee"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    public_from = models.DateField(_("public from"), null=True, blank=True)
    public_until = models.DateField(_("public until"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("village affairs disclosure")
        verbose_name_plural = _("village affairs disclosures")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "period"],
                condition=Q(corrects=None) & ~Q(period=""),
                name="disclosure_of_a_period_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="disclosure_starts_before_it_ends",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(kind=DisclosureKind.MATTER, period="") & ~Q(title="")
                | ~Q(kind=DisclosureKind.MATTER) & ~Q(period="") & Q(title=""),
                name="disclosure_of_a_period_or_a_matter",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | Q(corrects__isnull=False),
                name="disclosure_reason_of_a_correction",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DisclosureState.DRAFT, published_at=None, published_by=None, public_from=None,
                    public_until=None,
                )
                | ~Q(state=DisclosureState.DRAFT)
                & Q(
                    published_at__isnull=False, published_by__isnull=False, public_from__isnull=False,
                    public_until__isnull=False, reviewed_on__isnull=False,
                )
                & ~Q(reviewer="") & ~Q(hotline=""),
                name="disclosure_published_after_review",
            ),
            models.CheckConstraint(
                condition=Q(state=DisclosureState.DRAFT)
                | Q(state=DisclosureState.PUBLISHED, public_until__gte=F("public_from") + LEAST)
                | Q(
                    state=DisclosureState.SHORT, public_until__lt=F("public_from") + LEAST,
                    public_until__gte=F("public_from"),
                ),
                name="disclosure_fifteen_days",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["village", "state", "-ends_on"], name="disclosure_of_village")]
        triggers = [
            pgtrigger.Protect(
                name="disclosure_published_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["published", "short"]),
            ),
            never_emptied("disclosure"),
        ]

    def __str__(self) -> str:
        return self.title or words_of(self.period)

    def get_absolute_url(self) -> str:
        return reverse("disclosure", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return TONES[DisclosureState(self.state)]

    @property
    def days(self) -> int:
        """How many days it stands in public."""
        return (self.public_until - self.public_from).days + 1 if self.public_from and self.public_until else 0

    @property
    def span(self) -> str:
        return f"{localized_date(self.starts_on)}—{localized_date(self.ends_on)}"

    def days_left(self, today: date) -> int:
        """Days on which it still has to stand in public, today among them; 0 once they are over."""
        if self.public_from is None or self.public_until is None:
            return 0
        return max((self.public_until - max(today, self.public_from)).days + 1, 0)


class DisclosedEntry(models.Model):
    """An entry of the ledger in a disclosure, with the words in which everybody reads it."""

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, related_name="lines", verbose_name=_("village affairs disclosure")
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="disclosed", verbose_name=_("entry of a ledger"))
    position = models.PositiveSmallIntegerField(_("position"))
    words = models.CharField(_("what it was for, in words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("disclosed entry")
        verbose_name_plural = _("disclosed entries")
        ordering = ["disclosure", "position"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "entry"], name="disclosed_entry_once")]
        triggers = [
            append_only("disclosed_entry"),
            never_emptied("disclosed_entry"),
            pgtrigger.Trigger(
                name="disclosed_entry_in_time", when=pgtrigger.Before, operation=pgtrigger.Insert, func=STILL_OPEN
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)


class DisclosedFund(models.Model):
    """A fund as it stood when it was published: the end of its chain (as the poster prints it) and its sums in yuan."""

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, related_name="funds", verbose_name=_("village affairs disclosure")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="disclosed", verbose_name=_("fund"))
    number = models.PositiveIntegerField(_("number of entries"))
    head = models.CharField(_("end of the chain"), max_length=64, blank=True)
    promised = models.DecimalField(_("promised"), max_digits=18, decimal_places=2)
    received = models.DecimalField(_("money received"), max_digits=18, decimal_places=2)
    spent = models.DecimalField(_("spent"), max_digits=18, decimal_places=2)
    cash = models.DecimalField(_("balance"), max_digits=18, decimal_places=2)
    goods = models.DecimalField(_("goods received"), max_digits=18, decimal_places=2)
    goods_left = models.DecimalField(_("goods left"), max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = _("disclosed fund")
        verbose_name_plural = _("disclosed funds")
        ordering = ["disclosure", "fund"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "fund"], name="disclosed_fund_once")]
        triggers = [
            append_only("disclosed_fund"),
            never_emptied("disclosed_fund"),
            pgtrigger.Trigger(
                name="disclosed_fund_in_time", when=pgtrigger.Before, operation=pgtrigger.Insert, func=STILL_OPEN
            ),
        ]

    def __str__(self) -> str:
        return str(self.fund)

    @property
    def public_name(self) -> str:
        """Without the unit: whether it is named with its gift is for the unit to say (P-24)."""
        return f"{self.fund.get_kind_display()}（编号{self.fund_id}）"


@with_history()
class DisclosurePicture(models.Model):
    """A picture that the village adds, or the photo of the board on which the poster hangs."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        BOARD = "board", _("photo of the board")

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, related_name="pictures", verbose_name=_("village affairs disclosure")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("picture of a disclosure")
        verbose_name_plural = _("pictures of disclosures")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="disclosure_picture_stays", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="disclosure_picture_added", when=pgtrigger.Before, operation=pgtrigger.Insert, func=PICTURE_ADDED
            ),
            pgtrigger.Trigger(
                name="disclosure_picture_gone", when=pgtrigger.Before, operation=pgtrigger.Delete, func=PICTURE_GONE
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)
