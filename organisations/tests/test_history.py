"""Who did what when: kept by the database itself, told in sentences, refused to be changed by anybody."""

from datetime import date
from decimal import Decimal

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from organisations import actions
from organisations.chronicle import entries_of
from organisations.history import performing
from organisations.models import Need, Organisation, VillageFacts
from organisations.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 18)


def event_models():
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and model._meta.managed]


def last_event(record):
    return type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk).order_by("-pgh_id").first()


def rename(world, by, name="县林业和草原局"):
    return actions.change_organisation(by=by, organisation=world.unit, fields={"name": name}, on=TODAY)


def test_every_history_table_of_the_product_is_append_only():
    """By plain SQL as the owner of the database, whatever the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgtype FROM pg_trigger WHERE tgname LIKE 'pgtrigger_append_only%'"
        )
        # tgtype: 1 row, 2 before, 8 delete, 16 update
        protected = {table for table, kind in cursor.fetchall() if kind & 0b11011 == 0b11011}
    assert {model._meta.db_table for model in event_models()} == protected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_organisationevent SET name = 'forged'",
        "DELETE FROM organisations_organisationevent",
        "UPDATE organisations_phonereading SET read_by_id = read_by_id",
        "DELETE FROM organisations_phonereading",
    ],
)
def test_raw_sql_cannot_rewrite_history(world, statement):
    actions.read_contact_phone(by=world.organiser, organisation=world.unit, at=timezone.now())
    before = list(Organisation.pgh_event_model.objects.order_by("pgh_id").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Organisation.pgh_event_model.objects.order_by("pgh_id").values()) == before


def test_one_statement_over_many_rows_is_one_statement_of_history(world):
    """Statement-level triggers: no function call per row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgtype & 1 FROM pg_trigger"
            " WHERE tgname ~ '^pgtrigger_(created|changed|deleted)_' AND tgrelid::regclass::text LIKE 'organisations_%'"
        )
        assert cursor.fetchall() == [(0,)]
    before = Organisation.pgh_event_model.objects.count()
    Organisation.objects.villages().update(party_members=7)
    assert Organisation.pgh_event_model.objects.count() == before + 2


def test_an_act_is_known_by_name_person_and_post(world):
    rename(world, world.organiser)
    event = last_event(world.unit)
    assert (event.pgh_label, event.name) == ("changed", "县林业和草原局")
    assert event.pgh_context == {
        "act": "organisations.change_organisation",
        "user": world.organiser.pk,
        "post": world.organiser.posts[0].pk,
    }


def test_a_page_also_tells_from_where(world, signed_in):
    client = signed_in(world.organiser)
    client.post(
        reverse("add_facts", args=[world.village.pk]), {"year": 2026, "households": 312}, REMOTE_ADDR="10.1.2.3"
    )
    context = last_event(VillageFacts.objects.get()).pgh_context
    assert context == {
        "act": "organisations.record_facts",
        "user": world.organiser.pk,
        "post": world.organiser.posts[0].pk,
        "ip": "10.1.2.3",
        "page": f"POST {reverse('add_facts', args=[world.village.pk])}",
    }


def test_the_outer_verb_names_what_an_inner_one_changes(world):
    new = actions.hand_over(by=world.organiser, appointment=world.cadre.posts[0], successor=world.nobody, on=TODAY)
    assert last_event(new).pgh_context["act"] == "organisations.hand_over"


def test_no_act_is_left_behind_for_what_happens_later(world):
    with pghistory.context(user=world.organiser.pk):
        with performing("organisations.test", world.cadre):
            Organisation.objects.filter(pk=world.unit.pk).update(party_members=1)
        Organisation.objects.filter(pk=world.unit.pk).update(party_members=2)
    assert last_event(world.unit).pgh_context == {"user": world.organiser.pk}


def test_a_failed_act_leaves_nothing_behind(world):
    outer, inner = pghistory.context(user=world.organiser.pk), performing("organisations.test", world.cadre)
    with pytest.raises(RuntimeError), outer, inner:
        raise RuntimeError
    with pghistory.context():
        Organisation.objects.filter(pk=world.unit.pk).update(party_members=3)
    assert "act" not in (last_event(world.unit).pgh_context or {})


