from django import forms
from django.utils.translation import gettext_lazy as _


class TemplateForm(forms.Form):
    """A new version of a Word template."""

    file = forms.FileField(
        label=_("Word template (.docx)"),
        help_text=_("It is tried out with invented content before it counts."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
    note = forms.CharField(label=_("What was changed"), max_length=200, required=False)
