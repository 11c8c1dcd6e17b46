"""The tags of a pairing, ticked under the headings of the scheme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.models import Round
from pairing.schemes import tags


class TagsForm(forms.Form):
    tags = forms.MultipleChoiceField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        field: Any = self.fields["tags"]
        field.choices = [
            (tag.key, f"{group} · {tag.name}" if group else tag.name)
            for group, of_group in tags.grouped(round)
            for tag in of_group
        ]
