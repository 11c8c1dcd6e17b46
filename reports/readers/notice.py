"""Who can read circulars and notices."""

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Left, Length
from django.utils.translation import gettext as _

from organisations.audience import STEP, Circle, Readers, reaching, readers_of
from organisations.kinds import DESKS
from organisations.models import Organisation
from reports.inspection.states import NoticeKind, NoticeState
from reports.models import Notice
from reports.querysets.notice import WRITE


@readers_of(Notice)
def of_notice(notice: Notice) -> Readers:
    """Who writes it; once issued also everybody above, and the recipients with those above them."""
    issuer, name = notice.organisation, {"name": notice.organisation.name}
    if notice.state == NoticeState.DRAFT:
        return Readers([reaching(_("Who writes circulars and notices of %(name)s") % name, issuer, permission=WRITE)])
    found = Readers([reaching(_("Posts of %(name)s and above") % name, issuer), recipients(notice)])
    if notice.kind == NoticeKind.COMMENDATION and notice.state == NoticeState.ISSUED:
        found.public.append(_("Which organisations are commended, as what, and why."))
    return found


def recipients(notice: Notice) -> Circle:
    """Posts that reach one of the recipients, however many there are."""
    desk = When(kind__in=DESKS, depth__gt=1, then=Left("path", Length("path") - STEP))
    sent = notice.receipts.filter(organisation__path__startswith=OuterRef("scope"))
    places = Organisation.objects.order_by().annotate(scope=Case(desk, default=F("path"))).filter(Exists(sent))
    words = _("Posts of those to whom it was sent, and above; inside the Party, never in public")
    return Circle(words, Q(organisation__in=places.values("pk")))
