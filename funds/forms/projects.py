"""Forms of a project: what is planned, the shares of a pooled one, and what is added while it goes on."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from core.refusals import Refused
from funds.actions.pooling import givers_of
from funds.actions.project_parts import MOST_PHOTOS
from funds.actions.projects import Plan
from funds.models.project import WHOLE, Project, ProjectShare
from funds.models.project_parts import ProjectPhoto
from funds.projects.kinds import (
    ConsentForm,
    Measure,
    PartnerKind,
    ProjectMode,
    Qualifier,
    WorkField,
    kind_choices,
    level_of,
)
from office import files
from office.models import StoredFile
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation, User
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import Pairing, Round
from pairing.states import STANDING, Side

MOST_PLACES = 4  # village, township, county and the level above
ROWS = 8


class PlanForm(Grouped, forms.Form):
    """`places`: where it may be carried out; typed where they are None."""

    title = forms.CharField(label=_("Project"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of project"), choices=kind_choices)
    field = forms.ChoiceField(label=_("Field of work"), choices=WorkField.choices)
    goal = forms.CharField(
        label=_("Goal"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text=_("What can be seen and checked afterwards. No names of people in need."),
    )  # fmt: skip
    in_charge = forms.CharField(label=_("Person in charge"), max_length=80)
    due_on = date_field(_("Deadline"))
    budget = forms.DecimalField(
        label=_("Budget (yuan)"), max_digits=12, decimal_places=2, min_value=0, initial=Decimal(0),
        help_text=_("0 where no money is needed."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where it is carried out"))
    carrier = forms.ChoiceField(label=_("Who carries it out"), choices=Side.choices, initial=Side.VILLAGE)
    called = forms.ChoiceField(label=_("As the scheme calls it"), required=False)
    mode = forms.ChoiceField(
        label=_("Mode of building (community projects)"), required=False,
        choices=[("", "—"), *ProjectMode.choices],
    )  # fmt: skip
    partners = forms.MultipleChoiceField(
        label=_("Who of the village takes part"), required=False, choices=PartnerKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seldom = ("called", "mode", "partners")

    def __init__(self, *args, round: Round, places: Sequence[Organisation] | None, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.places = {str(place.pk): place for place in places or ()}
        if places is None:
            fields["place"] = OrganisationField(label=_("Where it is carried out"))
            fields["place"].among = Organisation.objects.under(round.organiser)
        else:
            fields["place"].choices = [(pk, place.name) for pk, place in self.places.items()]
        names = [kind.name for kind in round.rules.activity_kinds if kind.nature is None]
        fields["called"].choices = [("", "—"), *((name[:60], name) for name in names)]
        fields["key"].initial = uuid.uuid4

    def rows(self) -> Sequence[Sequence[str]]:
        return (("title",), ("kind", "field"), ("goal",), ("in_charge", "due_on"), ("budget", "place", "carrier"))

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean_place(self) -> Organisation:
        place = self.cleaned_data["place"]
        return self.places[place] if self.places else place

    @property
    def plan(self) -> Plan:
        data = {name: value for name, value in self.cleaned_data.items() if name in Plan.__dataclass_fields__}
        return Plan(**{**data, "level": level_of(data["place"].kind)})


def initial_of(project: Project, *, is_typed: bool) -> dict[str, Any]:
    names = (
        "title", "kind", "field", "goal", "in_charge", "due_on", "budget", "carrier", "called", "mode", "partners"
    )  # fmt: skip
    place = project.place.name if is_typed else project.place_id
    return {name: getattr(project, name) for name in names} | {"place": place}


class SharesForm(forms.Form):
    """Who gives which part: the unit typed, its village where it has several; empty rows are left out."""

    def __init__(self, *args, committee: Organisation, round: Round, shares: Sequence[ProjectShare] = (), **options):
        super().__init__(*args, **options)
        standing = Pairing.objects.filter(round=round, state__in=STANDING)
        self.pairings: QuerySet[Pairing] = standing.filter(givers_of(committee)).select_related("unit", "village")
        units = Organisation.objects.filter(pk__in=self.pairings.order_by().values("unit"))
        villages = Organisation.objects.filter(pk__in=self.pairings.order_by().values("village"))
        known: list[ProjectShare | None] = [*shares, *[None] * ROWS]
        self.numbers = range(1, max(ROWS, len(shares) + 2) + 1)
        for number in self.numbers:
            row = known[number - 1] if number <= len(known) else None
            self.add_row(number, units, villages, row)

    def add_row(self, number: int, units: QuerySet, villages: QuerySet, row: ProjectShare | None) -> None:
        unit = OrganisationField(label=_("Unit"), required=False, help_text="")
        village = OrganisationField(label=_("Village (where the unit has several)"), required=False, help_text="")
        unit.among, village.among = units, villages
        share = forms.DecimalField(
            label=_("Share (per cent)"), required=False, max_digits=5, decimal_places=2, min_value=0, max_value=WHOLE
        )
        if row is not None:
            unit.initial, village.initial, share.initial = row.pairing.unit.name, row.pairing.village.name, row.share
        self.fields |= {f"unit_{number}": unit, f"village_{number}": village, f"share_{number}": share}

    @property
    def lines(self) -> list[list]:
        return [[self[f"{name}_{number}"] for name in ("unit", "village", "share")] for number in self.numbers]

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        self.shares: dict[int, Decimal] = {}
        for number in self.numbers:
            unit, share = data.get(f"unit_{number}"), data.get(f"share_{number}")
            if not unit and not share:
                continue
            if not unit or not share:
                self.add_error(f"share_{number}", _("A row names the unit and its share."))
            elif pairing := self.pairing_of(number, unit, data.get(f"village_{number}")):
                self.shares[pairing.pk] = share
        total = sum(self.shares.values())
        if self.shares and not self.errors and total != WHOLE:
            self.add_error(
                None, _("The shares sum to %(sum)s per cent; together they have to be 100.") % {"sum": total}
            )
        return data

    def pairing_of(self, number: int, unit: Organisation, village: Organisation | None) -> Pairing | None:
        asked = Q(unit=unit) & (Q(village=village) if village else Q())
        found = list(self.pairings.filter(asked)[:2])
        if len(found) == 1 and found[0].pk not in self.shares:
            return found[0]
        sentence = _("This unit has several villages: name the one whose money it is.")
        if not found:
            sentence = _("This unit has no such pairing in this round.")
        elif len(found) == 1:
            sentence = _("This pairing stands in another row already.")
        self.add_error(f"village_{number}" if len(found) != 1 else f"unit_{number}", sentence)
        return None


class StepForm(forms.Form):
    words = words_field(_("Words"), required=False)


class MilestoneForm(forms.Form):
    name = forms.CharField(label=_("What is reached"), max_length=60)
    due_on = date_field(_("By"))


class ReachedForm(forms.Form):
    on = date_field(_("Day"))


class VillagersConsentForm(forms.Form):
    on = date_field(_("Day"))
    form = forms.ChoiceField(label=_("How they were asked"), choices=ConsentForm.choices)
    asked = forms.IntegerField(label=_("How many were asked"), min_value=1, max_value=1_000_000)
    agreed = forms.IntegerField(label=_("How many agreed"), min_value=0, max_value=1_000_000)
    minutes = forms.FileField(
        label=_("Minutes (not required)"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf"}),
        help_text=_("A scan or photo. Read by the two sides and the organiser only."),
    )  # fmt: skip

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_minutes(self) -> StoredFile | None:
        """Kept only where everything else is right: `minutes` stands last."""
        upload = self.cleaned_data["minutes"]
        return stored(upload, self.user, StoredFile.Kind.SCAN) if upload and not self.errors else None


class ManyPhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyPhotosField(forms.FileField):
    widget = ManyPhotosInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyPhotosField, self).clean(each, initial) for each in given]


class PhotosForm(forms.Form):
    moment = forms.ChoiceField(
        label=_("Taken"), choices=ProjectPhoto.Moment.choices, widget=forms.RadioSelect,
        initial=ProjectPhoto.Moment.BEFORE,
    )  # fmt: skip
    photos = ManyPhotosField(
        label=_("Photos"), widget=ManyPhotosInput(attrs={"accept": "image/*"}),
        help_text=_("No children, and nobody in need, in a way that they can be recognised."),
    )  # fmt: skip

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_photos(self) -> list[StoredFile]:
        uploads = self.cleaned_data["photos"]
        if len(uploads) > MOST_PHOTOS:
            raise forms.ValidationError(_("At most %(number)s photos belong to one project.") % {"number": MOST_PHOTOS})
        return [stored(upload, self.user, StoredFile.Kind.PICTURE) for upload in uploads]


def stored(upload, user: User, kind: str) -> StoredFile:
    """Checked by its content; what is wrong stands at the field."""
    try:
        return files.store(upload=upload, by=user, kind=kind)
    except Refused as refusal:
        raise forms.ValidationError(f"{upload.name}：{refusal.sentence}") from refusal


class OutcomeForm(Grouped, forms.Form):
    measure = forms.ChoiceField(label=_("Figure"), choices=Measure.choices)
    value = forms.DecimalField(
        label=_("Number"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal("9999999999")
    )
    qualifier = forms.ChoiceField(label=_("How exact"), choices=Qualifier.choices)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=120, help_text=_("Such as a count by the village, or a report.")
    )
    on = date_field(_("As of"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["on"].initial = timezone.localdate

    def rows(self) -> Sequence[Sequence[str]]:
        return (("measure",), ("value", "qualifier"), ("source", "on"))


class AnswerForm(forms.Form):
    words = words_field(_("Words"), required=False, help_text=_("Needed where you decline."))
