"""A field for one person or household that is typed by name, not chosen from thousands."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Household, Member

MOST_OF_A_NAME = 60
SHOWN = 4


class HelperField(forms.CharField):
    """A member or household of one of `among`, by name; 「organisation name」 where a name occurs twice."""

    def __init__(self, *, among: list[QuerySet], **options):
        help_text = _("The full name. Where a name occurs twice: the organisation, a space, the name.")
        super().__init__(**{"help_text": help_text, "max_length": 100, **options})
        self.among = among

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = [record for rows in self.among for record in named(rows, typed)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = "、".join(addressed(record) for record in found[:SHOWN])
            raise forms.ValidationError(_("Several are called so: %(names)s.") % {"names": listed})
        raise forms.ValidationError(_("Nobody on the rosters that you manage is called so."))


def named(rows: QuerySet, typed: str) -> list[Member | Household]:
    """Those whose name is typed, and every further word fits their organisation or their number."""
    words = set(typed.split())
    column = rows.model.named_by
    place = "organisation" if rows.model is Member else "village"
    called = rows.filter(**{f"{column}__in": {typed, *words}}).select_related(place).order_by("pk")[:MOST_OF_A_NAME]
    return [record for record in called if typed == str(record) or words <= known_as(record)]


def known_as(record: Member | Household) -> set[str]:
    place = record.organisation if isinstance(record, Member) else record.village
    return {str(record), place.name, record.number}


def addressed(record: Member | Household) -> str:
    """As the field wants it typed."""
    place = record.organisation if isinstance(record, Member) else record.village
    return " ".join(filter(None, [place.name, str(record), record.number]))
