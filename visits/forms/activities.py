"""The form of an activity: three things are asked for - day, people, kind -, the rest may stay empty."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from office.models import StoredFile
from organisations.kinds import Resource
from organisations.models import User
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import Pairing
from pairing.schemes.tags import grouped
from pairing.schemes.words import Nature
from visits.actions.detail import BESIDES, MISSING, MISSING_TOPIC, NEEDED
from visits.actions.recording import MOST_PHOTOS, Record, Somebody, Where, is_late, late_sentence
from visits.kinds import kinds_of
from visits.models import Activity, ActivityDetail, Evidence, Participant

MORE_PEOPLE = 3
USUAL_KINDS = 6
LONGEST_NAME = 80
DETAILS = ("topics", *(name for names in (*NEEDED.values(), *BESIDES.values()) for name in names))
PARTS = {
    Nature.TALK: _("About the talk"),
    Nature.MEDIATION: _("About the mediation"),
    Nature.DIAGNOSIS: _("Diagnosis of the village"),
    Nature.PUBLICITY: _("Where it was reported"),
    Nature.COMMITMENT: _("About the commitment"),
    Nature.DUTY_POST: _("Post and duties"),
}
FARTHEST = 100_000  # metres: less exact than that says nothing
LARGEST_WORKBOOK = 5 * 1024**2
DEGREES = Decimal("0.000001")  # a tenth of a metre
BETWEEN = "|"  # between the role and the name in the value of a box to tick


class ReadOnly(forms.TextInput):
    """Filled by a script, kept in a draft like anything typed."""

    def __init__(self):
        super().__init__(attrs={"readonly": True, "tabindex": "-1"})


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Uploads, each checked by its content; what was kept from an earlier try comes signed in the field `kept`."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        return [each for each in (data if isinstance(data, list | tuple) else [data]) if each]


class PeopleField(forms.MultipleChoiceField):
    """Role and name. The names offered may have changed since the form was opened; what was ticked holds."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        role, _between, name = value.partition(BETWEEN)
        return role in Participant.Role.values and 0 < len(name.strip()) <= LONGEST_NAME


def called(role: str, name: str) -> str:
    """With the leadership role, where they have one."""
    is_leading = role not in (Participant.Role.MEMBER, Participant.Role.VILLAGE)
    return f"{name} · {Participant.Role(role).label}" if is_leading and role in Participant.Role.values else name


def part_field(label) -> forms.CharField:
    """One part of a diagnosis of the village."""
    area = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})
    return forms.CharField(label=label, required=False, max_length=1000, widget=area)


def short_field(label) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2, "maxlength": 300})
    return forms.CharField(label=label, required=False, max_length=300, widget=area)


