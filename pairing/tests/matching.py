"""A county whose villages look for units: what the tests of the matching play with."""

from dataclasses import dataclass, field, fields
from typing import Any

from office import running
from organisations.kinds import Resource
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import issuing
from pairing.actions import matching as acts
from pairing.actions.matching import Settings
from pairing.matching.wording import in_one, reasons
from pairing.models import MatchingRun, MatchProposal
from pairing.tests import factories
from pairing.tests.market import AFTER_APRIL, IN_TIME, County, county


@dataclass
class Looking(County):
    villages: list[Organisation] = field(default_factory=list)
    units: list[Organisation] = field(default_factory=list)


def looking(**round_fields: Any) -> Looking:
    """Three villages - the first needs money and technology, the second money and culture - and three units that offer
    technology, money and culture; one place each."""
    small = county(**{"units_per_village": 1, "villages_per_unit": 1} | round_fields)
    place = Looking(**{each.name: getattr(small, each.name) for each in fields(County)})
    place.villages = [place.village, *(people.village(place.townships[0], name) for name in ("东村", "西村"))]
    place.units = [place.unit, *(people.unit(place.root, name) for name in ("水利局", "教育局"))]
    people.need(place.village, "果树技术员", Resource.TECHNOLOGY)
    people.need(place.villages[1], "水渠", Resource.FUNDS)
    people.need(place.villages[1], "图书", Resource.CULTURE)
    people.strength(place.units[1], "水利资金", Resource.FUNDS)
    people.strength(place.units[2], "图书下乡", Resource.CULTURE)
    factories.directory(place.round)
    return place


def started(place: County, **settings: Any) -> MatchingRun:
    return acts.start_matching(by=place.organiser, round=place.round, settings=Settings(**settings), at=IN_TIME)


def computed(place: County, **settings: Any) -> MatchingRun:
    run = started(place, **settings)
    assert run.job is not None
    running.perform(run.job.pk)
    run = MatchingRun.objects.select_related("round__scheme_version", "job").get(pk=run.pk)
    assert run.job.error == ""
    return run


def proposed(run: MatchingRun) -> dict[str, str | None]:
    return dict(MatchProposal.objects.filter(run=run).values_list("village__name", "unit__name"))


def row(run: MatchingRun, village: Organisation) -> MatchProposal:
    return MatchProposal.objects.select_related("run__round", "village", "unit", "tie").get(run=run, village=village)


def issued(
    place: County, run: MatchingRun, *, verb=issuing.issue, only: list[Organisation] | None = None
) -> issuing.Issued:
    chosen = run.proposals.all() if only is None else run.proposals.filter(village__in=only)
    return verb(by=place.organiser, run=run, proposals=[each.pk for each in chosen], reason="综合平衡", at=AFTER_APRIL)


def words(proposal: MatchProposal) -> str:
    return in_one(reasons(proposal))
