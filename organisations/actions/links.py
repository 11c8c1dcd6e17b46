"""Joint Party organisations and their members, teams and the villages they serve (AH-30)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.kinds import JOINABLE, LINKS_OF_KIND
from organisations.models import Organisation, OrganisationLink, User
from organisations.policies import check_may_edit


@act(_("linked an organisation"))
def add_link(
    *, by: User | None, holder: Organisation, member: Organisation, since: date, until: date | None = None
) -> OrganisationLink:
    """`holder` is a joint organisation or a team; both lie where `by` may change organisations."""
    check_may_edit(by, holder)
    check_may_edit(by, member)
    for organisation in (holder, member):
        if organisation.closed_on is not None:
            raise Refused(_("%(name)s is closed.") % {"name": organisation.name})
    kind = LINKS_OF_KIND.get(holder.kind)
    if kind is None:
        raise Refused(_("Only a joint Party organisation or a work team has members or villages of this sort."))
    if member.kind not in JOINABLE[kind]:
        words = _("%(name)s is of the kind “%(kind)s”, which can't be joined here.")
        raise Refused(words % {"name": member.name, "kind": member.get_kind_display()})
    if until is not None and until < since:
        raise Refused(_("The first day must not be after the last."))
    Organisation.objects.select_for_update(no_key=True).get(pk=holder.pk)
    if OrganisationLink.objects.filter(holder=holder, member=member).current(since).exists():
        raise Refused(
            _("%(member)s is linked with %(holder)s already.") % {"member": member.name, "holder": holder.name}
        )
    return OrganisationLink.objects.create(kind=kind, holder=holder, member=member, since=since, until=until)


@act(_("ended the link of an organisation"))
def end_link(*, by: User | None, link: OrganisationLink, on: date) -> OrganisationLink:
    """`on` is its last day."""
    link = OrganisationLink.objects.select_for_update(of=("self",)).select_related("holder").get(pk=link.pk)
    check_may_edit(by, link.holder)
    if link.until is not None and link.until <= on:
        raise Refused(_("It ended already on an earlier day."))
    if on < link.since:
        raise Refused(_("The first day must not be after the last."))
    link.until = on
    link.save(update_fields=["until"])
    return link
