"""The numbers suggested to a committee."""

from django import forms

from pairing.models import TaskProposal
from pairing.models.task_proposal import WEAK_WITHIN_ALL


class TaskProposalForm(forms.ModelForm):
    class Meta:
        model = TaskProposal
        fields = ("suggested", "suggested_weak", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        """The rule of the table, at its field."""
        cleaned = super().clean() or {}
        suggested, weak = cleaned.get("suggested"), cleaned.get("suggested_weak")
        if suggested is not None and weak is not None and weak > suggested:
            self.add_error("suggested_weak", WEAK_WITHIN_ALL)
        return cleaned

    def _post_clean(self):
        """The row itself is changed by the verb, not by the form."""
