"""A member found by typing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Member

SHOWN = 3


class MemberField(forms.CharField):
    """One member of `among` by name or roster number; 「unit name」 where a name occurs twice."""

    among: Any = Member.objects.none()

    def __init__(self, **options):
        help_text = _("Name or roster number. Where a name occurs twice: the organisation, a space, the name.")
        super().__init__(**{"help_text": help_text, "max_length": 200, **options})

    def clean(self, value):
        typed = super().clean(value)
        place, _space, name = typed.strip().rpartition(" ")
        rows = self.among.present().filter(erased_at=None).select_related("organisation")
        found = list((rows.filter(name=name) | rows.filter(number=name)).distinct()[: SHOWN + 1])
        if place:
            found = [member for member in found if member.organisation.name == place]
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(f"{member.organisation.name} {member.name}" for member in found[:SHOWN])
            raise forms.ValidationError(_("Several are called so: %(names)s.") % {"names": names})
        raise forms.ValidationError(_("Nobody in your rosters has this name or number. Put them on the roster first."))
