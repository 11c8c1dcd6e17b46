"""A member found by typing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.names import normal
from members.models import Member

SUGGESTIONS = 3


class MemberField(forms.CharField):
    """One member of `among`: the name, the number on the roster, or 「organisation name」 where a name occurs twice."""

    among = Member.objects.none()

    def __init__(self, **options):
        help_text = _("The name. Where a name occurs twice: the organisation, a space, the name.")
        super().__init__(**{"help_text": help_text, "max_length": 200, **options})

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        place, _space, name = normal(typed).rpartition(" ")
        rows = self.among.present().select_related("organisation")
        found = [each for each in rows.filter(name=name) if not place or place in normal(each.organisation.name)]
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(f"{each.organisation.name} {each.name}" for each in found[:SUGGESTIONS])
            raise forms.ValidationError(_("Several are called so: %(names)s.") % {"names": names})
        raise forms.ValidationError(_("Nobody of this name is on a roster in your scope."))
