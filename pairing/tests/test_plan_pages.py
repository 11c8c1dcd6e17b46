import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from office.tests.factories import pdf
from organisations.tests import factories as people
from pairing.models import Plan, PlanItem, PlanReference
from pairing.plans.content import Line
from pairing.states import PairingState, PlanState, Side
from pairing.tests import factories
from pairing.tests.market import cards_on, statements
from pairing.tests.promising import DAY, YEAR, confirmed, handed_over, planned, signed_under, taken, written

pytestmark = pytest.mark.django_db
TYPED = {
    "body": "帮助建设经果林。",
    "edition": 0,
    "lines-TOTAL_FORMS": 2,
    "lines-INITIAL_FORMS": 0,
    "lines-0-kind": "input",
    "lines-0-heading": "苗木到村",
    "lines-0-on": DAY.isoformat(),
    "lines-1-kind": "progress",
}


def sign_in(client, user):
    client.force_login(user)
    return client


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def send(client, address, /, *args, **data):
    return client.post(reverse(address, args=args), data)


def test_from_the_empty_page_to_a_plan_that_both_have_confirmed(client):
    place, pairing = signed_under("shanghai")
    page = read(sign_in(client, place.secretary), "pairing_plans", pairing.pk).content.decode()
    assert reverse("write_plan", args=[pairing.pk, "term_plan"]) in page
    send(client, "write_plan", pairing.pk, "term_plan", **TYPED)
    plan = Plan.objects.get()
    assert [(item.heading, item.on) for item in plan.items.all()] == [("苗木到村", DAY)]
    send(client, "plan_step", plan.pk, step="propose", edition=plan.edition)
    assert Plan.objects.get().state == PlanState.PROPOSED
    send(sign_in(client, place.village_secretary), "plan_step", plan.pk, step="confirm", edition=plan.edition)
    assert Plan.objects.get().state == PlanState.CONFIRMED
    item = PlanItem.objects.get()
    send(client, "plan_item_done", item.pk, on=DAY.isoformat(), words="已栽种")
    assert PlanItem.objects.get().done_words == "已栽种"


def test_a_mistake_or_somebody_quicker_loses_nothing_that_was_typed(client):
    place, pairing = signed_under("shanghai")
    sign_in(client, place.secretary)
    wrong = send(client, "write_plan", pairing.pk, "term_plan", **(TYPED | {"lines-0-on": "明天"}))
    assert ("帮助建设经果林。" in wrong.content.decode(), Plan.objects.count()) == (True, 0)
    more = send(client, "write_plan", pairing.pk, "term_plan", **TYPED, more="1")
    assert (len(more.context["lines"].forms), "苗木到村" in more.content.decode()) == (4, True)
    written(place, pairing, "term_plan", side=Side.VILLAGE)
    late = send(client, "write_plan", pairing.pk, "term_plan", **TYPED)
    assert "帮助建设经果林。" in late.content.decode()
    assert Plan.objects.get().written_side == Side.VILLAGE
    send(
        client, "write_plan", pairing.pk, "term_plan", **(TYPED | {"edition": late.context["form"]["edition"].value()})
    )
    assert Plan.objects.get().written_side == Side.UNIT


def test_a_chosen_file_is_asked_for_again_after_more_rows_and_other_kinds_are_named(client):
    place, pairing = signed_under("shanghai")
    sign_in(client, place.secretary)
    upload = SimpleUploadedFile("方案.pdf", pdf(), "application/pdf")
    more = send(client, "write_plan", pairing.pk, "term_plan", **TYPED, more="1", file=upload)
    assert "保存之前请重新选择" in more.content.decode()
    assert (
        "保存之前请重新选择"
        not in send(client, "write_plan", pairing.pk, "term_plan", **TYPED, more="1").content.decode()
    )
    table = SimpleUploadedFile("方案.xlsx", b"PK", "application/octet-stream")
    refused = send(client, "write_plan", pairing.pk, "term_plan", **TYPED, file=table).content.decode()
    assert "不能上传「xlsx」文件，请选择 .docx、.pdf、.jpg 或 .png 文件。" in refused
    assert not Plan.objects.exists()


def test_an_attached_file_is_for_both_sides_and_the_organiser_only(client):
    place, pairing = signed_under("shanghai")
    upload = SimpleUploadedFile("方案.pdf", pdf(), "application/pdf")
    send(sign_in(client, place.secretary), "write_plan", pairing.pk, "term_plan", **TYPED, file=upload)
    plan = Plan.objects.get()
    supervisor = people.user("township_supervisor", place.townships[0])
    answers = {}
    for person in (place.village_secretary, place.organiser, supervisor):
        answers[person.pk] = read(sign_in(client, person), "plan_file", plan.pk).status_code
    assert list(answers.values()) == [200, 200, 404]
    assert read(client, "plan", plan.pk).status_code == 200


def test_a_reference_is_ticked_and_attached_on_a_page_of_its_own(client):
    place, pairing = signed_under("town")
    sign_in(client, place.secretary)
    given = {"title": "2026年机关党委工作计划", "consent": "on"}
    url = reverse("refer_to_plan", args=[pairing.pk, "unit_plan_reference"]) + f"?year={YEAR}"
    assert client.post(url, given).context["form"].errors.keys() == {"file"}
    client.post(url, given | {"file": SimpleUploadedFile("计划.pdf", pdf(), "application/pdf")})
    assert (PlanReference.objects.get().year, PlanReference.objects.get().title) == (YEAR, "2026年机关党委工作计划")
    assert "2026年机关党委工作计划" in read(client, "pairing_plans", pairing.pk).content.decode()


