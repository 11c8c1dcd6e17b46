"""Giving organisations their part in the work of an area, and taking it back (AH-38, TN-20)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.kinds import Kind
from organisations.mandates import PARTS
from organisations.models import Mandate, Organisation, User
from organisations.policies import check_may_edit


@act(_("gave an organisation its part in the work"))
def give_mandate(*, by: User | None, area: Organisation, holder: Organisation, part: str, since: date) -> Mandate:
    """The holder is the committee of the area itself or stands below it; its kind fits the part."""
    check_may_edit(by, area)
    area = Organisation.objects.select_for_update(no_key=True).get(pk=area.pk)
    described = PARTS[part]
    if not holder.path.startswith(area.path):
        raise Refused(_("%(holder)s does not belong to %(area)s.") % {"holder": holder.name, "area": area.name})
    if holder.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": holder.name})
    if holder.kind not in described.kinds:
        kinds = "、".join(str(Kind(kind).label) for kind in described.kinds)
        words = _("%(name)s is of the kind “%(kind)s”. The part “%(part)s” is for: %(kinds)s.")
        raise Refused(
            words % {"name": holder.name, "kind": holder.get_kind_display(), "part": described.name, "kinds": kinds}
        )
    standing = area.mandates.filter(part=part).current(since)
    if described.one and (other := standing.exclude(holder=holder).select_related("holder").first()):
        words = _("%(name)s has the part “%(part)s”, which only one can have: end it there first.")
        raise Refused(words % {"name": other.holder.name, "part": described.name})
    if standing.filter(holder=holder).exists():
        raise Refused(_("%(name)s has the part “%(part)s” already.") % {"name": holder.name, "part": described.name})
    return Mandate.objects.create(area=area, holder=holder, part=part, since=since)


@act(_("ended an organisation's part in the work"))
def end_mandate(*, by: User | None, mandate: Mandate, on: date) -> Mandate:
    """`on` is its last day."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("area").get(pk=mandate.pk)
    check_may_edit(by, mandate.area)
    if mandate.until is not None and mandate.until <= on:
        raise Refused(_("It ended already on an earlier day."))
    if on < mandate.since:
        raise Refused(_("The first day must not be after the last."))
    mandate.until = on
    mandate.save(update_fields=["until"])
    return mandate