def test_personal_columns_stay_outside(world):
    kept = {model.__name__: {field.name for field in model._meta.fields} for model in event_models()}
    assert not kept["UserEvent"] & {"username", "name", "phone", "email", "password", "last_login", "search_text"}
    assert not kept["OrganisationEvent"] & {"contact_name", "contact_phone", "search_text"}


def test_the_story_reads_as_sentences(world):
    rename(world, world.organiser)
    with translation.override("zh-hans"):
        entry = next(entry for entry in entries_of(Organisation, world.unit.pk) if entry.context)
    assert entry.sentence == "赵组织（县委组织部 组织部工作人员）修改了组织信息"
    assert entry.detail == (
        "名称：县林业局 → 县林业和草原局；别名：新增（类别 曾用名，名称或代码 县林业局，使用截止 2026年6月17日）"
    )


def test_the_story_of_a_village_includes_its_facts_and_needs(world):
    by = world.village_secretary
    actions.record_facts(by=by, village=world.village, year=2025, fields={"collective_income": Decimal(10000)})
    actions.record_facts(by=by, village=world.village, year=2025, fields={"collective_income": Decimal("20000.5")})
    with translation.override("zh-hans"):
        entries = entries_of(Organisation, world.village.pk)
    entry = next(entry for entry in entries if entry.context)
    assert entry.sentence == "李桂兰（野马图村 村党组织书记）填报了村情"
    assert entry.detail.endswith("；集体经济收入（元/年）：10,000.00 → 20,000.50")


def test_a_story_costs_the_same_however_long_it_is(world, django_assert_num_queries):
    def queries() -> int:
        with django_assert_num_queries(7) as captured:
            entries_of(Organisation, world.village.pk)
        return len(captured)

    actions.record_facts(by=world.village_secretary, village=world.village, year=2019, fields={})
    one = queries()
    for number in range(3):
        need = factories.need(world.village, f"需求{number}")
        Need.objects.filter(pk=need.pk).update(note="改")
        actions.record_facts(by=world.village_secretary, village=world.village, year=2020 + number, fields={})
    assert queries() == one


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("organiser", 200),
        ("auditor", 200),
        ("unit_secretary", 200),
        ("cadre", 404),  # sees the unit, but may not read its history
        ("village_secretary", 404),
        ("nobody", 404),
    ],
)
def test_history_is_for_whoever_sees_the_record_and_may_read_history(world, signed_in, person, status):
    address = reverse("history", args=["organisations.organisation", world.unit.pk])
    assert signed_in(getattr(world, person)).get(address).status_code == status


def test_the_right_to_read_history_counts_only_where_it_was_given(world, signed_in):
    factories.appointment(world.cadre, "village_secretary", world.village)
    client = signed_in(world.cadre)
    assert client.get(reverse("history", args=["organisations.organisation", world.village.pk])).status_code == 200
    assert client.get(reverse("history", args=["organisations.organisation", world.unit.pk])).status_code == 404


@pytest.mark.parametrize("label", ["sessions.session", "organisations.alias", "organisations.nothing", "nonsense"])
def test_only_records_that_know_their_readers_have_a_page_of_history(world, signed_in, label):
    assert signed_in(world.auditor).get(reverse("history", args=[label, 1])).status_code == 404


def test_the_address_is_shown_to_auditors_and_organisers_only(world, signed_in):
    client = signed_in(world.village_secretary)
    client.post(
        reverse("add_facts", args=[world.village.pk]), {"year": 2026, "households": 312}, REMOTE_ADDR="10.1.2.3"
    )
    address = reverse("history", args=["organisations.organisation", world.village.pk])
    assert "10.1.2.3" not in client.get(address).content.decode()
    assert "10.1.2.3" in signed_in(world.auditor).get(address).content.decode()


def test_the_history_of_a_deleted_record_stays_for_those_above_it(world, signed_in):
    gone = factories.appointment(factories.user(), "cadre", world.other_unit)
    pk = gone.pk
    gone.delete()
    address = reverse("history", args=["organisations.appointment", pk])
    assert signed_in(world.auditor).get(address).status_code == 200
    assert signed_in(world.unit_secretary).get(address).status_code == 404


def test_the_history_of_a_deleted_organisation_stays_for_those_above_it(world, signed_in):
    pk = world.other_village.pk
    world.other_village.delete()
    address = reverse("history", args=["organisations.organisation", pk])
    assert signed_in(world.auditor).get(address).status_code == 200
    assert signed_in(world.supervisor).get(address).status_code == 404
