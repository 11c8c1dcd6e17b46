"""Where people and groups are reached outside the product."""

from datetime import time

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import Unreadable, seal, unseal
from core.tokens import keyed_hash
from organisations.history import with_history
from organisations.models import Organisation
from organisations.querysets import placed

PURPOSE = "group channel"
member_name = RegexValidator(r"^[A-Za-z0-9][\w.@-]*$", _("A WeCom account has letters, digits, dots and hyphens only."))


class Robot(models.TextChoices):
    """By the scheme of its address; the list of allowed ones is in the settings."""

    WECOM = "wecombot", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")
    FEISHU = "feishu", _("Feishu group robot")


@with_history(exclude=["wecom_name"])
class ChannelChoice(models.Model):
    """By which channels a person wants to be told, and when not. Whoever never chose has these defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="channel_choice", verbose_name=_("user")
    )
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    by_wecom = models.BooleanField(_("by WeCom"), default=False)
    wecom_name = models.CharField(_("WeCom account"), max_length=64, blank=True, validators=[member_name])
    only_deadlines = models.BooleanField(_("deadlines only"), default=False)
    quiet_from = models.TimeField(_("quiet from"), default=time(21, 0))
    quiet_until = models.TimeField(_("quiet until"), default=time(8, 0))
    workdays_only = models.BooleanField(_("on workdays only"), default=False)

    class Meta:
        verbose_name = _("choice of channels")
        verbose_name_plural = _("choices of channels")

    def __str__(self) -> str:
        return str(self.user)


class GroupChannelQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organisations for which the user keeps the channels."""
        return self.filter(placed(user.scopes("channel.manage"), "organisation"))

    def active(self):
        return self.filter(off_at=None)

    def in_use_first(self):
        return self.order_by(F("off_at").desc(nulls_first=True), "organisation__path", "name", "pk")


@with_history(exclude=["sealed", "address_hash"])
class GroupChannel(models.Model):
    """The robot of one group of an organisation. Its address holds a secret: kept sealed, shown masked."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="group_channels", verbose_name=_("organisation")
    )
    name = models.CharField(_("name of the group"), max_length=60)
    robot = models.CharField(_("kind of robot"), max_length=20, choices=Robot.choices)
    sealed = models.TextField(editable=False)
    address_hash = models.CharField(max_length=64, editable=False)
    workdays_only = models.BooleanField(_("on workdays only"), default=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    off_at = models.DateTimeField(_("switched off at"), null=True, blank=True)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("switched off by"),
    )

    objects = GroupChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("group channel")
        verbose_name_plural = _("group channels")
        ordering = ["organisation__path", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["address_hash"], condition=Q(off_at=None), name="group_channel_once"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_by=None) | Q(off_at__isnull=False, off_by__isnull=False),
                name="group_channel_off_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group_channel", args=[self.pk])

    @property
    def address(self) -> str:
        """Unreadable where SECRET_KEY was another one."""
        return unseal(PURPOSE, self.sealed)

    @address.setter
    def address(self, address: str) -> None:
        self.sealed, self.address_hash = seal(PURPOSE, address), keyed_hash(PURPOSE, address)

    @property
    def masked_address(self) -> str:
        """Enough to tell two robots apart."""
        try:
            return f"…{self.address.rstrip('/')[-4:]}"
        except Unreadable:
            return "…"
