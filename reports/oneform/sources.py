"""How the fields of a form are read: each source is one statement for all rows, through what the person may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Left, Length

from core.masking import mask_phone
from funds.figures import SIGNED
from funds.kinds import EntryKind
from funds.models import Entry, Project
from funds.projects.states import ProjectState
from funds.querysets.disclosure import disclosed, to_disclose
from members.models import FloatingRecord, PersonPair
from organisations.kinds import Level, VillageClass
from organisations.models import Appointment, Organisation, VillageFacts
from pairing.models import Issue, Pairing
from pairing.schemes.words import Nature
from pairing.states import PairingState, PartnerState
from reports.models import ReportedFigure
from reports.oneform.asked import Asked, Values
from visits.models import Activity
from visits.models.tally import TRIPS
from visits.tallies import counted_activities

STEP = Organisation.steplen
STOOD = (PairingState.SIGNED, PairingState.ENDED)
K = EntryKind


def own(asked: Asked) -> Values:
    above = Organisation.objects.order_by().filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - STEP))
    rows = asked.rows.annotate(above=Subquery(above.values("name")[:1]))
    return {
        each.pk: {
            "name": each.name,
            "above": each.above or "",
            "kind": each.get_kind_display(),
            "level": str(Level(each.level).label) if each.level else "",
            "classes": "、".join(str(VillageClass(one).label) for one in each.classes),
            "division_code": each.division_code,
            "uscc": each.uscc,
            "party_members": each.party_members,
            "contact_name": each.contact_name,
            "contact_phone": mask_phone(each.contact_phone),
        }
        for each in rows
    }


def facts(asked: Asked) -> Values:
    """Of the newest year up to the last day."""
    rows = VillageFacts.objects.filter(village__in=asked.keys, year__lte=asked.until.year)
    names = ("households", "population", "collective_income", "villagers_income")
    found = rows.order_by("village", "-year").distinct("village").values("village", "party_members", *names)
    return {
        each["village"]: {name: each[name] for name in names} | {"village_members": each["party_members"]}
        for each in found
    }


def secretaries(asked: Asked) -> Values:
    """Who holds the post today; else whom the roster of villages names."""
    role = "village_secretary" if asked.is_of_villages else "branch_secretary"
    posts = Appointment.objects.current().filter(organisation=OuterRef("pk"), role=role, user__is_active=True)
    names = ArraySubquery(posts.order_by("since", "pk").values("user__name"))
    rows = asked.rows.annotate(names=names).values_list("pk", "names", "contact_name")
    named = asked.is_of_villages
    return {pk: {"secretary": "、".join(found) or (contact if named else "") or None} for pk, found, contact in rows}


def partners(asked: Asked) -> Values:
    """Whom the round pairs them with, its term; of a unit the villages that it helps as a partner too."""
    rows = Pairing.objects.visible_to(asked.user).filter(state__in=STOOD)
    rows = rows.filter(round=asked.round) if asked.round else rows.filter(state=PairingState.SIGNED)
    joined = Q(partners__state=PartnerState.JOINED)
    rows = rows.annotate(
        joined=ArrayAgg("partners__unit__name", filter=joined, distinct=True, default=[]),
        joined_keys=ArrayAgg("partners__unit", filter=joined, distinct=True, default=[]),
    )
    columns = ("unit", "unit__name", "village", "village__name", "round__name", "signed_on", "ends_on", "ended_on")
    found: dict[int, list[dict]] = defaultdict(list)
    for each in rows.order_by("signed_on", "pk").values(*columns, "joined", "joined_keys").distinct():
        for pk in [each["village"]] if asked.is_of_villages else [each["unit"], *each["joined_keys"]]:
            found[pk].append(each)
    return {pk: paired(asked, pairings) for pk, pairings in found.items()}


def paired(asked: Asked, pairings: list[dict]) -> dict[str, Any]:
    if asked.is_of_villages:
        names = [name for each in pairings for name in (each["unit__name"], *each["joined"])]
    else:
        names = [each["village__name"] for each in pairings]
    signed = [each["signed_on"] for each in pairings if each["signed_on"]]
    ends = [day for each in pairings if (day := each["ended_on"] or each["ends_on"])]
    return {
        "partners": "、".join(dict.fromkeys(names)),
        "pairings": len(pairings),
        "round": "、".join(dict.fromkeys(each["round__name"] for each in pairings)),
        "signed_on": min(signed, default=None),
        "ends_on": max(ends, default=None),
    }


def activities(asked: Asked) -> Values:
    rows = counted_activities(Activity.objects.visible_to(asked.user)).filter(on__range=asked.days)
    rows = rows.filter(pairing__round=asked.round) if asked.round else rows
    counted = {
        "activities": Count("pk", distinct=True),
        "visits": Count("pk", filter=Q(nature__in=TRIPS), distinct=True),
        "goodwill_visits": Count("pk", filter=Q(nature=Nature.GOODWILL_VISIT), distinct=True),
        "trainings": Count("pk", filter=Q(nature=Nature.TRAINING), distinct=True),
        "trained": Sum("person_times", filter=Q(nature=Nature.TRAINING)),
        "lectures": Count("pk", filter=Q(nature=Nature.PARTY_LECTURE), distinct=True),
        "meetings": Count("pk", filter=Q(nature=Nature.JOINT_MEETING), distinct=True),
        "good_deeds": Count("pk", filter=Q(nature=Nature.GOOD_DEED), distinct=True),
        "last_visit": Max("on", filter=Q(nature__in=TRIPS)),
    }
    return by_place(asked, rows, "pairing__village" if asked.is_of_villages else "unit", counted)


def money(asked: Asked) -> Values:
    """In yuan; what was reversed is taken off. Of a unit: what the villages confirmed of its gifts."""
    rows = Entry.objects.visible_to(asked.user).filter(on__range=asked.days)
    rows = rows.filter(fund__pairing__round=asked.round) if asked.round else rows
    kinds = {
        "promised": K.PLEDGE, "received": K.RECEIPT, "goods": K.GOODS, "coordinated": K.COORDINATED,
        "investment": K.INVESTMENT, "spent": K.SPENDING,
    }  # fmt: skip
    sums: dict[str, Any] = {name: Sum(SIGNED, filter=Q(kind=kind)) for name, kind in kinds.items()}
    return by_place(asked, rows, "fund__holder" if asked.is_of_villages else "giver", sums)


def published(asked: Asked) -> Values:
    rows = to_disclose(Entry.objects.visible_to(asked.user)).filter(on__range=asked.days)
    rows = rows.filter(fund__pairing__round=asked.round) if asked.round else rows
    counted = {"to_publish": Count("pk"), "published": Count("pk", filter=Q(disclosed()))}
    return by_place(asked, rows, "fund__holder", counted)


def helped(asked: Asked) -> Values:
    """Who is helped person to person today."""
    rows = PersonPair.objects.visible_to(asked.user).effective()
    counted = {
        "households_helped": Count("target_household", distinct=True),
        "helpers": Count("helper_member", distinct=True),
    }
    return by_place(asked, rows, "village" if asked.is_of_villages else "unit", counted)


def floating(asked: Asked) -> Values:
    rows = FloatingRecord.objects.visible_to(asked.user).floating()
    return by_place(asked, rows, "origin", {"floating": Count("pk", distinct=True)})


def projects(asked: Asked) -> Values:
    rows = Project.objects.visible_to(asked.user).filter(planned_at__date__lte=asked.until)
    rows = rows.filter(round=asked.round) if asked.round else rows
    counted = {
        "projects": Count("pk", distinct=True),
        "projects_accepted": Count("pk", filter=Q(state=ProjectState.ACCEPTED), distinct=True),
        "project_titles": ArrayAgg("title", distinct=True, default=[]),
    }
    return by_place(asked, rows, "place" if asked.is_of_villages else "pairing__unit", counted)


def issues(asked: Asked) -> Values:
    """Today's open ones, and those raised in the days."""
    rows = Issue.objects.visible_to(asked.user)
    rows = rows.filter(pairing__round=asked.round) if asked.round else rows
    counted = {
        "issues_open": Count("pk", filter=Q(pk__in=Issue.objects.pending().order_by().values("pk")), distinct=True),
        "issues_raised": Count("pk", filter=Q(raised_at__date__range=asked.days), distinct=True),
    }
    return by_place(asked, rows, "pairing__village" if asked.is_of_villages else "pairing__unit", counted)


def figures(asked: Asked) -> Values:
    """What no record counts and somebody reported (reports/figures/measures.yaml)."""
    rows = ReportedFigure.objects.visible_to(asked.user).filter(place__in=asked.keys).counted(*asked.days)
    rows = rows.filter(round=asked.round) if asked.round else rows
    found: Values = defaultdict(dict)
    for pk, measure, number in rows.order_by().values_list("place", "measure").annotate(of=Sum("number")):
        found[pk][f"figure_{measure}"] = number
    return found


def by_place(asked: Asked, rows: Any, column: str, counted: dict[str, Any]) -> Values:
    """Grouped by the organisation at `column`."""
    found = rows.filter(**{f"{column}__in": asked.keys}).order_by().values(of_place=F(column)).annotate(**counted)
    return {each.pop("of_place"): plain(each) for each in found}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: "、".join(value) if isinstance(value, list) else value for name, value in values.items()}


def merged(each: Iterable[Values]) -> Values:
    found: Values = defaultdict(dict)
    for values in each:
        for pk, more in values.items():
            found[pk].update(more)
    return found
