"""Entries of a ledger, the goods that they list and the vouchers that prove them. Nothing of it is ever changed."""

import uuid
from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funds.chain import CHAINED, IS_ITS_FILE, LINE_OF_ENTRY, VOUCHER_OF_ENTRY, WHOLE
from funds.kinds import AID, LEAST, MOST, RULES, TAX_ELIGIBLE, Channel, EntryKind, Rule, Source, Use
from funds.models.fund import Fund
from funds.models.project import Project
from funds.protection import never_emptied
from funds.querysets.ledger import LedgerQuerySet
from members.models import Household
from office.models import StoredFile
from organisations.kinds import FUNCTIONS_OF_KIND, FacilityKind, Resource
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only

FIRST_DAY = date(1949, 10, 1)


class Entry(models.Model):
    """One line of the ledger of a fund. Append-only: what is wrong is reversed by an entry that `corrects` it.

    The database gives `number`, `previous_hash` and `hash` and adds it to the sums of the fund (`funds/chain.py`).
    `answers`: what the other side entered, which this one confirms; of what a fund took over, the other fund's entry.
    `vouchers`: checksums of the files that prove it; `goods`: quantities and values of its lines - both are hashed.
    `project`: for which of those of its fund it was given or spent.
    `household`: whom it was spent on (XY-06); seen by those who see the household, never hashed, never public.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", verbose_name=_("fund"))
    number = models.PositiveIntegerField(_("number"), default=0, editable=False)
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of entry"), max_length=20, choices=EntryKind.choices)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    on = models.DateField(_("day"))
    giver = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    source = models.CharField(_("source of the money"), max_length=20, choices=Source.choices, blank=True)
    use = models.CharField(_("what it is for"), max_length=20, choices=Use.choices, blank=True)
    resources = ArrayField(
        models.CharField(max_length=20, choices=Resource.choices), verbose_name=_("resources"), default=list, blank=True
    )
    channel = models.CharField(_("channel of the gift"), max_length=20, choices=Channel.choices, blank=True)
    receipt_number = models.CharField(_("number of the donation receipt"), max_length=40, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, db_index=False, related_name="entries",
        verbose_name=_("project"),
    )  # fmt: skip
    words = models.CharField(_("note"), max_length=300, blank=True)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("household")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name=_("reverses")
    )
    reason = models.CharField(_("why it is reversed"), max_length=200, blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name=_("confirms")
    )
    vouchers = ArrayField(models.CharField(max_length=64), verbose_name=_("checksums of vouchers"), default=list)
    goods = models.TextField(_("quantities and values"), default="", editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, default="", editable=False)
    hash = models.CharField(_("hash"), max_length=64, default="", editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a ledger")
        verbose_name_plural = _("entries of a ledger")
        ordering = ["fund", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="entry_number_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=LEAST, amount__lte=MOST),
                name="entry_amount_positive",
                violation_error_message=_("An amount is more than 0 and at most 1,000,000,000.00 yuan."),
            ),
            models.CheckConstraint(
                condition=Q(on__gte=FIRST_DAY),
                name="entry_not_before_1949",
                violation_error_message=_("That day lies before October 1949: check the year."),
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | Q(corrects__isnull=False, answers=None) & ~Q(reason=""),
                name="entry_reversed_with_a_reason",
                violation_error_message=_("Say why it is reversed."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=AID) | ~Q(source="") & Q(resources__len__gt=0),
                name="entry_of_aid_with_source_and_resource",
                violation_error_message=_("Say where it comes from, and which resource it is."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.SET_ASIDE) | Q(project__isnull=False),
                name="entry_set_aside_for_a_project",
                violation_error_message=_("Choose the project for which the money is set aside."),
            ),
            models.CheckConstraint(
                condition=~Q(receipt_number__contains="|"),
                name="entry_receipt_number_plain",
                violation_error_message=_("Copy the number of the receipt without strokes."),
            ),
        ]
        indexes = [
            models.Index(fields=["answers"], condition=Q(answers__isnull=False), name="entry_answers"),
            models.Index(fields=["project"], condition=Q(project__isnull=False), name="entry_project"),
            models.Index(fields=["giver", "kind"], condition=Q(giver__isnull=False), name="entry_giver_kind"),
            models.Index(fields=["kind", "on"], condition=Q(kind__in=["sent", "goods_sent"]), name="entry_sent"),
        ]
        triggers = [
            append_only("entry"),
            never_emptied("entry"),
            pgtrigger.Trigger(
                name="entry_chained",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("fund", "funds_fund"),
                    ("other", "funds_entry"),
                    ("factor", "integer := 1"),
                    ("sums", "record"),
                ],
                func=CHAINED,
            ),
            pgtrigger.Trigger(
                name="entry_whole",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                declare=[("one", "funds_entry"), ("other", "funds_entry")],
                func=WHOLE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("fund_entry", args=[self.pk])

    @property
    def rule(self) -> Rule:
        return RULES[self.kind]

    @property
    def resource_names(self) -> list[str]:
        return [str(Resource(each).label) for each in self.resources]

    @property
    def is_tax_eligible(self) -> bool:
        """Whether the channel is one of the three of SH-49, and a receipt was given."""
        return self.channel in TAX_ELIGIBLE and bool(self.receipt_number)


SITE_FUNCTIONS = [(each.value, each.label) for each in FUNCTIONS_OF_KIND[FacilityKind.VILLAGE_SITE]]


class GoodsLine(models.Model):
    """Things of one sort: how many, worth what altogether, for which function of the village's site (SH-27)."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines", verbose_name=_("entry of a ledger"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("thing"), max_length=80)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2)
    unit = models.CharField(_("unit of quantity"), max_length=10)
    value = models.DecimalField(_("value (yuan)"), max_digits=14, decimal_places=2)
    function = models.CharField(_("function of the village's site"), max_length=30, choices=SITE_FUNCTIONS, blank=True)

    class Meta:
        verbose_name = _("goods in an entry")
        verbose_name_plural = _("goods in entries")
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="goods_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, value__gt=0), name="goods_line_of_something"),
        ]
        triggers = [
            append_only("goods_line"),
            never_emptied("goods_line"),
            pgtrigger.Trigger(
                name="goods_line_of_its_entry", when=pgtrigger.Before, operation=pgtrigger.Insert, func=LINE_OF_ENTRY
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LateVoucher(models.Model):
    """A paper that turned up after the entry: it lies beside it, with who added it when and why only then.

    The entry and its hash stay as they are; `sha256` is that of the file, and the database sees to it.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="late_papers", verbose_name=_("entry of a ledger"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    words = models.CharField(_("why it comes later"), max_length=200)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("voucher added later")
        verbose_name_plural = _("vouchers added later")
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "sha256"], name="late_voucher_once"),
            models.CheckConstraint(condition=~Q(words=""), name="late_voucher_says_why"),
        ]
        triggers = [
            append_only("late_voucher"),
            never_emptied("late_voucher"),
            pgtrigger.Trigger(
                name="late_voucher_is_its_file", when=pgtrigger.Before, operation=pgtrigger.Insert, func=IS_ITS_FILE
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class Voucher(models.Model):
    """A file that proves an entry: an invoice, a receipt, a signed list."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="papers", verbose_name=_("entry of a ledger"))
    position = models.PositiveSmallIntegerField(_("position"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["entry", "position"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="voucher_once")]
        triggers = [
            append_only("voucher"),
            never_emptied("voucher"),
            pgtrigger.Trigger(
                name="voucher_of_its_entry", when=pgtrigger.Before, operation=pgtrigger.Insert, func=VOUCHER_OF_ENTRY
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)
