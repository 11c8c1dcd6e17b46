"""What every change of a roster of people begins with: the lock, and whether the entry is still kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.models import Organisation


def locked_place(organisation: Organisation) -> Organisation:
    """Whoever adds a namesake at the same moment waits."""
    place = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if place.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": place.name})
    return place


def locked(record: Any) -> Any:
    """The entry as it is now, until the end of the transaction."""
    model = type(record)
    return model.objects.select_for_update(of=["self"]).get(pk=record.pk)


def check_is_kept(record: Any) -> None:
    if record.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased; nothing can be added to it."))
    if record.left_on is not None:
        raise Refused(_("This entry has left the roster. Take it back first."))


def check_namesakes(record: Any, **known_by: Any) -> None:
    """Two people of one name are never taken for one: they differ in what `known_by` names, or are refused."""
    if type(record).objects.present().filter(**known_by).exclude(pk=record.pk).exists():
        raise Refused(
            _("%(name)s stands on this roster already. If it is somebody else, give a number that tells them apart.")
            % {"name": record.full_name}
        )
