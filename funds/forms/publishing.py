"""The one page on which a village publishes; choosing a major matter, the rules, the photo of the board."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from core.refusals import Refused
from funds.actions.publishing import MOST_PICTURES, Text
from funds.models import Disclosure
from funds.publishing.filling import Line
from funds.publishing.personal import check_public
from funds.publishing.profiles import LEAST_DAYS, profile_choices
from office import files
from pairing.forms.agreements import date_field

LINE = "line_"
hotline = RegexValidator(r"^[0-9０-９+（）() \-、，,;；]{5,40}$", _("A phone number has digits only: 0857-1234567."))


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Uploads, each looked at by its content and drawn anew."""

    widget = PicturesInput

    def clean(self, data, initial=None):
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST_PICTURES:
            raise ValidationError(
                _("At most %(number)s pictures belong to one disclosure.") % {"number": MOST_PICTURES}
            )
        try:
            return [files.check(upload=each, kind="picture") for each in given]
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from refusal


class PublishForm(Grouped, forms.Form):
    """Filled already; `lines` are those of the ledger, each with its words for the public."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("what the village says about it"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What was done with the money, what comes next. No names of people in need, no numbers of people."),
    )  # fmt: skip
    reviewer = forms.CharField(
        label=_("reviewed by (supervision committee)"), max_length=40,
        help_text=_("Who of the supervision committee looked at it; not whoever prepares it. Not shown in public."),
    )  # fmt: skip
    reviewed_on = date_field(_("reviewed on"))
    review_words = forms.CharField(label=_("remark of the supervision committee"), max_length=200, required=False)
    hotline = forms.CharField(label=_("phone for questions"), max_length=40, validators=[hotline])
    days = forms.IntegerField(
        label=_("days in public"), min_value=1, max_value=365,
        help_text=_("At least 15, by law. Fewer are kept as too short and never count as published."),
    )  # fmt: skip
    pictures = PicturesField(label=_("pictures"), required=False, help_text=_("At most 6."))
    no_minors = forms.BooleanField(
        label=_("No picture shows a minor, or somebody in need who can be recognised"), required=False
    )
    reason = forms.CharField(label=_("reason of the correction"), max_length=200)

    def __init__(self, *args, lines: Sequence[Line], names: set[str], is_correction: bool, **options):
        super().__init__(*args, **options)
        self.lines, self.names = lines, names
        if not is_correction:
            del self.fields["reason"]
        for line in lines:
            field = forms.CharField(label=_("what it was for, in words"), max_length=300, required=False)
            field.initial = line.entry.words
            self.fields[f"{LINE}{line.entry.pk}"] = field

    def rows(self):
        return [("reason",), ("words",), ("reviewer", "reviewed_on"), ("review_words",), ("hotline", "days")]

    @property
    def groups(self) -> list[list]:
        """Without the words of the lines: they stand in the table."""
        return [row for row in super().groups if not row[0].name.startswith(LINE)]

    @property
    def rows_of_lines(self) -> list[tuple[Line, Any]]:
        return [(line, self[f"{LINE}{line.entry.pk}"]) for line in self.lines]

    def hold_back(self, name: str, value: str) -> None:
        try:
            check_public([value], self.names)
        except Refused as refusal:
            self.add_error(name, refusal.sentence)

    def clean(self):
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and name not in ("hotline", "reviewer"):
                self.hold_back(name, value)
        if self.cleaned_data.get("pictures") and not self.cleaned_data.get("no_minors"):
            self.add_error("no_minors", _("Look at the pictures once more, then say so here."))
        return self.cleaned_data

    @property
    def text(self) -> Text:
        held = self.cleaned_data
        same = {name: held.get(name, "") for name in Text.__dataclass_fields__ if name != "lines"}
        lines = {line.entry.pk: held.get(f"{LINE}{line.entry.pk}", "") for line in self.lines}
        return Text(**same, lines=lines)


def filled_before(village, today) -> dict[str, Any]:
    """What the last publication had; the rest is new each time."""
    last = Disclosure.objects.filter(village=village).public().first()
    known = {name: getattr(last, name) for name in ("hotline", "reviewer", "review_words")} if last else {}
    return {"days": LEAST_DAYS, "reviewed_on": today, "key": uuid.uuid4(), **known}


class MatterForm(forms.Form):
    title = forms.CharField(label=_("major matter"), max_length=60)
    starts_on = date_field(_("from"))
    ends_on = date_field(_("until"))

    def clean_title(self):
        try:
            check_public([self.cleaned_data["title"]], set())
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from refusal
        return self.cleaned_data["title"].strip()


class BoardForm(forms.Form):
    pictures = PicturesField(label=_("photo of the board"), help_text=_("The board with the poster, without people."))


class RulesForm(forms.Form):
    profile = forms.ChoiceField(label=_("rules on village affairs disclosure"), choices=profile_choices)
