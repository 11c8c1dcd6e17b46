"""Forms that ask for the days from which on and up to which something is looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SpanForm(forms.Form):
    """With the fields `since` and `until`."""

    def clean(self):
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The first day must not be after the last."))
        return cleaned
