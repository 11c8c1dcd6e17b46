"""What a page of figures is asked for: by what, in which days, of which round and place."""

from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Round

MOST_PLACES = 20


def day_field(label) -> forms.DateField:
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=day)


def near(user: User, words: str, *paths: str) -> Q:
    """A condition on the organisations at `paths`: one of them lies in a place of this name. No words, no condition."""
    return below(places_named(user, words), *paths) if words else Q()


def places_named(user: User, words: str) -> list[str]:
    """The tree paths of the places of this name."""
    found = Organisation.objects.readable_by(user).found_by(words)
    return list(found.order_by("path").values_list("path", flat=True)[:MOST_PLACES])


def below(places: list[str], *paths: str) -> Q:
    return reduce(or_, (within(places, f"{path}__path") for path in paths))


class FiguresForm(forms.Form):
    """Bound to the address. What is missing or wrong there is replaced: this year, up to today, everything visible."""

    by = forms.ChoiceField(label=_("Lines"), required=False)
    since = day_field(_("From the day"))
    until = day_field(_("Up to the day"))
    round = forms.ModelChoiceField(
        label=_("Round"), queryset=Round.objects.none(), required=False, empty_label=_("all rounds")
    )
    place = forms.CharField(label=_("Area, unit or village"), required=False, max_length=60)

    def __init__(self, given, *, user: User, by: type[TextChoices]):
        self.user, today = user, timezone.localdate()
        first = {"by": by.values[0], "since": today.replace(month=1, day=1), "until": today}
        super().__init__({name: given.get(name) or first.get(name, "") for name in self.base_fields})
        self.kinds: Any = by
        fields = self.fields
        fields["by"].choices = by.choices  # type: ignore[attr-defined]
        fields["round"].queryset = Round.objects.visible_to(user)  # type: ignore[attr-defined]
        fields["round"].choices = self.round_choices  # type: ignore[attr-defined]
        self.first: dict[str, Any] = first
        self.prepare(fields)
        self.is_valid()

    def prepare(self, fields: Any) -> None:
        """What forms with more fields set up before they are bound."""

    @cached_property
    def rounds(self) -> list[Round]:
        """Those to choose from, each with its organiser. One statement."""
        return list(Round.objects.visible_to(self.user).select_related("organiser"))

    def round_choices(self) -> list[tuple]:
        return [("", _("all rounds")), *((each.pk, str(each)) for each in self.rounds)]

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day lies before the first one, so the figures are those of this year."))
        return data

    def days(self) -> tuple[date, date]:
        data = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        return (since, until) if since and until else (self.first["since"], self.first["until"])

    @property
    def chosen_by(self):
        return self.kinds(self.cleaned_data.get("by") or self.first["by"])

    @property
    def chosen_round(self) -> Round | None:
        return self.cleaned_data.get("round")

    @property
    def words(self) -> str:
        return self.cleaned_data.get("place") or ""

    @cached_property
    def places(self) -> list[str]:
        return places_named(self.user, self.words)

    def near(self, *paths: str) -> Q:
        """A condition on the organisations at `paths`, as `near` has it; the places are looked up once."""
        return below(self.places, *paths) if self.words else Q()
