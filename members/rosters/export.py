"""Who is on the rosters of a place, in the columns of the rosters: reading it back changes nothing."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, Prefetch

from members.kinds import Mark, PairKind
from members.models import FloatingRecord, Household, Member, PersonPair
from members.rosters.columns import Stay
from organisations.kinds import Kind
from organisations.models import Organisation, OrganisationLink
from organisations.querysets import within
from organisations.rosters.directory import TOWNSHIP_KINDS
from organisations.rosters.export import names_above

CHUNK = 2000


def members_below(place: Organisation):
    return Member.objects.filter(within([place.path], "organisation__path"), erased_at=None).present()


def households_below(place: Organisation):
    return Household.objects.filter(within([place.path], "village__path"), erased_at=None).present()


def members(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Everybody but those of work teams, who have a roster of their own."""
    townships = names_above(place, kinds=TOWNSHIP_KINDS)
    rows = members_below(place).exclude(organisation__kind=Kind.WORK_TEAM).select_related("organisation")
    away = FloatingRecord.objects.away().select_related("destination")
    rows = rows.prefetch_related(Prefetch("floating_records", away, "stays"))
    for member in rows.iterator(chunk_size=CHUNK):
        home = member.organisation
        is_village = home.kind == Kind.VILLAGE
        yield own_columns(member) | {
            "unit": "" if is_village else home.name,
            "township": townships.get(home.parent_path, "") if is_village else "",
            "village": home.name if is_village else "",
            "is_party_member": member.is_party_member,
            "needy": Mark.NEEDY in member.marks,
            **stay_columns(member.stays, is_village),
        }


def stay_columns(stays: list[FloatingRecord], is_village: bool) -> dict[str, object]:
    """Who is away, since when and where; of villagers also that they are at home."""
    if not stays:
        return {"floating": Stay.HOME} if is_village else {}
    return {"floating": Stay.AWAY, "away_since": stays[0].leaves_on, "destination": stays[0].where}


def cadres(place: Organisation) -> Iterator[Mapping[str, object]]:
    rows = members_below(place).filter(organisation__kind=Kind.WORK_TEAM).select_related("organisation")
    for member in rows.iterator(chunk_size=CHUNK):
        yield own_columns(member) | {"unit": member.organisation.name}


def own_columns(member: Member) -> dict[str, object]:
    return {
        "person": member.name,
        "number": member.number,
        "rank": member.rank,
        "post": member.post,
        "phone": member.phone,
    }


def teams(place: Organisation) -> Iterator[Mapping[str, object]]:
    """The teams, each with the villages that it serves today."""
    served: dict[int, list[str]] = {}
    links = OrganisationLink.objects.filter(within([place.path], "holder__path"), until=None)
    links = links.filter(kind=OrganisationLink.Kind.SERVED).order_by("member__path")
    for team, village in links.values_list("holder", "member__name"):
        served.setdefault(team, []).append(village)
    for team in Organisation.objects.under(place).open().filter(kind=Kind.WORK_TEAM).iterator(chunk_size=CHUNK):
        if team.pk in served:
            yield {"name": team.name, "villages": served[team.pk]}


def households(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Without class and causes, which no export holds (P-34); each with the cadre who has looked after it longest."""
    townships = names_above(place, kinds=TOWNSHIP_KINDS)
    rows = households_below(place).select_related("village").order_by("village__path", "pk")
    for household in rows.prefetch_related(Prefetch("helped_in", helpers(), "helpers")).iterator(chunk_size=CHUNK):
        helper = household.helpers[0].helper_member if household.helpers else None
        yield {
            "township": townships.get(household.village.parent_path, ""),
            "village": household.village.name,
            "head": household.head,
            "number": household.number,
            "group": household.group,
            "people": household.people,
            "phone": household.phone,
            "is_needy": household.is_needy,
            "cadre_number": helper.number if helper else "",
            "cadre": helper.name if helper else "",
            "cadre_unit": helper.organisation.name if helper else "",
        }


def helpers():
    pairs = PersonPair.objects.active().filter(kind=PairKind.CADRE_HOUSEHOLD).order_by("since", "pk")
    return pairs.select_related("helper_member__organisation")


def leaders(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Those of the place itself who look after villages."""
    pairs = PersonPair.objects.active().filter(kind=PairKind.LEADER_VILLAGE, helper_member__organisation=place)
    villages: dict[int, list[str]] = {}
    for leader, village in pairs.order_by("village__path").values_list("helper_member", "village__name"):
        villages.setdefault(leader, []).append(village)
    for member in members_below(place).filter(pk__in=villages):
        yield own_columns(member) | {"villages": villages[member.pk]}


def member_pairs(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Phone numbers stand here only where nothing else tells two people of one name apart."""
    townships, shared = names_above(place, kinds=TOWNSHIP_KINDS), names_of_several(place)
    pairs = PersonPair.objects.active().filter(within([place.path], "village__path"), kind=PairKind.MEMBER_MEMBER)
    rows = pairs.select_related("helper_member", "target_member", "unit", "village").order_by("village__path", "pk")
    for pair in rows.iterator(chunk_size=CHUNK):
        yield {
            **person(pair.helper_member, "helper", shared),
            "unit": pair.unit.name,
            **person(pair.target_member, "target", shared),
            "township": townships.get(pair.village.parent_path, ""),
            "village": pair.village.name,
        }


def person(member: Member, column: str, shared: set[tuple[int, str]]) -> dict[str, str]:
    told = member.number or (member.organisation_id, member.name) not in shared
    return {
        column: member.name,
        f"{column}_number": member.number,
        f"{column}_phone": "" if told else member.phone,
    }


def names_of_several(place: Organisation) -> set[tuple[int, str]]:
    """Organisation and name of people of one name."""
    groups = members_below(place).order_by().values("organisation", "name").annotate(people=Count("pk"))
    return set(groups.filter(people__gt=1).values_list("organisation", "name"))
