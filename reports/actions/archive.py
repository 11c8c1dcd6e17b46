"""Asking for archive packages, keeping what was made, removing it again."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files, jobs
from organisations.history import act
from organisations.models import User
from pairing.models import Pairing, Round
from reports.archive.packing import Packed
from reports.models import ArchivePackage

MOST = 300  # pairings of one package
KEPT_DAYS = 14


@act(_("asked for an archive package"))
def ask_for_package(
    *,
    by: User,
    round: Round,
    rows: QuerySet[Pairing],
    year: int,
    base: str,
    at: datetime,
    pairing: Pairing | None = None,
) -> ArchivePackage:
    """Of these pairings; the same asked for twice while it is being made is one."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    keys = list(rows.order_by("village__path", "pk").values_list("pk", flat=True)[: MOST + 1])
    check(keys)
    known = ArchivePackage.objects.visible_to(by).being_made().filter(round=round, pairings=keys, year=year).first()
    if known is not None:
        return known
    package = ArchivePackage.objects.create(
        round=round, pairing=pairing, pairings=keys, year=year, base=base, asked_at=at, asked_by=by
    )
    package.job = jobs.start(
        by=by,
        kind="archive.pack",
        title=_("Archive package: %(what)s") % {"what": package},
        arguments={"package": package.pk},
        url=package.get_absolute_url(),
        organisation=round.organiser if by.can("round.manage", round.organiser) else None,
    )
    package.save(update_fields=["job"])
    return package


def check(keys: list[int]) -> None:
    if not keys:
        raise Refused(_("No pairing lies there that you may read. Change the area, then try again."))
    if len(keys) > MOST:
        raise Refused(
            _("More than %(most)s pairings lie there. Name a township, a unit or a village.") % {"most": MOST}
        )


@act(_("made an archive package"))
def keep_package(*, by: User | None, package: ArchivePackage, path: Path, packed: Packed, at: datetime) -> None:
    """A package that is kept already stays: the work may run twice."""
    package = ArchivePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if package.made_at is not None:
        return
    package.file = files.store_packed(path=path, name=f"{package}.zip", by=None)
    package.made_at, package.items, package.digest = at, packed.items, packed.digest
    package.size = package.file.size
    package.kept_until = timezone.localdate(at) + timedelta(days=KEPT_DAYS)
    package.save()


@act(_("removed an archive package"))
def remove_package(*, by: User, package: ArchivePackage) -> None:
    forget(ArchivePackage.objects.visible_to(by).filter(pk=package.pk))


@act(_("removed archive packages past their days"))
def remove_past(*, by: User | None, today: date) -> None:
    forget(ArchivePackage.objects.past(today))


def forget(packages: QuerySet[ArchivePackage]) -> None:
    """The entry stays: it says who had what in hand."""
    for package in packages.select_for_update(of=("self",)).filter(file__isnull=False).select_related("file"):
        file, package.file = package.file, None
        package.save(update_fields=["file"])
        if file is not None:
            files.remove(file)