def test_whoever_only_looks_on_finds_no_way_to_write(client):
    place, pairing = signed_under("shanghai")
    plan = handed_over(place, written(place, pairing, "term_plan"))
    sign_in(client, place.organiser)
    assert send(client, "plan_step", plan.pk, step="confirm", edition=plan.edition).status_code == 404
    assert send(client, "write_plan", pairing.pk, "term_plan", **TYPED).status_code == 404
    assert "step" not in read(client, "plan", plan.pk).content.decode().partition("<main")[2].partition("</main")[0]
    assert Plan.objects.get().state == PlanState.PROPOSED


@pytest.mark.clause("SF-03")
def test_both_sides_read_one_calendar_with_the_days_of_planning_input_progress_and_assessment(client):
    place, pairing = signed_under("suifenhe")
    days = {
        "plan": date(YEAR, 2, 1),
        "input": date(YEAR, 4, 1),
        "progress": date(YEAR, 8, 1),
        "assessment": date(YEAR, 12, 1),
    }
    lines = [Line(kind, f"同步{kind}", "", day) for kind, day in days.items()]
    plan = written(place, pairing, "joint_plan", YEAR, lines=lines)
    assert "同步plan" not in read(sign_in(client, place.secretary), "pairing_calendar", pairing.pk).content.decode()
    confirmed(place, plan)
    pages = []
    for person in (place.secretary, place.village_secretary):
        answer = read(sign_in(client, person), "pairing_calendar", pairing.pk)
        pages.append([(entry.on, entry.heading) for _month, entries in answer.context["months"] for entry in entries])
    assert pages[0] == pages[1]
    assert pages[0][:4] == [(day, f"同步{kind}") for kind, day in days.items()]
    ics = read(client, "pairing_ics", pairing.pk)
    events = list(Calendar.from_ical(ics.content).walk("VEVENT"))
    assert ics["Content-Type"] == "text/calendar; charset=utf-8"
    found = {(str(each["summary"]).partition("（")[0], each.decoded("dtstart")) for each in events}
    assert {(f"同步{kind}", day) for kind, day in days.items()} < found
    assert len({str(each["uid"]) for each in events}) == len(events)


def test_what_waits_for_ones_side_stands_on_the_first_page(client):
    place, pairing = signed_under("shanghai")
    plan = handed_over(place, written(place, pairing, "term_plan"))
    for person, waits in ((place.village_secretary, True), (place.secretary, False)):
        cards = cards_on(read(sign_in(client, person), "home"))
        assert (plan.get_absolute_url() in [card.url for card in cards]) is waits
    assert statements(client, reverse("home")) == 12


def round_of(place, pairing, number: int):
    """More signed pairings in the same round, each with a plan and a target."""
    for name in [f"第{each}村" for each in range(number)]:
        village = people.village(place.townships[0], name)
        other = factories.pairing(place.round, place.unit, village, state=PairingState.SIGNED)
        other.village = village
        Plan.objects.create(
            pairing=other, kind="yearly_plan", year=YEAR, state="proposed", written_side="unit", body="计划",
            unit_confirmed_at=place.round.opened_at, unit_confirmed_by=place.secretary,
        )  # fmt: skip
        other.targets.create(name="村集体收入")


def cells(answer):
    table = answer.context["table"]
    return [
        {name: re.sub(r"<[^>]+>", "", str(cell)) for name, cell in zip(table.columns.names(), row, strict=True)}
        for row in table.rows
    ]


@pytest.mark.clause("SH-43")
def test_the_round_shows_which_plans_are_missing_and_filters_by_kind(client, settings):
    settings.LANGUAGE_CODE = "en"
    place, pairing = signed_under("qianxi")
    confirmed(place, written(place, pairing, "yearly_plan", YEAR))
    round_of(place, pairing, 2)
    sign_in(client, place.organiser)
    answer = read(client, "round_plans", place.round.pk, year=YEAR)
    assert [(each["asked"].kind, each["number"], each["of"]) for each in answer.context["tallies"]] == [
        ("yearly_plan", 1, 3), ("measures", 0, 3), ("letter", 0, 3),
    ]  # fmt: skip
    shown = [row["standing_yearly_plan"] for row in cells(answer)]
    assert sorted(shown) == sorted(["there", "to be confirmed by the other side", "to be confirmed by the other side"])
    assert f'href="{reverse("pairing_plans", args=[pairing.pk])}"' in answer.content.decode()
    lacking = read(client, "round_plans", place.round.pk, year=YEAR, what="yearly_plan", there="no")
    assert lacking.context["found"] == 2
    there = read(client, "round_plans", place.round.pk, year=YEAR, what="yearly_plan", there="yes")
    assert [row["village"] for row in cells(there)] == [place.village.name]
    assert read(client, "round_plans", place.round.pk, year=YEAR + 1, there="no").context["found"] == 3
    assert read(client, "round_plans", place.round.pk, export="xlsx").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_a_fixed_number_of_times(client, rows):
    place, pairing = signed_under("qianxi")
    plan = confirmed(place, written(place, pairing, "yearly_plan", YEAR))
    for target in taken(place, pairing)[:rows]:
        planned(place, target)
    round_of(place, pairing, rows - 1)
    sign_in(client, place.organiser)
    asked = {
        name: statements(client, reverse(name, args=[pk]))
        for name, pk in (
            ("pairing_plans", pairing.pk), ("plan", plan.pk), ("pairing_calendar", pairing.pk),
            ("round_plans", place.round.pk), ("round_targets", place.round.pk), ("target", target.pk),
        )
    }  # fmt: skip
    assert asked == {
        "pairing_plans": 12, "plan": 8, "pairing_calendar": 8, "round_plans": 12, "round_targets": 10, "target": 8,
    }  # fmt: skip
