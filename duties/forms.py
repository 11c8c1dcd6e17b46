"""Forms of duties."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Appointment
from pairing.actions.scheme_changes import possible_versions
from pairing.forms.market import words_field
from pairing.forms.rounds import DAY
from pairing.models import Round, SchemeVersion
from pairing.models.scheme_change import obligations_of
from pairing.schemes.duties import MOST_YUAN
from pairing.schemes.duty_words import Subject


class WaiveForm(forms.Form):
    words = words_field(_("Why this duty need not be met"), required=True)


class AssignForm(forms.Form):
    """To whom of `posts`, with a word on the way."""

    post = forms.ModelChoiceField(Appointment.objects.none(), label=_("Who sees to it"), empty_label=None)
    words = words_field(_("A word on the way"), required=False)

    def __init__(self, *args, posts: QuerySet[Appointment], **options):
        super().__init__(*args, **options)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["post"].label_from_instance = lambda post: f"{post.user.name} · {post}"  # type: ignore[attr-defined]


NO_NUMBER = (Subject.FLOATING, Subject.CADRE)  # in no round; by the quota of the rank


class VersionForm(forms.Form):
    """Which version is looked at, and from which day on."""

    version = forms.ModelChoiceField(SchemeVersion.objects.none(), label=_("Version of the scheme"), empty_label=None)
    from_day = forms.DateField(
        label=_("From this day on"),
        widget=DAY,
        help_text=_("Periods that began before this day stay as they were."),
    )

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        self.fields["version"].queryset = possible_versions(round).exclude(pk=round.scheme_version_id)  # type: ignore[attr-defined]


class ChooseVersionForm(VersionForm):
    """The same decided: what was looked at, and why."""

    words = words_field(
        _("Why the round goes by another version"), required=True, help_text=_("Both sides can read it.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("version", "from_day"):
            self.fields[name].widget = forms.HiddenInput()


class SupposeForm(forms.Form):
    """One number of one line of the scheme."""

    obligation = forms.ChoiceField(label=_("Duty"))
    least = forms.IntegerField(label=_("At least"), min_value=1, max_value=MOST_YUAN)

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        rules = [each for each in obligations_of(round, timezone.localdate()) if each.subject not in NO_NUMBER]
        choices = [(each.key, f"{each.name}（{each.least}）") for each in rules]
        self.fields["obligation"].choices = choices  # type: ignore[attr-defined]
