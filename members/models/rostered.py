"""What every entry of a roster of people shares: since when it is there, how it is found and how it is called."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.masking import mask_name
from core.names import grams, search_text
from members.models.retained import Retained

SEARCHED = ("search_text", "search_grams")


class Rostered(Retained):
    """`named_by` is the column that names the entry. Erased, an entry keeps its place and its counts, and no name.

    In words (`str`) whoever is in need is called by the family name only: history, messages and lists of others'
    records can't give a name away. The full name is asked for by name (`full_name`).
    """

    named_by = "name"

    phone = models.CharField(_("phone"), max_length=30, blank=True)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.TextField(), editable=False, default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return mask_name(self.full_name) if self.is_sensitive and not self.erased_at else self.full_name

    def save(self, **options) -> None:
        self.search_text = search_text([getattr(self, self.named_by)])
        self.search_grams = grams(self.search_text)
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], *SEARCHED}
        super().save(**options)

    @property
    def full_name(self) -> str:
        return getattr(self, self.named_by) or str(_("erased"))

    @property
    def is_sensitive(self) -> bool:
        """Whether the name itself is told to those alone who are near."""
        return True
