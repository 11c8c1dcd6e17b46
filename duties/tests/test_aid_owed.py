"""Money of an economically weak village (SH-46, O-07) and the project of every other one (SH-47, O-08)."""

from datetime import date
from decimal import Decimal

import pytest

from duties.models import Duty
from duties.planning import plan
from duties.tests.aided import entry, no_longer_weak, project
from duties.tests.fulfilled import World, progress_of, under
from duties.tests.owing import change, owing, windows
from funds.models import ProjectShare
from organisations.tests import factories as people
from pairing.states import PartnerState
from pairing.tests import factories as pairings

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 10)
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def weak() -> World:
    return under("shanghai", ON)


@pytest.fixture
def other() -> World:
    world = under("shanghai", ON)
    no_longer_weak(world)
    return world


def owed(world: World, key: str, **asked) -> Duty:
    plan(ON)
    return Duty.objects.open().get(obligation=key, pairing=world.place.pairing, **asked)


def money(world: World) -> Duty:
    return owed(world, "weak_village_money", period="2026")


@pytest.mark.clause("SH-46")
def test_cash_and_valued_goods_that_the_village_received_count_together(weak):
    entry(weak.place, "receipt", "12000.50", JANUARY)
    entry(weak.place, "goods", "7999.49", DECEMBER)
    assert progress_of(money(weak)).done == 19_999
    entry(weak.place, "receipt", "0.01", ON)
    assert progress_of(money(weak)).done == money(weak).least == 20_000


@pytest.mark.clause("SH-46")
@pytest.mark.parametrize("kind", ["pledge", "coordinated", "investment", "sent", "goods_sent"])
def test_what_was_promised_sent_coordinated_or_invested_does_not_count(weak, kind):
    entry(weak.place, kind, "50000.00", ON)
    waiting = 50_000 if kind in ("sent", "goods_sent") else 0
    found = progress_of(money(weak))
    assert (found.done, found.waiting) == (0, waiting)


@pytest.mark.clause("SH-46")
def test_what_was_confirmed_waits_no_longer(weak):
    sent = entry(weak.place, "sent", "20000.00", ON)
    entry(weak.place, "receipt", "20000.00", ON, answers=sent)
    found = progress_of(money(weak))
    assert (found.done, found.waiting) == (20_000, 0)


@pytest.mark.clause("SH-46")
def test_what_was_reversed_or_lies_in_another_year_does_not_count(weak):
    wrong = entry(weak.place, "receipt", "20000.00", ON)
    entry(weak.place, "receipt", "20000.00", ON, corrects=wrong, reason="记错了")
    entry(weak.place, "receipt", "20000.00", date(2025, 12, 31))
    assert progress_of(money(weak)).done == 0


@pytest.mark.clause("SH-13", "SH-46")
def test_the_units_of_a_consortium_are_summed(weak):
    partner = people.unit(weak.place.pairing.round.organiser, "青山县水利局")
    weak.place.pairing.partners.create(
        unit=partner, share=Decimal(40), state=PartnerState.JOINED, invited_by=weak.place.secretary,
        answered_at=weak.at, answered_by=weak.place.secretary,
    )  # fmt: skip
    entry(weak.place, "receipt", "12000.00", ON)
    entry(weak.place, "receipt", "8000.00", ON, giver=partner)
    assert progress_of(money(weak)).done == 20_000


@pytest.mark.clause("SH-46")
@pytest.mark.parametrize(("rule", "least"), [("按天数折算", round(20_000 * 183 / 365)), ("按整期", 20_000)])
def test_of_a_part_of_a_year_as_much_is_owed_as_the_scheme_says(rule, least):
    line = f"代号: money, 名称: 资金, 计数: 到位资金, 数量: 20000, 频次: 每年, 不足一期: {rule}"
    owing(line, signed_on=date(2026, 7, 2))
    plan(ON)
    assert windows()[0] == ("money", "2026", date(2026, 7, 2), DECEMBER, least)


@pytest.mark.clause("SH-46")
def test_the_year_may_be_that_of_the_agreement():
    place = owing("代号: money, 名称: 资金, 计数: 到位资金, 数量: 20000, 频次: 每协议年", signed_on=date(2026, 3, 1))
    plan(ON)
    duty = Duty.objects.open().get(starts_on=date(2026, 3, 1))
    for on in (date(2026, 2, 28), date(2026, 3, 1), date(2027, 2, 28), date(2027, 3, 1)):
        entry(place, "receipt", "10000.00", on)
    assert (duty.due_on, progress_of(duty).done) == (date(2027, 2, 28), 20_000)


@pytest.mark.clause("SH-46", "SH-47")
def test_a_weak_village_is_owed_money_and_any_other_a_project(weak):
    plan(ON)
    keys = set(Duty.objects.filter(pairing=weak.place.pairing).values_list("obligation", flat=True))
    assert ("weak_village_money" in keys, "concrete_project" in keys) == (True, False)
    no_longer_weak(weak)
    plan(ON)
    keys = set(Duty.objects.open().filter(pairing=weak.place.pairing).values_list("obligation", flat=True))
    assert ("weak_village_money" in keys, "concrete_project" in keys) == (False, True)


@pytest.mark.clause("SH-47")
@pytest.mark.parametrize(
    ("state", "on", "found"),
    [
        ("accepted", ON, (1, 0)),
        ("finished", ON, (0, 1)),
        ("under_way", ON, (0, 0)),
        ("accepted", date(2025, 12, 31), (0, 0)),
    ],
)
def test_a_project_counts_once_the_village_accepted_it(other, state, on, found):
    project(other.place, on, state=state)
    counted = progress_of(owed(other, "concrete_project"))
    assert (counted.done, counted.waiting) == found


@pytest.mark.clause("SH-39", "SH-47")
def test_a_pooled_project_counts_for_each_that_gives(other):
    place = other.place
    unit = people.unit(place.pairing.round.organiser, "青山县水利局")
    beside = pairings.pairing(place.pairing.round, unit, place.village, state="signed")
    made = project(place, ON, committee=place.pairing.round.organiser)
    for pairing, share in ((place.pairing, 60), (beside, 40)):
        ProjectShare.objects.create(project=made, pairing=pairing, share=share)
    assert progress_of(owed(other, "concrete_project")).done == 1


@pytest.mark.clause("SH-47")
def test_the_project_is_owed_once_a_term_and_once_a_year_where_the_scheme_says_so(other):
    duty = owed(other, "concrete_project")
    assert (duty.period, duty.starts_on, duty.due_on) == ("", JANUARY, date(2028, 12, 31))
    change(other.place.pairing.round, "代号: project, 名称: 项目, 计数: 验收的项目, 频次: 每年")
    plan(ON)
    assert ("project", "2026", JANUARY, DECEMBER, 1) in windows(pairing=other.place.pairing)
