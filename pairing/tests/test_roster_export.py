"""What the product exports it reads back without a change, and its templates read as what they are."""

import io
import re

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from office.models import RosterImport
from organisations.models import Organisation, PhoneReading, User
from organisations.tests.factories import organisation_dept, user
from pairing.tests.test_roster_command import RAW, TIDY, XINCHENG, run, schemes, sizes, verdicts

__all__ = ["schemes"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """Signed in as the organiser of the county that was imported."""

    def sign_in(name: str):
        county = Organisation.objects.get(name=name)
        client.force_login(user("organiser", organisation_dept(county)))
        return client

    return sign_in


@pytest.mark.parametrize(("path", "name"), [(TIDY, "黔西县"), (RAW, "黔西县"), (XINCHENG, "新城区")])
@pytest.mark.parametrize("key", ["units", "villages", "pairings"])
def test_reading_an_own_export_back_changes_nothing(desk, tmp_path, path, name, key):
    run(path, "--commit")
    response = desk(name).get(f"/imports/export/{key}/")
    target = tmp_path / "export.xlsx"
    target.write_bytes(b"".join(response.streaming_content))
    before = sizes()
    round = Organisation.objects.get(name=name).rounds.get()
    _said, code = run(target, "--commit", "--under", name, "--round", str(round.pk))
    assert code == 0
    again = RosterImport.objects.latest("pk")
    assert set(verdicts(again)) == {key}
    assert set(verdicts(again)[key]) == {"unchanged", "skipped"}
    assert not again.made_changes.exists()
    assert sizes() == before


@pytest.mark.parametrize("key", ["units", "villages", "pairings", "organisations"])
def test_a_template_has_text_columns_and_dropdowns_and_is_recognised(desk, tmp_path, key):
    call_command("load_schemes", verbosity=0)
    run(TIDY, "--commit", "--sheet", "一类贫困村")
    response = desk("黔西县").get(f"/imports/template/{key}/")
    content = b"".join(response.streaming_content)
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert page["A2"].number_format == "@" or page.column_dimensions["A"].width
    dropdowns = page.data_validations.dataValidation
    assert bool(dropdowns) == (key != "pairings")
    target = tmp_path / "template.xlsx"
    target.write_bytes(content)
    run(target, "--commit", "--under", "黔西县")
    assert RosterImport.objects.latest("pk").sheets.first().described == key


@pytest.mark.parametrize("key", ["units", "villages", "organisations"])
def test_contact_phones_leave_in_full_only_with_the_right_to_read_them_and_on_record(client, tmp_path, key):
    call_command("load_schemes", verbosity=0)
    run(TIDY, "--commit")
    county = Organisation.objects.get(name="黔西县")
    Organisation.objects.filter(kind="township").update(contact_phone="13900004444")
    masked = exported(client, user("rural_work_office", county), key, tmp_path / "masked.xlsx")
    assert not re.search(r"\b1\d{10}\b", str(masked))
    assert "****" in str(masked)
    assert not PhoneReading.objects.exists()
    organiser = user("organiser", organisation_dept(county))
    full = exported(client, organiser, key, tmp_path / "full.xlsx")
    phones = [line[full[0].index("联系电话")] for line in full[1:]]
    assert not any("*" in str(phone) for phone in phones)
    assert PhoneReading.objects.filter(read_by=organiser).count() == len([phone for phone in phones if phone]) > 0


def test_a_masked_export_read_back_keeps_the_numbers_that_are_stored(client, tmp_path):
    call_command("load_schemes", verbosity=0)
    run(TIDY, "--commit")
    county = Organisation.objects.get(name="黔西县")
    before = dict(Organisation.objects.values_list("pk", "contact_phone"))
    exported(client, user("rural_work_office", county), "villages", target := tmp_path / "masked.xlsx")
    run(target, "--commit", "--under", "黔西县")
    assert set(verdicts(RosterImport.objects.latest("pk"))["villages"]) == {"unchanged", "skipped"}
    assert dict(Organisation.objects.values_list("pk", "contact_phone")) == before
    assert any(before.values())


def exported(client, who: User, key: str, path) -> list[list]:
    client.force_login(who)
    path.write_bytes(b"".join(client.get(f"/imports/export/{key}/").streaming_content))
    return [[cell.value for cell in line] for line in load_workbook(path).worksheets[0].iter_rows()]
