"""What a statistics table is asked for: its lines, the days or the day, the round, the place, what to lay beside."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from organisations.models import User
from pairing.forms.figures import FiguresForm, day_field
from pairing.models import Round

FIRST_DAY = date(1949, 1, 1)
SECOND = {"round": "against_round", "since": "against_since", "until": "against_until"}


class StatisticsForm(FiguresForm):
    """Bound to the address, so that it can be sent to a colleague; what is wrong there is replaced."""

    against_round = forms.ModelChoiceField(
        label=_("Beside it: another round"), queryset=Round.objects.none(), required=False, empty_label="—"
    )
    against_since = day_field(_("Beside it: from the day"))
    against_until = day_field(_("Beside it: up to the day"))

    def __init__(self, given, *, user: User, by: type[TextChoices]):
        self.given = given
        super().__init__(given, user=user, by=by)

    def prepare(self, fields: Any) -> None:
        fields["against_round"].queryset = fields["round"].queryset
        fields["against_round"].choices = lambda: [("", "—"), *self.round_choices()[1:]]
        if len(self.kinds.values) == 1:
            fields["by"].widget = forms.HiddenInput()

    def clean(self) -> dict:
        data = super().clean()
        since, until = data.get("against_since"), data.get("against_until")
        if bool(since) != bool(until) or (since and until and since > until):
            self.add_error("against_until", _("Give the first and the last day of what is to stand beside."))
        return data

    def other(self) -> "StatisticsForm | None":
        """The same question of the round or the days to be laid beside; None where none are named."""
        data = self.cleaned_data
        days = data.get("against_since") and data.get("against_until") and "against_until" not in self.errors
        if not data.get("against_round") and not days:
            return None
        given = {name: self.given.get(name, "") for name in self.base_fields if name not in SECOND.values()}
        if data.get("against_round"):
            given["round"] = str(data["against_round"].pk)
        if days:
            given |= {"since": str(data["against_since"]), "until": str(data["against_until"])}
        return type(self)(given, user=self.user, by=self.kinds)

    def named(self) -> str:
        """What tells this question from the one beside it."""
        since, until = self.days()
        days = f"{localized_date(since)}—{localized_date(until)}"
        return f"{self.chosen_round.name}，{days}" if self.chosen_round else days

    @property
    def day(self) -> date:
        """As of which day: the last of the days asked for, and never one ahead."""
        return min(self.days()[1], timezone.localdate())

    @property
    def reported_days(self) -> tuple[date, date]:
        """The days of which something was reported."""
        return self.days()

    @property
    def lead(self) -> str:
        since, until = self.days()
        return _("%(since)s to %(until)s") % {"since": localized_date(since), "until": localized_date(until)}


class DayForm(StatisticsForm):
    """As of one day: what stood at its end, told by the days of the records themselves."""

    def prepare(self, fields: Any) -> None:
        super().prepare(fields)
        for name in ("since", "against_since"):
            fields[name].widget = forms.HiddenInput()
        fields["until"].label, fields["against_until"].label = _("As of the day"), _("Beside it: as of the day")

    def clean(self) -> dict:
        data = self.cleaned_data
        for first, last in (("since", "until"), ("against_since", "against_until")):
            data[first] = data.get(last)
        return super().clean()

    def named(self) -> str:
        words = _("as of %(day)s") % {"day": localized_date(self.day)}
        return f"{self.chosen_round.name}，{words}" if self.chosen_round else words

    @property
    def reported_days(self) -> tuple[date, date]:
        return FIRST_DAY, self.day

    @property
    def lead(self) -> str:
        return _("As it stood on %(day)s") % {"day": localized_date(self.day)}
