"""What is stored, in the columns of the rosters: reading it back changes nothing."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from organisations.kinds import UNITS, Kind
from organisations.models import Organisation
from organisations.rosters.columns import CLASS_COLUMNS, FACT_COLUMNS, REASON_WORDS
from organisations.rosters.directory import TOWNSHIP_KINDS

CHUNK = 2000


def units_below(place: Organisation) -> QuerySet[Organisation]:
    return Organisation.objects.under(place).open().filter(kind__in=UNITS)


def villages_below(place: Organisation) -> QuerySet[Organisation]:
    return Organisation.objects.under(place).open().villages()


def others_below(place: Organisation) -> QuerySet[Organisation]:
    """Everything that is neither unit nor village."""
    return Organisation.objects.under(place).open().exclude(pk=place.pk).exclude(kind__in=(*UNITS, Kind.VILLAGE))


def units(place: Organisation) -> Iterator[Mapping[str, object]]:
    rows = units_below(place).prefetch_related("strengths")
    names = names_above(place)
    for unit in rows.iterator(chunk_size=CHUNK):
        above = names.get(unit.parent_path, "")
        yield own_columns(unit) | {
            "parent": "" if unit.parent_path == place.path else above,
            "party_members": unit.party_members,
            "strengths": [strength.name for strength in unit.strengths.all()],
        }


def villages(place: Organisation) -> Iterator[Mapping[str, object]]:
    rows = villages_below(place).prefetch_related("facts", "needs")
    names = names_above(place, kinds=TOWNSHIP_KINDS)
    for village in rows.iterator(chunk_size=CHUNK):
        facts = next(iter(village.facts.all()), None)
        yield own_columns(village) | {
            "township": names.get(village.parent_path, ""),
            **{key: kind in village.classes for key, kind in CLASS_COLUMNS.items()},
            **{name: getattr(facts, name, None) for name in FACT_COLUMNS},
            "lagging_reasons": [REASON_WORDS[code][0] for code in facts.lagging_reasons] if facts else None,
            "year": facts.year if facts else None,
            "needs": [need.name for need in village.needs.all()],
        }


def organisations(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Those above first."""
    names = names_above(place)
    for node in others_below(place).iterator(chunk_size=CHUNK):
        yield own_columns(node) | {"parent": names.get(node.parent_path, ""), "party_members": node.party_members}


def own_columns(organisation: Organisation) -> dict[str, object]:
    names = ("name", "kind", "level", "uscc", "division_code", "contact_name", "contact_phone")
    return {name: getattr(organisation, name) for name in names}


def names_above(place: Organisation, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Path → name of those that have something below them."""
    rows = Organisation.objects.under(place).filter(numchild__gt=0)
    return dict((rows.filter(kind__in=kinds) if kinds else rows).values_list("path", "name"))
