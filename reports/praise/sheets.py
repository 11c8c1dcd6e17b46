"""What the records say beside a contest sheet: confirmed activities and reported figures of each comparison."""

from collections import defaultdict
from dataclasses import asdict, dataclass

from django.db.models import Count, Q
from django.urls import reverse

from core.figures import address
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import DirectoryEntry
from reports.figures.measures import named
from reports.models import Contest, ReportedFigure
from reports.praise.states import Contestant
from visits.models import Activity
from visits.states import RECORDED, ActivityState


@dataclass(frozen=True)
class Beside:
    """A figure with its name and the list behind it; `words` with the denominator, or as its source printed it."""

    name: str
    words: str
    url: str


def contestants_of(contest: Contest):
    below = Organisation.objects.under(contest.organisation).exclude(pk=contest.organisation_id).open()
    if contest.among == Contestant.TOWNSHIP:
        return below.filter(kind=Kind.TOWNSHIP).order_by("path")
    listed = DirectoryEntry.objects.current(contest.round).villages().order_by().values("organisation")
    return below.filter(pk__in=listed).order_by("path")


def permission_in(contest: Contest) -> str:
    """By which a contestant hands its sheet in."""
    return "village.act" if contest.among == Contestant.VILLAGE else "report.file"


def contestants_for(user: User, contest: Contest):
    """Those for which the user hands in."""
    return contestants_of(contest).filter(within(user.scopes(permission_in(contest))))


def figures_of(contest: Contest, organisation: Organisation) -> dict[str, list[dict[str, str]]]:
    """By comparison: two statements, however many comparisons and figures there are."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    done = activities(contest, organisation)
    said = reported(contest, organisation)
    days = {"since": contest.since.isoformat(), "until": contest.until.isoformat()}
    for each in contest.comparisons:
        if each.key in done:
            name, confirmed, recorded = done[each.key]
            url = address(reverse("activities"), q=organisation.name, **days)
            found[each.key].append(asdict(Beside(name, f"{confirmed} / {recorded}", url)))
        measures = [measure for measure in map(named, each.figures) if measure]
        found[each.key] += [
            asdict(Beside(measure.name, f"{figure.words}（{figure.document}）", figure.get_absolute_url()))
            for measure in measures
            for figure in said.get(measure.code, [])
        ]
    return dict(found)


def activities(contest: Contest, organisation: Organisation) -> dict[str, tuple[str, int, int]]:
    """By the code of the comparison: what the activity is called, how many were confirmed of those recorded."""
    rows = Activity.objects.filter(
        within([organisation.path], "pairing__village__path"), pairing__round=contest.round, state__in=RECORDED,
        on__range=(contest.since, contest.until), kind__in=[each.key for each in contest.comparisons],
    )  # fmt: skip
    confirmed = Count("pk", filter=Q(state=ActivityState.CONFIRMED))
    numbered = rows.order_by().values("kind", "name").annotate(confirmed=confirmed, recorded=Count("pk"))
    return {
        key: (name, of, all) for key, name, of, all in numbered.values_list("kind", "name", "confirmed", "recorded")
    }


def reported(contest: Contest, organisation: Organisation) -> dict[str, list[ReportedFigure]]:
    found: dict[str, list[ReportedFigure]] = defaultdict(list)
    measures = [measure for each in contest.comparisons for measure in map(named, each.figures) if measure]
    rows = ReportedFigure.objects.filter(place=organisation, measure__in=[measure.code for measure in measures])
    for figure in rows.counted(contest.since, contest.until).order_by("until", "pk"):
        found[figure.measure].append(figure)
    return found
