"""Figures that no record counts: entered once, corrected beside the old, never changed; summed with a denominator."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.refusals import Refused
from organisations.models import Organisation
from organisations.tests import factories as people
from reports.actions import figures as acts
from reports.actions.figures import Said
from reports.models import ReportedFigure
from reports.tests.factories import reported

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
DAYS = {"since": f"{YEAR}-01-01", "until": f"{YEAR}-12-31"}


def stranger_of(place):
    return people.user("organiser", people.county("白水县"))


def again(figure: str = "3") -> Said:
    return Said(Decimal(figure), "exact", "更正件", "农办")


def test_it_is_reported_once_and_corrected_beside_the_old_version(place):
    first = reported(place.organiser, "ideas", place.round.organiser, "178条")
    with pytest.raises(Refused, match="178条"):
        reported(place.organiser, "ideas", place.round.organiser, "180条")
    second = acts.correct(by=place.organiser, figure=first, said=again("180"), reason="漏报两条", at=timezone.now())
    assert (second.version, second.corrects, second.words) == (2, first, "180条")
    assert list(ReportedFigure.objects.current()) == [second]
    with pytest.raises(Refused):
        acts.correct(by=place.organiser, figure=first, said=again(), reason="再改", at=timezone.now())
    gone = acts.withdraw(by=place.organiser, figure=second, reason="重复统计", at=timezone.now())
    assert gone.number is None
    assert not ReportedFigure.objects.current().exists()
    anew = reported(place.organiser, "ideas", place.round.organiser, "179条")
    assert anew.version == 4
    assert ReportedFigure.objects.count() == 4


def test_the_database_lets_nobody_change_or_delete_it(place):
    figure = reported(place.organiser, "ideas", place.round.organiser, "178条")
    for change in (lambda: ReportedFigure.objects.update(number=1), figure.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ReportedFigure.objects.get().number == 178


def test_only_the_own_place_and_what_lies_below_it_is_reported(place):
    with pytest.raises(Refused):
        reported(place.village_secretary, "ideas", place.round.organiser, "3条")
    with pytest.raises(Refused):
        reported(stranger_of(place), "ideas", place.village, "3条")
    assert not ReportedFigure.objects.exists()
    assert reported(place.village_secretary, "ideas", place.village, "3条").words == "3条"


def test_days_that_can_not_be_are_refused(place):
    county = place.round.organiser
    for fields in ({"until": date(2099, 1, 1)}, {"since": date(YEAR + 1, 1, 1)}, {"since": None}):
        with pytest.raises(Refused):
            reported(place.organiser, "ideas", county, "3条", **fields)
    assert reported(place.organiser, "good_teams", county, "22个", since=None).since is None


def figures_of(client, table: str, **asked) -> dict[str, list]:
    sheet = client.get(f"/statistics/{table}/", DAYS | asked).context["sheet"]
    section = next(each for each in sheet.sections if each.title == "填报数据")
    return {
        line.name: [line.figures[0].words, line.figures[1].number, line.figures[1].of] for line in section.table.lines
    }


def test_a_sum_says_how_many_places_reported_it(place, signed_in):
    other = people.village(place.round.organiser, "坡头村")
    reported(place.organiser, "pupils_supported", place.village, "300余人")
    reported(place.organiser, "pupils_supported", other, "45人")
    reported(place.organiser, "pupils_supported", place.round.organiser, "345人")
    found = figures_of(signed_in(place.organiser), "T5")
    villages = Organisation.objects.villages().count()
    assert found == {"资助贫困学生（区县）": ["345人", 1, 1], "资助贫困学生（村）": ["345余人", 2, villages]}
    assert figures_of(signed_in(place.organiser), "T5", place="坡头村") == {"资助贫困学生（村）": ["45人", 1, 1]}


def test_nothing_is_counted_twice(place, signed_in):
    """A quarter within a year that was reported too; of what is of a day the last one counts."""
    county = place.round.organiser
    reported(place.organiser, "ideas", county, "10条", until=date(YEAR, 3, 31))
    reported(place.organiser, "ideas", county, "30条", since=date(YEAR, 4, 1), until=date(YEAR, 6, 30))
    client = signed_in(place.organiser)
    assert figures_of(client, "T4")["理清发展思路（区县）"][0] == "40条"
    reported(place.organiser, "ideas", county, "178条")
    assert figures_of(client, "T4")["理清发展思路（区县）"][0] == "178条"
    for month, number in ((6, "20个"), (12, "22个")):
        reported(place.organiser, "good_teams", county, number, since=None, until=date(YEAR, month, 30))
    assert figures_of(client, "T2")["好班子（区县）"][0] == "22个"


def test_it_is_entered_and_corrected_in_the_browser(place, signed_in):
    client, county = signed_in(place.organiser), place.round.organiser
    fields = {"measure": "funds_coordinated", "place": county.name, "figure": "4000余万元", "document": "新华社电讯"}
    fields |= DAYS | {"said_by": "区委组织部"}
    wrong = client.post("/reported-figures/new/", fields | {"figure": "4000余亩"})
    assert "元" in str(wrong.context["form"].errors["figure"])
    assert not ReportedFigure.objects.exists()
    made = client.post("/reported-figures/new/", fields, follow=True)
    assert "4000余万元" in made.content.decode()
    figure = ReportedFigure.objects.get()
    assert (figure.number, figure.qualifier) == (40_000_000, "over")
    client.post(
        f"/reported-figures/{figure.pk}/correct/",
        {"figure": "4100余万元", "document": "更正", "said_by": "农办", "reason": "漏计一项"},
    )
    page = client.get(f"/reported-figures/{figure.pk}/").content.decode()
    assert "4100余万元" in page
    assert "4000余万元" in page
    assert "漏计一项" in page
    shown = client.get("/reported-figures/").content.decode()
    assert "4100余万元" in shown
    assert "4000余万元" not in shown


def test_a_stranger_finds_none_of_it_and_changes_nothing(place, signed_in):
    figure = reported(place.organiser, "ideas", place.round.organiser, "178条")
    client = signed_in(stranger_of(place))
    for path in ("", "correct/", "withdraw/"):
        assert client.get(f"/reported-figures/{figure.pk}/{path}").status_code == 404
        assert client.post(f"/reported-figures/{figure.pk}/{path}", {"reason": "x"}).status_code in (404, 405)
    assert "178条" not in client.get("/reported-figures/").content.decode()
    assert ReportedFigure.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_any_length_asks_the_same_number_of_questions(place, signed_in, django_assert_num_queries, number):
    for month in range(1, number + 1):
        reported(place.organiser, "ideas", place.village, f"{month}条", until=date(YEAR, month, 28))
    client = signed_in(place.organiser)
    client.get("/reported-figures/")
    with django_assert_num_queries(QUERIES):
        client.get("/reported-figures/")


QUERIES = 9