class ActivityForm(forms.Form):
    on = date_field(_("Day"))
    people = PeopleField(label=_("Who took part"), required=False)
    kind = forms.ChoiceField(label=_("What was done there"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What was seen and done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("No names of people in need, no illness, no phone numbers."),
    )
    photos = ManyFilesField(
        label=_("Photos (not required)"), required=False, widget=ManyFilesInput(attrs={"accept": "image/*"})
    )
    papers = ManyFilesField(
        label=_("Scan of a paper record"), required=False, widget=ManyFilesInput(attrs={"accept": "image/*,.pdf"})
    )
    papers_are = forms.ChoiceField(
        label=_("The paper is"), required=False,
        choices=[(Evidence.Kind.SCAN, _("a record kept on paper")), (Evidence.Kind.MINUTES, _("the minutes"))],
    )  # fmt: skip
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90, widget=ReadOnly)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180, widget=ReadOnly)
    accuracy = forms.IntegerField(required=False, min_value=0, max_value=FARTHEST, widget=ReadOnly)
    persons = forms.IntegerField(label=_("Persons reached"), required=False, min_value=0, max_value=100_000)
    person_times = forms.IntegerField(
        label=_("Person-times"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Who came on two days is one person and two person-times."),
    )
    items = forms.IntegerField(label=_("Things given"), required=False, min_value=0, max_value=1_000_000)
    mode = forms.ChoiceField(
        label=_("Way of training"), required=False, choices=[("", _("no training")), *Activity.Mode.choices]
    )
    resources = forms.MultipleChoiceField(
        label=_("Resources"), required=False, choices=Resource.choices, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.MultipleChoiceField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    topics = forms.MultipleChoiceField(
        label=_("What the talk was about"),
        required=False,
        choices=ActivityDetail.Topic.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    dispute = forms.ChoiceField(
        label=_("What the dispute was about"), required=False, choices=[("", "—"), *ActivityDetail.Dispute.choices]
    )
    outcome = forms.ChoiceField(
        label=_("What came of the mediation"), required=False, choices=[("", "—"), *ActivityDetail.Outcome.choices]
    )
    experience = part_field(_("Experience"))
    constraints = part_field(_("Constraints"))
    ideas = part_field(_("Ideas for development"))
    medium = forms.CharField(label=_("Newspaper, station or website"), required=False, max_length=80)
    link = forms.URLField(
        label=_("Link (not required)"), required=False, max_length=300, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    promise = short_field(_("What was promised"))
    until = forms.DateField(
        label=_("To be kept by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    post = forms.CharField(label=_("Post"), required=False, max_length=40)
    duties = short_field(_("Duties"))
    late_words = words_field(_("Why it is recorded only now"), required=False)
    is_another = forms.BooleanField(label=_("It is another activity; record it as well"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, pairing: Pairing, user: User, likely: Callable[[], list[str]], **options):
        """`likely`: the values of those who may have taken part; asked where the form is shown."""
        super().__init__(*args, **options)
        self.user, self.kinds = user, kinds_of(pairing.round)
        self.entry_days = pairing.round.rules.entry_days
        self.look_alikes: list[Activity] = []
        fields: Any = self.fields
        fields["people"].choices = lambda: self.people_offered(likely())
        fields["kind"].choices = [(kind.code, kind.name) for kind in self.kinds]
        fields["tags"].choices = [
            (heading, [(tag.key, tag.name) for tag in tags]) for heading, tags in grouped(pairing.round)
        ]
        fields["on"].initial, fields["key"].initial = timezone.localdate, uuid.uuid4
        for number in range(1, MORE_PEOPLE + 1):
            fields[f"name_{number}"] = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME)
            fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Role"), choices=Participant.Role.choices, initial=Participant.Role.MEMBER
            )
        self.stored: dict[str, list[StoredFile]] = {"photos": [], "papers": []}

    def people_offered(self, likely: list[str]) -> list[tuple[str, str]]:
        ticked = self.initial.get("people", [])
        values = dict.fromkeys([*likely, *([] if callable(ticked) else ticked)])
        return [(value, called(*value.split(BETWEEN, 1))) for value in values]

    def clean(self) -> dict:
        """What was uploaded is kept before anything else is said, so that no complaint makes one choose it again."""
        data = super().clean() or self.cleaned_data
        self.recall()
        for name, kind in (("photos", StoredFile.Kind.PICTURE), ("papers", StoredFile.Kind.SCAN)):
            for upload in data.get(name) or []:
                try:
                    self.stored[name].append(files.store(upload=upload, by=self.user, kind=kind))
                except Refused as refusal:
                    self.add_error(name, f"{upload.name}：{refusal.sentence}")
        if len(self.stored["photos"]) > MOST_PHOTOS:
            self.add_error("photos", _("At most %(number)s photos belong to one activity.") % {"number": MOST_PHOTOS})
        for name in ("latitude", "longitude", "accuracy"):
            self.errors.pop(name, None)  # not required: what can't be read is left out
        if not self.participants():
            self.add_error("people", _("Say who took part."))
        if data.get("on") and is_late(data["on"], self.entry_days, timezone.localdate()) and not data.get("late_words"):
            self.add_error("late_words", late_sentence(self.entry_days))
        self.ask_for_detail(data)
        self.remember()
        return data

    def ask_for_detail(self, data: dict) -> None:
        """What was done has it; what is planned for a day to come not yet."""
        kind = next((each for each in self.kinds if each.code == data.get("kind")), None)
        if kind is None or not data.get("on") or data["on"] > timezone.localdate():
            return
        if kind.nature == Nature.TALK and not kind.key and not data.get("topics"):
            self.add_error("topics", MISSING_TOPIC)
        for name in NEEDED.get(kind.nature, ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, MISSING[kind.nature])

    def recall(self) -> None:
        try:
            kept = signing.loads(self.data.get("kept") or "", salt=self.salt)
        except signing.BadSignature:
            return
        found = StoredFile.objects.filter(uploaded_by=self.user).in_bulk([pk for pks in kept.values() for pk in pks])
        for name, pks in kept.items():
            self.stored[name] = [found[pk] for pk in pks if pk in found]

    def remember(self) -> None:
        if any(self.stored.values()):
            kept = {name: [file.pk for file in found] for name, found in self.stored.items()}
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["kept"] = signing.dumps(kept, salt=self.salt)
            self.data = data

    @property
    def salt(self) -> str:
        return f"visits.evidence.{self.user.pk}"

    def participants(self) -> list[Somebody]:
        data = self.cleaned_data
        ticked = [value.split(BETWEEN, 1) for value in data.get("people") or []]
        typed = [(data.get(f"role_{n}"), data.get(f"name_{n}")) for n in range(1, MORE_PEOPLE + 1)]
        found = {name.strip(): role for role, name in [*ticked, *typed] if name and name.strip()}
        return [Somebody(name, role) for name, role in found.items()]

    @property
    def record(self) -> Record:
        data = self.cleaned_data
        same = ("kind", "on", "words", "resources", "tags", "persons", "person_times", "items", "mode", "late_words")
        fields: dict[str, Any] = {name: data[name] for name in (*same, *DETAILS)}
        fields |= {"papers_are": data.get("papers_are") or Evidence.Kind.SCAN, "position": self.position}
        return Record(participants=self.participants(), **fields, **self.stored)  # type: ignore[arg-type]

    def codes_of(self, nature: Nature) -> str:
        """The kinds to which a part of the form belongs."""
        return " ".join(kind.code for kind in self.kinds if kind.nature == nature)

    @property
    def details(self):
        """Heading, kinds and fields of those parts that belong to some kinds alone."""
        fields: dict[Nature, tuple[str, ...]] = {Nature.TALK: ("topics",)}
        fields |= {each: (*NEEDED[each], *BESIDES.get(each, ())) for each in NEEDED}
        return [(PARTS[each], self.codes_of(each), [self[name] for name in names]) for each, names in fields.items()]

    @property
    def position(self) -> Where | None:
        """Nobody has to say where they are; half a position is none."""
        latitude, longitude = (self.cleaned_data.get(name) for name in ("latitude", "longitude"))
        if latitude is None or longitude is None:
            return None
        accuracy = self.cleaned_data.get("accuracy")
        return Where(latitude.quantize(DEGREES), longitude.quantize(DEGREES), accuracy)

    @property
    def asks_why_late(self) -> bool:
        return bool(self["late_words"].errors or self["late_words"].value())

    @property
    def late_sentence(self):
        return late_sentence(self.entry_days)

    @property
    def main_kinds(self):
        """Those that the scheme names; where it names none, the most usual ones."""
        return [widget for widget, is_main in self.kind_widgets() if is_main]

    @property
    def more_kinds(self):
        return [widget for widget, is_main in self.kind_widgets() if not is_main]

    def kind_widgets(self):
        named = any(kind.key for kind in self.kinds)
        for number, (widget, kind) in enumerate(zip(self["kind"], self.kinds, strict=True)):
            yield widget, bool(kind.key) if named else number < USUAL_KINDS

    @property
    def more_people(self):
        return [(self[f"name_{n}"], self[f"role_{n}"]) for n in range(1, MORE_PEOPLE + 1)]


class WordsForm(forms.Form):
    words = words_field(_("Reason"), required=True)


class SignForm(forms.Form):
    """`drawn`: what the field on the screen holds, as a PNG."""

    kind = forms.ChoiceField(
        label=_("Who signs"), widget=forms.RadioSelect, initial=Evidence.Kind.VILLAGER,
        choices=[(each.value, each.label) for each in (Evidence.Kind.VILLAGER, Evidence.Kind.SIGNATURE)],
    )  # fmt: skip
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """`keeps_alike`: what stands in the workbook is another one than what is recorded already of that day."""

    file = forms.FileField(
        label=_("Filled workbook"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text=_("Nothing is recorded before every row can be read."),
    )  # fmt: skip
    keeps_alike = forms.BooleanField(
        label=_("Days on which something is recorded already: these are others, record them as well"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_WORKBOOK:
            raise forms.ValidationError(_("The workbook is larger than 5 MB. Keep to the sheet of activities."))
        return file
