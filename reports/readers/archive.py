"""Who can read an archive package."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, person, readers_of
from reports.models import ArchivePackage


@readers_of(ArchivePackage)
def of_package(package: ArchivePackage) -> Readers:
    return Readers(person(_("Whoever asked for it, as long as they see all pairings in it"), package.asked_by))
