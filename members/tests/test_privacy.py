"""What protects people: purposes and retention, consent, a copy for the person, and erasure without a trace."""

from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.refusals import Refused
from members.actions.consents import withdraw_consent
from members.actions.erasing import erase_person
from members.actions.households import GivenConsent, add_person, change_household, survey_household
from members.actions.readings import read_in_full
from members.kinds import Mark, PersonKind
from members.models import Consent, Erasure, Household, Member, PersonalReading, PersonPair
from members.personal_data import RECORDS
from members.tests import factories
from office import files
from office.models import Job, Message, RosterChange, RosterImport, RosterRow, RosterSheet, StoredFile
from office.rosters.states import RosterState
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.factories import SPRING

assert signed_in
pytestmark = pytest.mark.django_db
NAME, PHONE = "欧阳福林", "13900009866"
# Neither tells who somebody is: what is searched is the name itself, what is counted is computed.
COMPUTED = {"search_text", "search_grams", "seen_on", "token_hash", "before", "proposed", "now"}


@pytest.fixture
def place():
    county = people.county()
    village = people.village(people.township(county), "马岭村")
    unit = people.unit(county, "林业局")
    cadre = people.user("cadre", unit)
    helper = factories.member(unit, "陈光", user=cadre)
    household = factories.household(village, NAME, phone=PHONE, number="0071")
    return SimpleNamespace(
        county=county,
        village=village,
        unit=unit,
        cadre=cadre,
        helper=helper,
        household=household,
        pair=factories.helps(helper, household),
        organiser=people.user("organiser", county),
        secretary=people.user("village_secretary", village),
        auditor=people.user("auditor", county),
    )


def picture(color: str = "white") -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8), color).save(content, "PNG")
    return content.getvalue()


def imported(place, state=RosterState.APPLIED) -> RosterImport:
    """A workbook with the household on it, as an import leaves it."""
    content = f"户主,电话\n{NAME},{PHONE}\n{state}".encode()
    file = files.keep(files.Checked(StoredFile.Kind.WORKBOOK, "名册.csv", "text/csv", content), by=place.organiser)
    applied = {"applied_at": SPRING} if state == RosterState.APPLIED else {}
    roster = RosterImport.objects.create(
        file=file, name="名册.csv", place=place.county, state=state, started_by=place.organiser, **applied
    )
    sheet = RosterSheet.objects.create(roster=roster, position=1, name="农户", titles=[f"{NAME}等户"])
    RosterRow.objects.create(
        sheet=sheet, number=2, cells=[NAME, PHONE], edits={"head": NAME}, notes={"phone": PHONE}, verdict="created",
        changes=[["head", "", NAME]], doubts=[{"params": {"name": NAME}}],
    )  # fmt: skip
    RosterRow.objects.create(sheet=sheet, number=3, cells=["田云华", "13800001111"], verdict="created")
    RosterChange.objects.create(
        roster=roster, position=1, model="members.household", updated=[{"before": {"head": NAME, "phone": PHONE}}]
    )
    return roster


