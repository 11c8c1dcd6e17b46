"""Somebody on a roster, typed by name and not chosen from thousands."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Household, Member

SHOWN = 3


class NamedField(forms.CharField):
    """One member or household of those in `among`, by name or roster number; 「organisation name」 where a name occurs
    twice."""

    among: Sequence[QuerySet] = ()

    def __init__(self, *, among: Sequence[QuerySet] = (), **options):
        help_text = _("Name or roster number. Where a name occurs twice: the organisation, a space, the name.")
        super().__init__(**{"help_text": help_text, "max_length": 200, **options})
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
        raise forms.ValidationError(_("Nobody in your rosters has this name or number. Put them on the roster first."))


def named(rows: QuerySet, typed: str) -> QuerySet:
    """Those who have the name or number that is typed, and whom every further word fits: place, name or number."""
    words, (before, _space, last) = typed.split(), typed.rpartition(" ")
    name, place = rows.model.named_by, "organisation" if rows.model is Member else "village"

    def fits(word: str) -> Q:
        return Q(**{name: word}) | Q(number=word)

    by_words = reduce(and_, (fits(word) | Q(**{f"{place}__name": word}) for word in words))
    called = fits(typed) | fits(last) & Q(**{f"{place}__name": before}) | by_words & reduce(or_, map(fits, words))
    there = rows.present().filter(called, erased_at=None)  # type: ignore[attr-defined]  # people have it
    return there.select_related(place).order_by("pk")[: SHOWN + 1]


def addressed(record: Member | Household) -> str:
    """As the field wants it typed; of somebody in need the name is masked, for it may be a number that was typed."""
    place = record.organisation if isinstance(record, Member) else record.village
    return " ".join(filter(None, [place.name, str(record), record.number]))
