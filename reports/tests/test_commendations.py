"""Areas compared by the records, and the commendation circular drafted from them (AH-28)."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from core.refusals import Refused
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.tests import factories as pairings
from reports.actions import commendations as acts
from reports.actions import notices
from reports.inspection.states import NoticeKind, NoticeState
from reports.models import Assessed, Assessment, CommendationLine, Notice
from reports.praise.awarding import Basis
from reports.praise.comparing import Measure, compared
from reports.tests.inspecting import AT, Place
from reports.tests.inspecting import place as town_place
from visits.models import Activity

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


def province(scheme: str = "anhui") -> Place:
    """Two cities: in the east three villages, two of them with a unit; in the west one village with one."""
    root = people.organisation("安徽省", kind=Kind.PROVINCE)
    cities = [people.organisation(name, kind=Kind.PREFECTURE, parent=root) for name in ("东市", "西市")]
    east = people.township(cities[0], "东镇")
    villages = [people.village(east, f"东{n}村") for n in (1, 2, 3)]
    villages.append(people.village(people.township(cities[1], "西镇"), "西1村"))
    units = [people.unit(root, f"省{n}厅") for n in (1, 2, 3)]
    organiser = people.user("organiser", root)
    round = pairings.round(root, scheme=scheme, starts_on=SINCE, ends_on=date(2028, 12, 31))
    pairings.directory(round)
    pairs = [
        pairings.pairing(round, units[0], villages[0], state="signed"),
        pairings.pairing(round, units[1], villages[1], state="negotiating"),
        pairings.pairing(round, units[2], villages[3], state="signed"),
    ]
    for number, state in enumerate(("confirmed", "confirmed", "submitted")):
        activity(pairs[0], organiser, state, date(2026, 5, 1 + number))
    activity(pairs[2], organiser, "confirmed", date(2025, 5, 1))  # of the year before
    return Place(root, organiser, organiser, round, villages, units, pairs)


def activity(pairing: Pairing, by, state: str, on: date) -> Activity:
    done = {"answered_at": AT, "answered_by": by} if state == "confirmed" else {}
    return Activity.objects.create(
        pairing=pairing, unit=pairing.unit, side="unit", nature="visit", name="走访", on=on, state=state,
        entered_at=AT, entered_by=by, **done,
    )  # fmt: skip


def drafted(here: Place, **changes) -> Notice:
    fields: dict[str, Any] = {"since": SINCE, "until": UNTIL, "measure": Measure.COVERED, "number": 1}
    basis = Basis(**(fields | changes))
    return acts.write_commendation(
        by=here.organiser, organisation=here.root, round=here.round, basis=basis, award="先进市", at=AT
    )


def test_areas_are_counted_from_the_records_each_with_its_denominator(django_assert_num_queries):
    here = province()
    _rules = here.round.rules
    with django_assert_num_queries(8):
        east, west = compared(here.root, here.round, SINCE, UNTIL)
    assert (east.organisation.name, west.organisation.name) == ("东市", "西市")
    assert (east.shares[Measure.COVERED], west.shares[Measure.COVERED]) == ((2, 3), (1, 1))
    assert (east.shares[Measure.SIGNED], west.shares[Measure.SIGNED]) == ((1, 2), (1, 1))
    assert east.shares[Measure.ACTIVITIES] == (2, 3)
    assert Measure.ACTIVITIES not in west.shares
    here.round.refresh_from_db()
    east_only = compared(Organisation.objects.get(name="东市"), here.round, SINCE, UNTIL)
    assert [area.organisation.name for area in east_only] == ["东镇"]


def test_each_share_opens_exactly_the_rows_that_it_counts(client):
    here = province()
    client.force_login(here.organiser)
    asked = {"round": here.round.pk, "since": "2026-01-01", "until": "2026-12-31"}
    table = client.get(reverse("area_comparison"), asked).context["table"]
    lines = [*table.lines, table.total]
    assert [figure.number for figure in lines[0].figures[:4]] == [2, 1, 0, 2]
    for line in lines:
        for figure in line.figures[:-1]:
            assert client.get(figure.url).context["found"] == figure.number, (line.name, figure.url)


@pytest.mark.clause("AH-28")
def test_cities_are_compared_and_commended_with_reasons_in_a_circular_that_is_issued(client):
    here = province()
    client.force_login(here.organiser)
    page = client.get(
        reverse("area_comparison"), {"round": here.round.pk, "since": "2026-01-01", "until": "2026-12-31"}
    )
    rows = {line.name: [(figure.number, figure.of) for figure in line.figures] for line in page.context["table"].lines}
    assert rows["东市"][:2] == [(2, 3), (1, 2)]
    typed = {
        "round": here.round.pk, "since": "2026-01-01", "until": "2026-12-31", "measure": "covered", "assessment": "",
        "number": "1", "award": "先进市",
    }  # fmt: skip
    client.post(reverse("new_commendation"), typed)
    notice = Notice.objects.get()
    line = notice.awards.get()
    assert (notice.kind, line.organisation.name) == (NoticeKind.COMMENDATION, "西市")
    assert line.reason == "名录内的村1个，有结对单位的1个，占100.0%；结对1对，已签订协议1份，占100.0%"
    client.post(reverse("edit_commended", args=[line.pk]), {"award": "先进市", "reason": "实现结对全覆盖"})
    east = {"organisation": "东市", "award": "进步市", "reason": "活动确认率提高"}
    client.post(reverse("add_commended", args=[notice.pk]), east)
    client.post(reverse("notice_step", args=[notice.pk, "issue"]))
    notice.refresh_from_db()
    assert notice.state == NoticeState.ISSUED
    assert set(notice.receipts.values_list("organisation__name", flat=True)) >= {"东市", "西市", "东1村"}
    with ZipFile(BytesIO(client.get(reverse("notice_word", args=[notice.pk])).getvalue())) as parts:
        paper = parts.read("word/document.xml").decode()
    for words in ("先进市", "西市：实现结对全覆盖", "进步市", "东市：活动确认率提高"):
        assert words in paper
    client.logout()
    public = client.get(reverse("open_commendations", args=[here.round.pk])).content.decode()
    assert "实现结对全覆盖" in public
    assert notice.body.splitlines()[0] not in public


def test_an_assessment_gives_organisations_with_score_and_grade():
    here = province()
    at = {"made_at": AT, "made_by": here.organiser}
    assessment = Assessment.objects.create(
        round=here.round, period="2026", starts_on=SINCE, ends_on=UNTIL, state="shown", reckoned_at=AT,
        content=here.round.rules.assessment.model_dump(mode="json"), **at,
    )  # fmt: skip
    for unit, score in zip(here.units, (Decimal("88.5"), Decimal(96), Decimal(70)), strict=True):
        Assessed.objects.create(
            assessment=assessment, side="unit", organisation=unit, score=score, grade="优秀" if score > 90 else ""
        )
    notice = drafted(here, measure="", assessment=assessment, number=2)
    assert list(notice.awards.values_list("organisation__name", "reason")) == [
        ("省2厅", "2026年考核得96分，等次为优秀"),
        ("省1厅", "2026年考核得88.5分"),
    ]


def test_where_the_scheme_puts_nobody_in_an_order_a_list_is_written_by_hand():
    here = town_place()
    with pytest.raises(Refused):
        drafted(here)
    assert not Notice.objects.exists()
    notice = drafted(here, measure="")
    assert not notice.awards.exists()
    with pytest.raises(Refused):
        notices.issue_notice(by=here.organiser, notice=notice, at=AT)
    acts.commend(by=here.organiser, notice=notice, organisation=here.units[0], award="先进单位", reason="帮扶扎实")
    assert notices.issue_notice(by=here.organiser, notice=notice, at=AT).state == NoticeState.ISSUED


def test_an_issued_list_stays_and_a_correction_takes_it_over():
    here = province()
    notice = notices.issue_notice(by=here.organiser, notice=drafted(here), at=AT)
    line = notice.awards.get()
    with pytest.raises(Refused):
        acts.change_line(by=here.organiser, line=line, award="先进市", reason="另有理由")
    with pytest.raises(InternalError), transaction.atomic():
        CommendationLine.objects.filter(pk=line.pk).update(reason="另有理由")
    made = notices.correct_notice(by=here.organiser, notice=notice, at=AT)
    assert [each.reason for each in made.awards.all()] == [line.reason]
    acts.change_line(by=here.organiser, line=made.awards.get(), award="先进市", reason="另有理由")
    assert people.reread(line).reason == line.reason


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation": "白水村"}, "organisation"),
        ({"reason": " "}, "reason"),
        ({"reason": "联系13900001111"}, "reason"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_at_its_field(client, changes: dict[str, Any], field):
    here = province()
    people.village(people.county("白水县"), "白水村")
    notice = drafted(here, measure="")
    client.force_login(here.organiser)
    typed = {"organisation": "东市", "award": "先进市", "reason": "全覆盖"} | changes
    answer = client.post(reverse("add_commended", args=[notice.pk]), typed)
    assert list(answer.context["form"].errors) == [field]
    assert not CommendationLine.objects.exists()


def test_nobody_but_the_committee_touches_its_list(client):
    here = province()
    line = drafted(here).awards.get()
    for user in (people.user("committee_staff", line.organisation), people.user("organiser", people.county("白水县"))):
        client.force_login(user)
        assert client.post(reverse("edit_commended", args=[line.pk]), {"award": "x", "reason": "x"}).status_code == 404
        assert client.post(reverse("remove_commended", args=[line.pk])).status_code == 404
        assert client.post(reverse("add_commended", args=[line.notice_id]), {}).status_code == 404
    assert people.reread(line).reason == line.reason


def test_pages_ask_as_much_for_one_line_as_for_three(client, django_assert_max_num_queries):
    here = province()
    notice = drafted(here)
    for rows in (1, 3):
        for name in ("东市", "东1村")[: rows - notice.awards.count()]:
            one = Organisation.objects.get(name=name)
            acts.commend(by=here.organiser, notice=notice, organisation=one, award="先进", reason="好")
        client.force_login(here.organiser)
        with django_assert_max_num_queries(20):
            assert client.get(reverse("edit_notice", args=[notice.pk])).status_code == 200
        with django_assert_max_num_queries(22):
            assert client.get(reverse("area_comparison")).status_code == 200
