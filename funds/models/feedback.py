"""What the giver hears and says: whether their name may be shown with a gift."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from funds.models.entry import Entry
from organisations.history import with_history
from organisations.models import User


@with_history()
class NameConsent(models.Model):
    """Whether the giver of an entry may be named in public; without one they are “爱心单位” (P-24)."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="name_consent", verbose_name=_("entry of a ledger")
    )
    is_shown = models.BooleanField(_("the name may be shown"))
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("said by"))

    class Meta:
        verbose_name = _("consent to be named with a gift")
        verbose_name_plural = _("consents to be named with a gift")

    def __str__(self) -> str:
        return str(self.entry)
