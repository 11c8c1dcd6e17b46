"""What shows an activity: photos with a copy for others, papers, minutes, signatures given on the screen."""

import base64
import binascii
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image

from core.refusals import Refused
from office import files, watermark
from office.models import StoredFile
from organisations.history import act, note_capacity
from organisations.models import User
from visits.models import Activity, Evidence, MarkedCopy
from visits.querysets.activities import CONFIRM
from visits.states import RECORDED

LOG = "visit.log"
DRAWN_AS = "data:image/png;base64,"
MOST_BYTES = 500_000
MOST_SIGNATURES = 12
SIGNATURES = (Evidence.Kind.SIGNATURE, Evidence.Kind.VILLAGER)


def keep(activity: Activity, found: Iterable[tuple[str, StoredFile]], *, by: User, at: datetime) -> None:
    """Each with its kind; of a photo also the copy that others see."""
    made = Evidence.objects.bulk_create(
        Evidence(activity=activity, kind=kind, file=file, added_at=at, added_by=by) for kind, file in found
    )
    photos = [each for each in made if each.kind == Evidence.Kind.PHOTO]
    MarkedCopy.objects.bulk_create(
        MarkedCopy(evidence=each, file=copy_for_others(each.file, by, at)) for each in photos
    )


def copy_for_others(photo: StoredFile, by: User, at: datetime) -> StoredFile:
    moment = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    drawn = watermark.drawn_on(photo.path.read_bytes(), f"{moment}  {by.name}上传", f"{moment}  No. {by.pk}")
    return files.store_drawn(name=photo.name, content=drawn, by=by)


def take_along(old: Activity, new: Activity) -> None:
    """A correction shows what the record before it showed, as it was marked then."""
    before = list(old.evidence.select_related("file", "added_by", "marked__file"))
    made = Evidence.objects.bulk_create(
        Evidence(activity=new, kind=each.kind, file=each.file, added_at=each.added_at, added_by=each.added_by)
        for each in before
    )
    MarkedCopy.objects.bulk_create(
        MarkedCopy(evidence=fresh, file=each.marked.file)
        for fresh, each in zip(made, before, strict=True)
        if hasattr(each, "marked")
    )


@act(_("had an activity signed on the screen"))
def sign(*, by: User, activity: Activity, kind: str, drawn: str, at: datetime) -> Evidence:
    """By somebody of either side, on whose screen those present or a villager have signed."""
    activity = (
        Activity.objects.select_for_update(no_key=True, of=("self",)).select_related("pairing").get(pk=activity.pk)
    )
    entitle(by, activity)
    if kind not in SIGNATURES:
        raise Refused(_("Say who signs."))
    if activity.state not in RECORDED:
        raise Refused(_("Only what was done can be signed for."))
    if activity.evidence.filter(kind__in=SIGNATURES).count() >= MOST_SIGNATURES:
        raise Refused(_("At most %(number)s signatures belong to one activity.") % {"number": MOST_SIGNATURES})
    file = files.keep(checked(drawn), by=by)
    return Evidence.objects.create(activity=activity, kind=kind, file=file, added_at=at, added_by=by)


def entitle(by: User, activity: Activity) -> None:
    places = [activity.unit, activity.pairing.unit, activity.pairing.village]
    found = (by.capacity(permission, place) for place in places for permission in (LOG, CONFIRM))
    post = next(filter(None, found), None)
    if post is None:
        raise Refused(_("Only the two sides have an activity signed."))
    note_capacity(post)


def checked(drawn: str) -> files.Checked:
    """What the canvas sent, drawn anew as any picture; an empty one is no signature."""
    if not drawn.startswith(DRAWN_AS) or len(drawn) > MOST_BYTES:
        raise Refused(_("Sign in the field first, then save."))
    try:
        content = base64.b64decode(drawn.removeprefix(DRAWN_AS), validate=True)
    except binascii.Error as error:
        raise Refused(_("The signature did not arrive whole. Sign once more.")) from error
    found = files.check(upload=("签名.png", content), kind=StoredFile.Kind.PICTURE)
    with Image.open(io.BytesIO(found.content)) as image:
        lowest_and_highest: Sequence = image.convert("L" if image.mode == "RGB" else "LA").getextrema()
    if all(low == high for low, high in pairs_of(lowest_and_highest)):
        raise Refused(_("Sign in the field first, then save."))
    return found


def pairs_of(extrema: Sequence) -> list[tuple]:
    return list(extrema) if isinstance(extrema[0], tuple) else [tuple(extrema)]
