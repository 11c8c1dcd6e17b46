"""An erasure takes the name out of what others wrote, also out of what is otherwise never changed, and no other name."""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import InternalError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.refusals import Refused
from members.actions.erasing import erase_all, erase_person
from members.actions.floating_inquiries import answer, ask, erase_inquiry
from members.free_text import KEPT, TEXTS
from members.models import Aid, Erasure, FloatingInquiry, Household, PersonPair
from members.personal_data import RECORDS
from members.tests import factories
from members.tests.test_privacy import found_anywhere
from office.erasing import GONE
from organisations.models import Need
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.actions.issues import answer_issue, raise_issue
from pairing.models import Issue, IssueStep, Round
from pairing.states import RoundState
from pairing.tests import factories as pairs

assert signed_in
pytestmark = pytest.mark.django_db
APPS = ("members", "office", "organisations", "pairing", "visits", "funds", "duties", "reports")
NAME = "欧阳福林"


@pytest.fixture
def place():
    county = people.county()
    town = people.township(county)
    village, beside = people.village(town, "马岭村"), people.village(town, "石坪村")
    unit = people.unit(county, "林业局")
    household = factories.household(village, NAME, phone="13900009866")
    return SimpleNamespace(
        county=county,
        village=village,
        beside=beside,
        unit=unit,
        household=household,
        pair=factories.helps(factories.member(unit, "陈光"), household),
        organiser=people.user("organiser", county),
        secretary=people.user("village_secretary", village),
    )


def issue(place, name: str, about=None) -> Issue:
    words = f"{name}家房屋漏水，电话13900009866。"
    made = raise_issue(
        by=place.organiser, title=f"{name}家漏水", kind="livelihood", words=words, at=timezone.now(),
        organisation=about or place.village,
    )  # fmt: skip
    answer_issue(by=place.organiser, issue=made, words=f"已联系{name}。", at=timezone.now())
    return made


def erase(place, record=None) -> Erasure:
    return erase_person(by=place.organiser, record=record or place.household, reason="本人申请删除", at=timezone.now())


def own_columns() -> set[str]:
    """Every column of ours that can hold words of somebody."""
    found = set()
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                columns = [field for field in model._meta.concrete_fields if holds_words(field)]
                found |= {f"{model._meta.label}.{field.name}" for field in columns}
    return {each for each in found if not each.endswith((".search_text", ".search_grams"))}


def holds_words(field) -> bool:
    kind = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(kind, models.CharField | models.TextField | models.JSONField) and not kind.choices


def test_every_column_with_words_is_struck_or_says_why_not():
    struck = {f"{text.label}.{column}" for text in TEXTS for column in text.columns}
    kept = {
        f"{label}.{column}"
        for lines in KEPT.values()
        for label, _colon, columns in (line.partition(": ") for line in lines)
        for column in columns.split()
    }
    personal = {f"{label}.{field.column}" for label, kind in RECORDS.items() for field in kind.fields}
    held = own_columns()
    roles = {each for each in held if each.endswith(".role")}
    assert held - struck - kept - personal - roles == set()
    assert (struck | kept) - held == set()
    assert not struck & kept


def test_a_name_that_nobody_else_bears_is_gone_from_texts_and_their_history_and_all_counts_are_true(place):
    made = issue(place, NAME)
    factories.aid(place.pair, words=f"给{NAME}送化肥")
    other = factories.helps(factories.member(place.unit, "石耀"), factories.household(place.village, "田云"))
    factories.aid(other, words=f"与{NAME}同去")
    Need.objects.create(village=place.beside, name="道路", note=f"{NAME}门前")
    assert len(found_anywhere(NAME)) > 8
    counts = [model.objects.count() for model in (Issue, IssueStep, Aid, PersonPair, Household)]
    told = erase(place)
    assert found_anywhere(NAME, "13900009866") == set()
    assert (reread(made).title, reread(made).words) == (f"{GONE}家漏水", f"{GONE}家房屋漏水，电话{GONE}。")
    assert Aid.objects.get(pair=other).words == f"与{GONE}同去"
    assert [model.objects.count() for model in (Issue, IssueStep, Aid, PersonPair, Household)] == counts
    assert told.texts == 4
    assert apps.get_model("pairing.IssueEvent").objects.filter(pgh_obj_id=made.pk, pgh_label="changed").exists()


