"""What joins organisations besides the tree: joint Party organisations, and teams that serve several villages."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models.organisation import Organisation


class LinkQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


@with_history()
class OrganisationLink(models.Model):
    """`holder` is made up of `member` (村村、村居、村企联建, AH-30), or works for it: a team and its villages (YD)."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member of a joint Party organisation")
        SERVED = "served", _("served by a work team")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="links", verbose_name=_("joint organisation or team")
    )
    member = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("member or village served")
    )
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of organisations")
        verbose_name_plural = _("links of organisations")
        ordering = ["holder__path", "member__path", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="organisation_link_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=~Q(holder=F("member")),
                name="organisation_link_of_two",
                violation_error_message=_("An organisation is no member of itself."),
            ),
            models.UniqueConstraint(
                fields=["holder", "member"],
                condition=Q(until=None),
                name="organisation_link_once",
                violation_error_message=_("The two are linked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} – {self.member}"
