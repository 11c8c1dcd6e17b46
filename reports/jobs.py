"""Background work of reports: archive packages."""

from urllib.parse import urljoin

from django.utils import timezone
from django.utils.translation import gettext as _

from office.files import unfinished
from office.running import RunningJob, worker
from reports.actions.archive import keep_package
from reports.archive.packing import pack
from reports.models import ArchivePackage


@worker("archive.pack")
def make_package(job: RunningJob, *, package: int) -> dict | None:
    """With the eyes of whoever asked, as they are when it is made."""
    found = ArchivePackage.objects.select_related("asked_by").get(pk=package)
    if found.made_at is not None:
        return None
    path = unfinished(".zip")
    try:
        packed = pack(
            path,
            found.asked_by,
            found.pairings,
            found.year,
            lambda address: urljoin(found.base, address),
            lambda done, total, _message: job.progress(done, total, _("packing")),
        )
        keep_package(by=job.by, package=found, path=path, packed=packed, at=timezone.now())
    finally:
        path.unlink(missing_ok=True)
    return {"items": packed.items}
