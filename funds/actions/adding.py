"""A voucher that turned up after its entry lies beside it; the entry stays as it was entered."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.entering import MOST_VOUCHERS, entitled
from funds.actions.opening import locked
from funds.models import Entry, LateVoucher
from office import files
from office.models import StoredFile
from organisations.history import act
from organisations.models import User


@act(_("added a voucher to an entry of a ledger"))
def add_voucher(
    *, by: User, entry: Entry, upload: UploadedFile | tuple[str, bytes], words: str, at: datetime
) -> LateVoucher:
    """By the side whose entry it is. The same file once more is the same voucher."""
    if not words.strip():
        raise Refused(_("Say why it comes only now."))
    if entry.corrects_id is not None:
        raise Refused(_("A reversal has no vouchers of its own: add it to the entry that it reverses."))
    fund = locked(entry.fund)
    post = entitled(by, fund, entry.rule.hand, entry.giver)
    checked = files.check(upload=upload, kind=StoredFile.Kind.SCAN)
    file = files.keep(checked, by=by)
    if file.sha256 in entry.vouchers:
        raise Refused(_("The entry has this voucher already."))
    late = entry.late_papers.all()
    if known := late.filter(sha256=file.sha256).first():
        return known
    if len(entry.vouchers) + late.count() >= MOST_VOUCHERS:
        raise Refused(_("At most %(number)s vouchers belong to one entry.") % {"number": MOST_VOUCHERS})
    return LateVoucher.objects.create(
        entry=entry, file=file, sha256=file.sha256, words=words.strip(), added_at=at, added_by=by, added_as=post
    )