def test_of_a_name_that_others_bear_only_what_concerns_the_person_is_struck(place):
    namesake = factories.household(place.beside, NAME)
    factories.member(place.unit, f"{NAME}生")
    here, there = issue(place, NAME), issue(place, NAME, place.beside)
    longer = issue(place, f"{NAME}生")
    erase(place)
    assert (reread(here).title, reread(there).title) == (f"{GONE}家漏水", f"{NAME}家漏水")
    assert reread(longer).title == f"{NAME}生家漏水"
    assert reread(namesake).head == NAME
    assert {step.words for step in there.steps.filter(verb="answered")} == {f"已联系{NAME}。"}


def test_what_stands_in_a_closed_round_is_struck_and_stays_closed(place):
    round = pairs.round(place.county)
    pairing = pairs.pairing(round, place.unit, place.village, state="signed")
    made = raise_issue(
        by=place.organiser, title=f"{NAME}家漏水", kind="livelihood", pairing=pairing, at=timezone.now()
    )  # fmt: skip
    Round.objects.filter(pk=round.pk).update(
        state=RoundState.CLOSED, closed_at=timezone.now(), closed_by=place.organiser
    )
    erase(place)
    assert reread(made).title == f"{GONE}家漏水"
    for statement in ("UPDATE pairing_issue SET title = 'x'", "UPDATE pairing_issuestep SET words = 'x'"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert reread(made).title == f"{GONE}家漏水"


def test_a_title_too_short_for_the_mark_is_cut(place):
    long = f"{'水' * 116}{NAME}"
    made = raise_issue(by=place.organiser, title=long, kind="livelihood", organisation=place.village, at=timezone.now())
    erase(place)
    assert reread(made).title == f"{'水' * 116}{GONE}"[:120]


def test_many_are_erased_in_as_many_statements_as_one(place):
    asked = []
    for count in (1, 6):
        households = [
            factories.household(place.village, f"司徒{count}{'甲乙丙丁戊己'[number]}") for number in range(count)
        ]
        for household in households:
            factories.helps(factories.member(place.unit), household)
            issue(place, household.head)
        with CaptureQueriesContext(connection) as found:
            erase_all(households, by=place.organiser, reason="保存期满", at=timezone.now())
        asked.append(len(found))
    assert asked[0] == asked[1]
    assert found_anywhere("司徒") == set()
    assert Household.objects.filter(erased_at=None).count() == 1


def test_the_guard_of_the_database_is_lifted_for_this_alone():
    used = {
        str(path.relative_to(settings.BASE_DIR))
        for app in (*APPS, "config", "core", "demonstration")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "tests" not in path.parts and re.search(r"\blifted\(|pgtrigger\.ignore", path.read_text(encoding="utf-8"))
    }
    assert used == {"organisations/protection.py", "members/striking.py"}


@pytest.fixture
def inquiry(place) -> FloatingInquiry:
    by = people.user("village_secretary", place.beside)
    given = {"asker": place.beside, "asked": place.village, "words": "2019年入党", "at": timezone.now()}
    return ask(by=by, person="慕容大山", **given)


def test_the_name_in_an_inquiry_about_somebody_who_was_never_registered_is_erased(place, inquiry, signed_in):
    for by in (place.organiser, place.secretary):
        with pytest.raises(Refused):
            erase_inquiry(by=by, inquiry=inquiry, at=timezone.now())
    answer(by=place.secretary, inquiry=inquiry, result="not_ours", words="慕容大山不是我村党员", at=timezone.now())
    with pytest.raises(Refused):
        erase_inquiry(by=place.secretary, inquiry=inquiry, at=timezone.now())
    assert reread(inquiry).person == "慕容大山"
    client = signed_in(place.organiser)
    assert "删除个人信息" in client.get(inquiry.get_absolute_url()).content.decode()
    client.post(f"{inquiry.get_absolute_url()}erase/")
    assert found_anywhere("慕容大山", "2019年入党") == set()
    kept = reread(inquiry)
    assert (kept.state, kept.result, kept.erased_at is None, str(kept)) == ("answered", "not_ours", False, "已删除")
    assert client.post(f"{inquiry.get_absolute_url()}erase/").status_code == 404
