"""Rounds: they pin their scheme, publish a directory, open, remind and close - and refuse what does not fit."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.dates import Deadline
from core.refusals import Refused
from office.models import Message
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions.rounds import (
    change_round,
    close_round,
    open_round,
    prepare_round,
    publish_directory,
    remind_behind,
    take_scheme,
)
from pairing.agreements.closing import NotYet
from pairing.figures.stages import Stage, behind, due_on
from pairing.models import Directory, DirectoryEntry, Round
from pairing.schemes.terms import default_terms
from pairing.states import PairingState, RoundState, Side
from pairing.tests import factories
from pairing.tests.factories import CHINA, SCHEMES, SPRING

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return people.county()


@pytest.fixture
def organiser(county):
    return people.user("organiser", people.organisation_dept(county))


def terms_for(version, **changes):
    return replace(default_terms(version.rules, starts_on=SPRING.date()), **changes)


def prepared(county, organiser, **changes) -> Round:
    version = factories.scheme_version()
    return prepare_round(by=organiser, scheme_version=version, organiser=county, terms=terms_for(version, **changes))


def published(county, organiser) -> Round:
    round = prepared(county, organiser)
    everybody = Organisation.objects.under(county)
    publish_directory(by=organiser, round=round, villages=everybody.villages(), units=everybody.units(), at=SPRING)
    return round


@pytest.mark.clause("SH-05")
def test_a_running_round_keeps_the_scheme_with_which_it_began(county, organiser):
    round = prepared(county, organiser)
    text = (SCHEMES / "shanghai.yaml").read_text(encoding="utf-8").replace("每村最多单位数: 3", "每村最多单位数: 1")
    take_scheme(by=organiser, text=text, at=SPRING + timedelta(days=1))
    kept = people.reread(round)
    assert kept.rules.pairing.units_per_village == 3
    assert kept.units_per_village == 3
    assert kept.scheme_version.scheme.versions.first().rules.pairing.units_per_village == 1


def test_the_line_ends_of_a_browser_make_no_new_version(organiser):
    text = (SCHEMES / "shanghai.yaml").read_text(encoding="utf-8")
    first = take_scheme(by=organiser, text=text, at=SPRING)
    assert take_scheme(by=organiser, text=text.replace("\n", "\r\n"), at=SPRING) == first
    assert first.scheme.versions.count() == 1


def test_the_organiser_of_another_county_prepares_nothing_here(county):
    other = people.user("organiser", people.organisation_dept(people.county("红河县")))
    with pytest.raises(Refused):
        prepared(county, other)
    assert not Round.objects.exists()


@pytest.mark.clause("SH-29")
def test_a_directory_prints_what_is_under_the_organiser_on_the_day(county, organiser):
    town = people.township(county, "金碧镇")
    weak = people.village(town, "马岭村", classes=["weak"])
    people.village(town, "撤并村", closed_on=date(2020, 1, 1))
    people.village(people.county("红河县"), "别县村")
    unit = people.unit(county, "林业局", level="county")
    round = published(county, organiser)
    weak.name = "新马岭村"
    weak.save()
    assert [
        (line.side, line.name, line.area, line.township, line.kind, line.level, line.classes)
        for line in DirectoryEntry.objects.order_by("name")
    ] == [
        (Side.UNIT, "林业局", "", "", Kind.AGENCY, "county", []),
        (Side.VILLAGE, "马岭村", "金碧镇", "金碧镇", Kind.VILLAGE, "", ["weak"]),
    ]
    assert people.reread(round).newest_directory.version == 1
    assert unit.directory_entries.count() == 1


def test_a_new_version_drops_lines_but_never_one_with_a_partner(county, organiser):
    free, taken = people.village(county, "闲村"), people.village(county, "结村")
    unit = people.unit(county)
    round = published(county, organiser)
    factories.pairing(round, unit, taken)
    publish_directory(
        by=organiser,
        round=round,
        villages=Organisation.objects.filter(name="不在"),
        units=Organisation.objects.filter(pk=unit.pk),
        at=SPRING,
    )
    newest = Directory.objects.get(version=2)
    assert list(newest.entries.filter(side=Side.VILLAGE).values_list("organisation", flat=True)) == [taken.pk]
    assert Directory.objects.get(version=1).entries.filter(organisation=free).exists()


def test_an_empty_directory_is_refused_and_leaves_nothing(county, organiser):
    people.village(county)
    round = prepared(county, organiser)
    everybody = Organisation.objects.under(county)
    with pytest.raises(Refused):
        publish_directory(by=organiser, round=round, villages=everybody.villages(), units=everybody.units(), at=SPRING)
    assert not Directory.objects.exists()
    assert not DirectoryEntry.objects.exists()


def test_publishing_takes_the_same_statements_for_one_village_and_for_thirty(
    county, organiser, django_assert_num_queries, django_assert_max_num_queries
):
    people.unit(county)
    people.village(county)
    everybody = Organisation.objects.under(county)
    choice = {"villages": everybody.villages(), "units": everybody.units(), "at": SPRING}
    round = prepared(county, organiser)
    with django_assert_max_num_queries(14) as first:
        publish_directory(by=organiser, round=round, **choice)
    for _ in range(30):
        people.village(county)
    with django_assert_num_queries(len(first)):
        publish_directory(by=organiser, round=round, **choice)


def test_opening_needs_a_directory_and_tells_both_sides(county, organiser):
    village, unit = people.village(county), people.unit(county)
    round = prepared(county, organiser)
    with pytest.raises(Refused):
        open_round(by=organiser, round=round, at=SPRING)
    everybody = Organisation.objects.under(county)
    publish_directory(by=organiser, round=round, villages=everybody.villages(), units=everybody.units(), at=SPRING)
    open_round(by=organiser, round=round, at=SPRING)
    assert people.reread(round).state == RoundState.OPEN
    told = Message.objects.order_by("permission").values_list("organisation", "permission")
    assert list(told) == [(unit.pk, "unit.act"), (village.pk, "village.act")]
    with pytest.raises(Refused):
        open_round(by=organiser, round=round, at=SPRING)


def test_somebody_who_joins_later_is_told_and_nobody_twice(county, organiser):
    people.village(county), people.unit(county)
    round = published(county, organiser)
    open_round(by=organiser, round=round, at=SPRING)
    late = people.unit(county)
    everybody = Organisation.objects.under(county)
    publish_directory(by=organiser, round=round, villages=everybody.villages(), units=everybody.units(), at=SPRING)
    assert Message.objects.count() == 3
    assert Message.objects.filter(organisation=late).count() == 1


def test_a_deadline_may_be_moved_and_says_whether_its_day_counts(county, organiser):
    round = prepared(county, organiser)
    terms = terms_for(round.scheme_version)
    moved = tuple(replace(step, on=date(2026, 6, 30), inclusive=False) for step in terms.milestones[1:])
    change_round(by=organiser, round=round, terms=replace(terms, milestones=moved))
    kept = people.reread(round)
    assert kept.deadline("signing") == Deadline(date(2026, 6, 30), inclusive=False)
    assert kept.deadline("intention") is None


@pytest.mark.clause("SH-31", "SH-32")
@pytest.mark.parametrize(
    ("moment", "inclusive", "is_met"),
    [
        (datetime(2026, 4, 29, 23, 59, tzinfo=CHINA), True, True),
        (datetime(2026, 4, 30, 0, 1, tzinfo=CHINA), True, True),
        (datetime(2026, 4, 30, 23, 59, tzinfo=CHINA), True, True),
        (datetime(2026, 5, 1, 0, 1, tzinfo=CHINA), True, False),
        (datetime(2026, 4, 29, 23, 59, tzinfo=CHINA), False, True),
        (datetime(2026, 4, 30, 0, 1, tzinfo=CHINA), False, False),
        (datetime(2026, 4, 30, 23, 59, tzinfo=CHINA), False, False),
    ],
)
def test_before_30_april(county, moment, inclusive, is_met):
    round = factories.round(county)
    round.milestones.filter(key="intention").update(inclusive=inclusive)
    deadline = people.reread(round).deadline("intention")
    assert deadline.is_met_on(moment.date()) is is_met
    assert (deadline.days_left(moment.date()) >= 0) is is_met


@pytest.mark.clause("SH-31", "SH-32")
def test_who_is_behind_is_listed_worst_first_with_the_last_day_that_counts(county):
    town = people.township(county)
    alone, asked, agreed = (people.village(town, name) for name in ("甲村", "乙村", "丙村"))
    idle, asking, agreeing = (people.unit(county, name) for name in ("甲局", "乙局", "丙局"))
    round = factories.round(county)
    factories.directory(round)
    factories.intention(round, asking, asked)
    factories.agreement(factories.pairing(round, agreeing, agreed))
    assert [(line.organisation, line.stage, due_on(line)) for line in behind(round)] == [
        (alone, Stage.NOTHING, date(2026, 4, 30)),
        (idle, Stage.NOTHING, date(2026, 4, 30)),
        (asked, Stage.TO_ANSWER, date(2026, 4, 30)),
        (agreeing, Stage.TO_CONFIRM, date(2026, 7, 1)),
    ]


def test_a_reminder_reaches_each_party_once_a_day(county, organiser):
    village = people.village(county)
    unit = people.unit(county)
    round = factories.round(county)
    factories.directory(round)
    assert remind_behind(by=organiser, round=round, at=SPRING) == 2
    assert remind_behind(by=organiser, round=round, at=SPRING + timedelta(hours=3)) == 2
    assert Message.objects.count() == 2
    remind_behind(by=organiser, round=round, organisation=village, at=SPRING + timedelta(days=1))
    assert Message.objects.filter(organisation=village).count() == 2
    assert Message.objects.filter(organisation=unit).count() == 1


def test_only_the_organiser_reminds(county):
    unit = people.unit(county)
    people.village(county)
    round = factories.round(county)
    factories.directory(round)
    with pytest.raises(Refused):
        remind_behind(by=people.user("branch_secretary", unit), round=round, at=SPRING)
    assert not Message.objects.exists()


def test_a_round_closes_only_when_nothing_hangs(county, organiser):
    village, unit = people.village(county), people.unit(county)
    round = factories.round(county)
    factories.directory(round)
    proposal = factories.intention(round, unit, village)
    with pytest.raises(Refused):
        close_round(by=organiser, round=round, at=SPRING)
    proposal.state, proposal.answered_at = "declined", SPRING
    proposal.save()
    pairing = factories.pairing(round, unit, village)
    with pytest.raises(Refused):
        close_round(by=organiser, round=round, at=SPRING)
    pairing.state, pairing.signed_on = PairingState.SIGNED, SPRING.date()
    pairing.save()
    assert people.reread(round).state == RoundState.OPEN
    close_round(by=organiser, round=round, at=SPRING)
    assert people.reread(round).state == RoundState.CLOSED
    with pytest.raises(Refused):
        change_round(by=organiser, round=round, terms=terms_for(round.scheme_version))


@pytest.mark.clause("QX-06")
def test_words_do_not_close_a_round_whose_targets_are_not_met(county, organiser):
    round = factories.round(county, scheme="qianxi")
    pairing = factories.pairing(round, people.unit(county), people.village(county), state=PairingState.SIGNED)
    with pytest.raises(NotYet) as refused:
        close_round(by=organiser, round=round, words="六项目标均已实现", at=SPRING)
    assert [(each.number, each.records) for each in refused.value.unmet] == [(1, [pairing])]
    assert people.reread(round).state == RoundState.OPEN
