"""Fields that people fill by typing words instead of choosing from thousands."""

import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

SEPARATORS = re.compile(r"[,，、;；\n]+")
SUGGESTIONS = 3


class ListField(forms.CharField):
    """Several words, separated by commas, Chinese or not."""

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else "、".join(value)

    def to_python(self, value):
        words = (word.strip() for word in SEPARATORS.split(super().to_python(value) or ""))
        return list(dict.fromkeys(word for word in words if word))

    def has_changed(self, initial, data) -> bool:
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class OrganisationField(forms.CharField):
    """One organisation of `among` by name, code or former name; 「township village」 where a name occurs twice."""

    among = Organisation.objects.none()

    def __init__(self, **options):
        help_text = _("Its name or code. Where a name occurs twice: the township, a space, the name.")
        super().__init__(**{"help_text": help_text, "max_length": 200, **options})

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = list(named(self.among, typed)[: SUGGESTIONS + 1])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several are called so: %(names)s.") % {"names": listed(found)})
        near = list(self.among.found_by(typed)[:SUGGESTIONS])
        if near:
            raise forms.ValidationError(_("Nothing is called so. Do you mean: %(names)s?") % {"names": listed(near)})
        raise forms.ValidationError(_("Nothing in your scope has this name or code."))


def named(among, typed: str):
    above, _space, name = typed.strip().rpartition(" ")
    exactly = Q(name=name) | Q(division_code=name) | Q(uscc=name) | Q(aliases__value=name)
    found = among.open().filter(exactly if not above else exactly | Q(name=typed)).distinct()
    if above:
        paths = Organisation.objects.filter(name=above).values_list("path", flat=True)[:SUGGESTIONS]
        found = found.filter(Q(name=typed) | Q(path__in=[o.path for o in found if o.path.startswith(tuple(paths))]))
    return found


def listed(organisations: list[Organisation]) -> str:
    """Each with the organisation above it, as the field wants it typed."""
    above = dict(
        Organisation.objects.filter(path__in=[o.parent_path for o in organisations]).values_list("path", "name")
    )
    return "、".join(f"{above.get(o.parent_path, '')} {o.name}".strip() for o in organisations)
