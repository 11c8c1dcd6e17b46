"""Keeping the tree of organisations, and what is known of units and villages."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.indexing import refresh
from organisations.kinds import DESKS, Kind, VillageClass
from organisations.models import Alias, Organisation, User, VillageFacts
from organisations.policies import check_may_edit

FIELDS = (
    "name",
    "kind",
    "level",
    "division_code",
    "uscc",
    "classes",
    "tags",
    "party_members",
    "contact_name",
    "contact_phone",
)

JUDGED = {"tier", "lagging_reasons"}


@act(_("added an organisation"))
def add_organisation(*, by: User | None, parent: Organisation, fields: dict) -> Organisation:
    parent = locked(parent)
    check_may_edit(by, parent)
    if parent.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": parent.name})
    organisation = Organisation.objects.add_child(parent, {name: fields[name] for name in FIELDS if name in fields})
    refresh(organisation)
    return organisation


@act(_("added an organisation"))
def add_root(*, by: None, fields: dict) -> Organisation:
    """The top of a tree; only the command line may add one."""
    if by is not None:
        raise Refused(_("Only the command line can add the top of a tree."))
    organisation = Organisation.objects.add_root({name: fields[name] for name in FIELDS if name in fields})
    refresh(organisation)
    return organisation


@act(_("changed an organisation"))
def change_organisation(*, by: User | None, organisation: Organisation, fields: dict, on: date) -> Organisation:
    """A former name stays findable as an alias whose last day is the day before `on`."""
    organisation = locked(organisation)
    check_may_edit(by, organisation)
    kind = fields.get("kind", organisation.kind)
    if kind != organisation.kind and {kind, organisation.kind} & set(DESKS):
        check_may_edit(by, above(organisation))  # a desk reaches what is above it
    if fields.get("name", organisation.name) != organisation.name:
        keep_former_name(organisation, on)
    for name in FIELDS:
        setattr(organisation, name, fields.get(name, getattr(organisation, name)))
    organisation.save()
    refresh(organisation)
    return organisation


def keep_former_name(organisation: Organisation, on: date) -> None:
    Alias.objects.update_or_create(
        organisation=organisation,
        kind=Alias.Kind.FORMER_NAME,
        value=organisation.name,
        defaults={"valid_until": on - timedelta(days=1)},
    )


@act(_("changed the contact of a unit"))
def change_contact(*, by: User | None, unit: Organisation, contact_name: str, contact_phone: str) -> Organisation:
    unit = locked(unit)
    check_may_edit(by, unit, "unit.edit")
    unit.contact_name, unit.contact_phone = contact_name, contact_phone
    unit.save(update_fields=["contact_name", "contact_phone"])
    return unit


@act(_("moved an organisation"))
def move_organisation(*, by: User | None, organisation: Organisation, parent: Organisation) -> Organisation:
    """With everything below it: whoever is appointed above the new place sees it from now on."""
    # Both rows in one order, so that two people who move each other's organisations do not wait for each other.
    rows = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=[organisation.pk, parent.pk])}
    organisation, parent = rows[organisation.pk], rows[parent.pk]
    check_may_edit(by, above(organisation))
    check_may_edit(by, parent)
    if parent.path.startswith(organisation.path):
        raise Refused(_("An organisation can't be moved below itself."))
    if parent.path == organisation.parent_path:
        raise Refused(_("%(name)s belongs there already.") % {"name": organisation.name})
    if parent.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": parent.name})
    Organisation.objects.move(organisation, parent, pos="last-child")
    return Organisation.objects.get(pk=organisation.pk)


@act(_("reopened an organisation"))
def reopen_organisation(*, by: User | None, organisation: Organisation) -> Organisation:
    organisation = locked(organisation)
    check_may_edit(by, above(organisation))
    follows = (
        organisation.steps_from.exclude(successor=None).exclude(successor=organisation).select_related("successor")
    )
    if successor := follows.last():
        words = _("%(name)s became %(successor)s; it can't be opened again. Add a new organisation instead.")
        raise Refused(words % {"name": organisation.name, "successor": successor.new_name})
    code = organisation.division_code
    if code and Organisation.objects.open().filter(division_code=code).exclude(pk=organisation.pk).exists():
        raise Refused(_("Another organisation has this division code."))
    organisation.closed_on = None
    organisation.save(update_fields=["closed_on"])
    return organisation


@act(_("added another name"))
def add_alias(*, by: User | None, organisation: Organisation, kind: str, value: str) -> Alias:
    check_may_edit(by, organisation)
    alias, _created = Alias.objects.get_or_create(organisation=organisation, kind=kind, value=value)
    refresh(organisation)
    return alias


@act(_("removed another name"))
def remove_alias(*, by: User | None, alias: Alias) -> None:
    check_may_edit(by, alias.organisation)
    alias.delete()
    refresh(alias.organisation)


@act(_("recorded the facts of a village"))
def record_facts(*, by: User | None, village: Organisation, year: int, fields: dict) -> VillageFacts:
    """One row a year; recording it again replaces it. How the village is judged, it does not say of itself (XY-14)."""
    check_may_edit(by, village, "village.edit")
    if village.kind != Kind.VILLAGE:
        raise Refused(_("Facts per year are kept for villages only."))
    if JUDGED & fields.keys():
        check_may_edit(by, village)
    if fields.get("lagging_reasons") and VillageClass.LAGGING not in village.classes:
        words = _("Reasons are kept for lagging villages only (TC-06): give %(name)s this class first.")
        raise Refused(words % {"name": village.name})
    facts, _created = VillageFacts.objects.update_or_create(village=village, year=year, defaults=fields)
    return facts


@act(_("changed the needs of a village"))
def keep_needs(*, by: User | None, village: Organisation, formset) -> None:
    check_may_edit(by, village, "village.edit")
    formset.save()


@act(_("changed the strengths of a unit"))
def keep_strengths(*, by: User | None, unit: Organisation, formset) -> None:
    check_may_edit(by, unit, "unit.edit")
    formset.save()


def above(organisation: Organisation) -> Organisation:
    """Closing, moving and making a desk concern the organisation above; a root answers for itself."""
    return Organisation.objects.get_parent(organisation) or organisation


def locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)
