"""T11: received, overdue, closed, days to close; each number leads to as many rows."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from pairing.actions import issues as acts
from pairing.actions import solving
from pairing.figures.issues import By
from pairing.models import Issue
from pairing.tests.market import IN_TIME, statements
from pairing.tests.promising import signed_under
from pairing.tests.test_issues import confirmed, owned, raised

assert signed_in
pytestmark = pytest.mark.django_db
PATH = "/issues/statistics/"
SPRING = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def ledger(db, monkeypatch):
    """One closed after five days, one overdue, one nobody owns yet, one that waits, one withdrawn."""
    signed = signed_under("town")
    place, pairing = signed
    issue = confirmed(place, owned(signed, kind=Issue.Kind.FUNDS))
    solving.close_issue(by=place.organiser, issue=issue, at=IN_TIME + timedelta(days=5))
    confirmed(place, owned(signed, kind=Issue.Kind.INFORMATION))
    Issue.objects.filter(pk=owned(signed).pk).update(due_on=IN_TIME.date() - timedelta(days=1))
    Issue.objects.filter(pk=raised(place).pk).update(due_on=date(2099, 1, 1))
    acts.withdraw_issue(by=place.village_secretary, issue=raised(place, pairing), words="重复", at=IN_TIME)
    return place


def table(client, **asked) -> dict[str, list]:
    lines = client.get(PATH, SPRING | asked).context["table"]
    return {line.name: [(each.number, each.of) for each in line.figures] for line in [*lines.lines, lines.total]}


def test_each_figure_says_out_of_how_many(ledger, signed_in):
    found = table(signed_in(ledger.organiser))
    village = [(4, None), (2, 4), (1, 2), (1, None), (1, 4), (5.0, None)]
    assert found == {ledger.village.name: village, "合计": village}
    owners = table(signed_in(ledger.organiser), by="owner")
    assert owners[ledger.unit.name][:3] == [(3, None), (1, 3), (1, 1)]
    assert owners["尚未明确责任方"][0] == (1, None)
    kinds = table(signed_in(ledger.organiser), by="kind")
    assert [line[0][0] for line in kinds.values()] == [1, 1, 2, 4]


@pytest.mark.parametrize("by", By.values)
def test_each_number_leads_to_as_many_rows(ledger, signed_in, by):
    client = signed_in(ledger.organiser)
    shown = client.get(PATH, SPRING | {"by": by, "place": ledger.village.name}).context["table"]
    linked = [each for line in [*shown.lines, shown.total] for each in line.figures[:5] if each.url and each.number]
    assert len(linked) >= 8
    for figure in linked:
        assert client.get(figure.url).context["found"] == figure.number, figure.url


def test_each_sees_their_own_part_and_days_narrow_it(ledger, signed_in):
    assert table(signed_in(ledger.secretary))["合计"][0] == (3, None)
    stranger = people.user("branch_secretary", people.unit(people.county("黑水县"), "水务局"))
    assert table(signed_in(stranger)) == {"合计": [(0, None), (0, 0), (0, 0), (0, None), (0, 0), (None, None)]}
    assert table(signed_in(ledger.organiser), since="2026-06-01")["合计"][0] == (0, None)
    assert (
        "这段时间没有受理问题"
        in signed_in(ledger.organiser).get(PATH, {"since": "2020-01-01", "until": "2020-02-01"}).content.decode()
    )


def test_the_workbook_holds_the_same_numbers(ledger, signed_in):
    answer = signed_in(ledger.organiser).get(PATH, SPRING | {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert (ledger.village.name, 4, 2, 4, 1, 2, 1, 1, 4, 5) in rows


@pytest.mark.parametrize("by", By.values)
def test_the_page_asks_no_more_for_many(ledger, signed_in, by):
    client, path = signed_in(ledger.organiser), f"{PATH}?by={by}&since=2026-01-01&until=2026-12-31"
    few = statements(client, path)
    for number in range(3):
        village = people.village(ledger.round.organiser, f"第{number}村")
        raised(ledger, organisation=village, by=people.user("village_secretary", village))
    cache.clear()
    assert statements(client, path) == few <= 12
