"""Who can read floating members and what hangs on them, in words."""

from django.utils.translation import gettext as _

from members.models import FloatingApplicant, FloatingForum, FloatingInquiry, FloatingRecord, GreetingBatch
from members.querysets.floating import KEEP
from organisations.audience import Circle, Readers, person, reaching, readers_of
from organisations.models import Organisation


@readers_of(FloatingRecord)
def of_floating(record: FloatingRecord) -> Readers:
    """Both places (AH-33), and the member."""
    return Readers([*keepers(record.origin, record.destination), *person(_("The member"), record.member.user)])


@readers_of(FloatingInquiry)
def of_inquiry(inquiry: FloatingInquiry) -> Readers:
    return Readers(keepers(inquiry.asker, inquiry.asked))


@readers_of(GreetingBatch)
@readers_of(FloatingForum)
def of_place(record: GreetingBatch | FloatingForum) -> Readers:
    return Readers(keepers(record.place))


@readers_of(FloatingApplicant)
def of_applicant(applicant: FloatingApplicant) -> Readers:
    return Readers(keepers(applicant.origin, applicant.destination))


def keepers(*places: Organisation | None) -> list[Circle]:
    return [
        reaching(_("Those who keep floating members of %(name)s") % {"name": place.name}, place, permission=KEEP)
        for place in places
        if place is not None
    ]
