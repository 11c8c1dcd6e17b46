"""An archive package, a local form and a kept view in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from office.models import StoredFile
from organisations.models import User
from pairing.models import Pairing
from reports.models import ArchivePackage, LocalForm, SavedView


def archived(pairing: Pairing, by: User, file: StoredFile, mark: str) -> dict[str, Any]:
    """A package that is not made yet, a local form, a kept view, by the beginning of their addresses."""
    package = ArchivePackage.objects.create(
        round=pairing.round, pairing=pairing, pairings=[pairing.pk], year=2026, base="http://localhost/",
        asked_at=timezone.now(), asked_by=by,
    )  # fmt: skip
    office = pairing.round.organiser
    form = LocalForm.objects.create(
        organisation=office, name=f"{mark}表", file=file, about="village", sheet=f"{mark}表", header_rows=[1],
        headings=["村名"], mapping={"0": "name"}, confirmed_at=timezone.now(), handed_in_at=timezone.now(),
        handed_in_by=by,
    )  # fmt: skip
    view = SavedView.objects.create(
        table="T1", name=f"{mark}看结对", query="by=class", organisation=office, kept_at=timezone.now(), kept_by=by
    )
    return {"archive": package, "one-form": form, "statistics/views": view}