def text_columns() -> list[tuple[str, str]]:
    """Every column of the whole database that can hold words, the event tables of the history included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"
        )
        return cursor.fetchall()


def found_anywhere(*words: str) -> set[tuple[str, str]]:
    found = set()
    with connection.cursor() as cursor:
        for table, column in text_columns():
            for word in words:
                cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE %s LIMIT 1', [f"%{word}%"])
                if cursor.fetchone():
                    found.add((table, column))
    return found


def test_every_personal_column_has_its_purpose_and_every_record_its_retention():
    models = {m._meta.label: m for m in apps.get_app_config("members").get_models() if "Event" not in m.__name__}
    assert RECORDS.keys() == models.keys()
    for label, model in models.items():
        events = getattr(model, "pgh_event_model", None)
        kept = {field.name for field in events._meta.fields} if events else {f.name for f in model._meta.fields}
        personal = {field.name for field in model._meta.concrete_fields} - kept - COMPUTED
        told = {field.column for field in RECORDS[label].fields}
        assert told >= personal, label
        assert RECORDS[label].years > 0
        assert all(field.purpose and field.basis.article for field in RECORDS[label].fields)


def test_the_page_says_what_is_kept_what_for_and_how_long(place, signed_in):
    text = signed_in(place.cadre).get(reverse("personal_data")).content.decode()
    for words in ("户主姓名", "因病、因残须先取得同意", "第二十九条", "保存 3 年，起算：移出名册之日", "监护人同意"):
        assert words in text


def test_consent_is_asked_for_where_the_file_says_so():
    asked = {(label, field.consent) for label, kind in RECORDS.items() for field in kind.fields if field.consent}
    assert asked == {("members.Household", "health"), ("members.Person", "minor")}
    assert {purpose for _label, purpose in asked} == set(Consent.Purpose)


def minor(place, scan: bytes | None = None):
    checked = files.Checked(StoredFile.Kind.SCAN, "同意书.png", "image/png", scan) if scan else None
    fields = {"name": "欧阳小红", "kind": PersonKind.POOR_PUPIL, "guardian": "欧阳大爷", "phone": "13700001234"}
    consent = GivenConsent(timezone.localdate(), checked)
    return add_person(by=place.secretary, village=place.village, fields=fields, at=timezone.now(), consent=consent)


def test_a_guardian_who_withdraws_the_consent_has_the_child_erased_at_once(place, signed_in):
    child = minor(place, picture())
    consent = Consent.objects.get()
    shelf = consent.file.shelf
    assert signed_in(place.secretary).get(reverse("consent_scan", args=[consent.pk])).status_code == 200
    assert signed_in(place.organiser).get(reverse("consent_scan", args=[consent.pk])).status_code == 404
    client = signed_in(place.secretary)
    address = reverse("withdraw_consent", args=[consent.pk])
    assert "立即" in client.get(address).content.decode()
    client.post(address, {"on": timezone.localdate().isoformat()})
    child = reread(child)
    assert (child.name, child.guardian, child.phone, child.erased_at is None) == ("", "", "", False)
    assert found_anywhere("欧阳小红", "欧阳大爷", "13700001234") == set()
    assert reread(consent).withdrawn_on == timezone.localdate()
    assert StoredFile.objects.get().destroyed_at is not None
    assert shelf.exists()  # the bytes go when the transaction holds


def test_a_household_that_withdraws_its_consent_loses_the_causes_of_health_only(place):
    today = timezone.localdate()
    survey_household(
        by=place.secretary, household=place.household, on=today, at=timezone.now(),
        fields={"causes": ["illness", "schooling"]}, consent=GivenConsent(today),
    )  # fmt: skip
    consent = Consent.objects.get()
    with pytest.raises(Refused):
        withdraw_consent(by=place.organiser, consent=consent, on=today, at=timezone.now())
    assert reread(place.household).causes == ["illness", "schooling"]
    withdraw_consent(by=place.secretary, consent=consent, on=today, at=timezone.now())
    assert reread(place.household).causes == ["schooling"]


def test_a_copy_for_the_person_holds_all_that_is_kept_and_is_itself_recorded(place, signed_in):
    read_in_full(by=place.auditor, record=place.household, reason="核查名册", at=timezone.now())
    Household.objects.update(causes=["schooling"], wish="想养牛", wished_on=timezone.localdate())
    client = signed_in(place.organiser)
    address = reverse("household_copy", args=[place.household.pk])
    assert client.post(address, {"reason": ""}).headers["Content-Type"].startswith("text/html")
    answer = client.post(address, {"reason": "本人申请"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values)
    words = {str(cell) for row in rows for cell in row if cell}
    assert {NAME, PHONE, "0071", "因学", "想养牛", place.auditor.name, "核查名册"} <= words
    assert any("陈光" in word for word in words)
    assert PersonalReading.objects.filter(read_by=place.organiser, reason="本人申请").count() == 1
    assert (
        signed_in(place.cadre).post(reverse("member_copy", args=[place.helper.pk]), {"reason": "x"}).status_code == 200
    )
    stranger = people.user("organiser", people.county("白水县"))
    assert signed_in(stranger).post(address, {"reason": "看看"}).status_code == 404


def test_erasing_leaves_no_name_and_no_number_anywhere_and_all_counts_true(place, django_capture_on_commit_callbacks):
    change_household(by=place.secretary, household=place.household, fields={"people": 6})
    read_in_full(by=place.secretary, record=place.household, reason="安排走访", at=timezone.now())
    roster, waiting = imported(place), imported(place, RosterState.READY)
    Message.objects.create(
        organisation=place.village, permission="village.act", kind="notice", key="k", subject="%(name)s %(phone)s",
        params={"name": NAME, "phone": PHONE}, settled_at=SPRING,
    )  # fmt: skip
    Job.objects.create(
        kind="x", title="任务", organisation=place.county, started_by=place.organiser, message=f"正在处理{NAME}",
        result={"names": [NAME]},
    )  # fmt: skip
    PersonPair.objects.update(state="ended", until=date(2026, 1, 1), end_reason="term", end_words=f"{NAME}已脱困")
    shelves = [each.file.shelf for each in (roster, waiting)]
    assert len(found_anywhere(NAME, PHONE)) > 10
    households, pairs = Household.objects.count(), PersonPair.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        made = erase_person(by=place.organiser, record=place.household, reason="本人申请删除", at=timezone.now())
    assert found_anywhere(NAME, PHONE) == set()
    assert not any(shelf.exists() for shelf in shelves)
    assert (Household.objects.count(), PersonPair.objects.count()) == (households, pairs)
    assert (made.erased_by, made.imports, made.files, made.messages) == (place.organiser, 2, 2, 1)
    row = reread(place.household)
    assert (row.village, row.people, row.is_needy, str(row)) == (place.village, 6, True, "已删除")
    rows = RosterRow.objects.order_by("pk").values_list("cells", "left_out")
    gone = ["（已删除）", "（已删除）"]
    other = ["田云华", "13800001111"]
    assert list(rows) == [(gone, False), (other, False), (gone, True), (other, False)]


def test_a_destroyed_workbook_is_given_to_nobody_and_says_why(place, signed_in):
    roster = imported(place)
    erase_person(by=place.organiser, record=place.household, reason="本人申请删除", at=timezone.now())
    answer = signed_in(place.organiser).get(reverse("roster_file", args=[roster.pk]), follow=True)
    assert "已销毁" in answer.content.decode()


def test_erasing_ends_what_is_in_force_and_is_never_done_twice(place, signed_in):
    client = signed_in(place.organiser)
    address = reverse("erase_household", args=[place.household.pk])
    assert "陈光" in client.get(address).content.decode()
    client.post(address, {"reason": "本人申请删除"})
    client.post(address, {"reason": f"{NAME}申请", "is_sure": "on"})
    assert not Erasure.objects.exists()
    client.post(address, {"reason": "本人申请删除", "is_sure": "on"})
    assert (reread(place.pair).state, reread(place.pair).end_reason) == ("ended", "target_changed")
    assert client.get(address).status_code == 404
    page = client.get(place.household.get_absolute_url()).content.decode()
    assert "已删除" in page
    with pytest.raises(Refused):
        erase_person(by=place.organiser, record=place.household, reason="再删一次", at=timezone.now())
    with pytest.raises(Refused):
        read_in_full(by=place.organiser, record=reread(place.household), reason="安排走访", at=timezone.now())
    assert Erasure.objects.count() == 1


@pytest.mark.parametrize("who", ["secretary", "auditor", "cadre"])
def test_only_whoever_holds_the_permission_erases(place, signed_in, who):
    user = getattr(place, who)
    with pytest.raises(Refused):
        erase_person(by=user, record=place.household, reason="本人申请删除", at=timezone.now())
    address = reverse("erase_household", args=[place.household.pk])
    assert signed_in(user).post(address, {"reason": "本人申请删除", "is_sure": "on"}).status_code == 404
    assert (reread(place.household).head, Erasure.objects.exists()) == (NAME, False)


def test_a_member_is_erased_with_the_account_once_it_holds_no_post(place):
    user = people.user("cadre", place.unit, name="诸葛长青", username="zhuge", phone="13600005555")
    member = factories.member(
        place.unit, "诸葛长青", user=user, phone="13600005555", post="造林站站长", identity_hash="ab" * 32
    )
    with pytest.raises(Refused):
        erase_person(by=place.organiser, record=member, reason="本人申请删除", at=timezone.now())
    assert reread(member).name == "诸葛长青"
    user.appointments.update(until=timezone.localdate() - timedelta(days=1))
    people.forget_posts(user)
    erase_person(by=place.organiser, record=member, reason="本人申请删除", at=timezone.now())
    assert found_anywhere("诸葛长青", "13600005555", "zhuge", "造林站站长", "ab" * 32) == set()
    user = reread(user)
    assert (user.is_active, user.phone, user.has_usable_password()) == (False, None, False)


def test_the_search_box_finds_people_only_by_names_that_the_reader_may_know(place, signed_in):
    factories.member(place.unit, "慕容困难", marks=[Mark.NEEDY])
    for user, query, found in (
        (place.secretary, NAME, True),
        (place.organiser, NAME, False),
        (place.auditor, "慕容困难", False),
        (place.organiser, "慕容困难", True),
        (place.auditor, "陈光", True),
        (place.cadre, NAME, False),
    ):
        text = signed_in(user).get(reverse("search"), {"q": query}).content.decode()
        shown = any(f'line-end quiet">{name}<' in text for name in ("马岭村", "林业局"))
        assert shown == found, (user, query)
        assert PHONE not in text
    assert Member.objects.count() == 2
