"""Decisions on the tree: what, from which day, and why."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from core.names import normal
from organisations.actions.restructuring import Part
from organisations.forms.fields import ListField, OrganisationField
from organisations.forms.people import day
from organisations.models import Organisation
from organisations.models.organisation import digits

MOST_PARTS = 4
POSTS = (("end", _("end with the day before")), ("carry", _("go on at the organisation that follows")))


class DecisionForm(forms.Form):
    """`among`: the organisations over which the person may decide."""

    on = day(_("counts from"), help_text=_("The first day of the new state; what ends, ends on the day before."))
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("By which decision, and why. It stays with the record."),
    )

    def __init__(self, *args, organisation: Organisation, among, **options):
        super().__init__(*args, **options)
        self.organisation, self.among = organisation, among
        self.fields["on"].initial = timezone.localdate

    def arguments(self) -> dict[str, Any]:
        """What the verb is given."""
        return dict(self.cleaned_data)


class CloseForm(DecisionForm):
    pass


class CarryingForm(DecisionForm):
    posts = forms.ChoiceField(label=_("People in posts there"), choices=POSTS, widget=forms.RadioSelect, initial="end")

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return given | {"carry_posts": given.pop("posts") == "carry"}


class MergeForm(CarryingForm):
    into = OrganisationField(label=_("merged into"))
    field_order = ("into", "posts", "on", "reason")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        into: Any = self.fields["into"]
        into.among = self.among.exclude(pk=self.organisation.pk)


def division_code(label, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=30, required=False, **options)


def clean_code(typed: str) -> str:
    code = normal(typed).replace(" ", "")
    if code:
        digits(code)
    return code


class RenameForm(DecisionForm):
    name = forms.CharField(label=_("new name"), max_length=120)
    code = division_code(_("new division code"), help_text=_("Leave empty where it stays as it is."))
    field_order = ("name", "code", "on", "reason")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].initial = self.organisation.name

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])


class SplitForm(Grouped, CarryingForm):
    """Up to four new organisations, each with its name, its code and what of the organisations below goes there."""

    goes_on = forms.BooleanField(
        label=_("It goes on beside the new ones"),
        required=False,
        help_text=_("It then keeps what none of them is given; else the first of them gets it."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in range(1, MOST_PARTS + 1):
            words = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("new organisation %(number)s") % words, max_length=120, required=number == 1
            )
            self.fields[f"code_{number}"] = division_code(_("division code of %(number)s") % words)
            self.fields[f"below_{number}"] = ListField(
                label=_("what goes to %(number)s") % words,
                required=False,
                help_text=_("Names of organisations that stand directly below it, separated by commas."),
            )
        self.order_fields(
            [f"{name}_{n}" for n in range(1, MOST_PARTS + 1) for name in ("name", "code", "below")]
            + ["goes_on", "posts", "on", "reason"]
        )

    def rows(self) -> list[list[str]]:
        parts = [[f"{name}_{n}" for name in ("name", "code", "below")] for n in range(1, MOST_PARTS + 1)]
        return [*parts, ["goes_on", "posts", "on"], ["reason"]]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        below = {child.name: child for child in Organisation.objects.get_children(self.organisation).open()}
        parts = []
        for number in range(1, MOST_PARTS + 1):
            parts += self.part(number, below)
        data["parts"] = parts
        return data

    def part(self, number: int, below: dict[str, Organisation]) -> list[Part]:
        data = self.cleaned_data
        name, names = (data.get(f"name_{number}") or "").strip(), data.get(f"below_{number}") or []
        code = ""
        try:
            code = clean_code(data.get(f"code_{number}") or "")
        except forms.ValidationError as mistake:
            self.add_error(f"code_{number}", mistake)
        if unknown := [one for one in names if one not in below]:
            words = _("Nothing of this name stands directly below it: %(names)s.")
            self.add_error(f"below_{number}", words % {"names": "、".join(unknown)})
        if not name and (code or names):
            self.add_error(f"name_{number}", _("Name the organisation that gets this."))
        return [Part(name, code, tuple(below[one] for one in names if one in below))] if name else []

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {name: given[name] for name in ("parts", "goes_on", "carry_posts", "on", "reason")}
