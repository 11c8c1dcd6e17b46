"""Who can read a local form."""

from django.utils.translation import gettext as _

from organisations.audience import Circle, Readers, covering, readers_of
from reports.models import LocalForm


@readers_of(LocalForm)
def of_form(form: LocalForm) -> Readers:
    words = _("Posts of %(name)s itself, neither above nor below") % {"name": form.organisation.name}
    return Readers([Circle(words, covering({form.organisation.path}))])
