"""The words of a periodic report, and what is said when one comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import PeriodicReport, ReportStep, ReportWords
from reports.periodic.contents import CONTENTS

LONGEST = ReportWords._meta.get_field("words").max_length
LONGEST_REMARK = ReportStep._meta.get_field("words").max_length


class WordsForm(forms.Form):
    """A box for each heading of the report; what has to be written is asked for when it is handed in, not before."""

    def __init__(self, *args, report: PeriodicReport, **options):
        written = dict(report.words.values_list("section", "words"))
        super().__init__(*args, **{**options, "initial": written})
        for section in CONTENTS[report.line].sections:
            name = section.name if section.is_needed else _("%(name)s (may be left out)") % {"name": section.name}
            self.fields[section.key] = forms.CharField(
                label=name, help_text=section.hint, required=False, max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("What is to be changed"), max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 3})
    )
