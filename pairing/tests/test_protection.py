"""The database itself refuses, whoever asks: plain SQL, no model in between."""

import pytest
from django.db import InternalError, connection, transaction

from pairing.models import Agreement, AgreementScan, Commitment, Decision, NegotiationNote, Signature
from pairing.states import Side
from pairing.tests.market import county, formed, negotiated, sign, signed

pytestmark = pytest.mark.django_db
TERMS = ("starts_on = '2020-01-01'", "ends_on = '2030-01-01'", "leader_in_charge = '别人'", "terms = '改'")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except InternalError as error:
        return "pgtrigger: Cannot" in str(error)
    return False


@pytest.fixture
def agreement():
    place = county()
    return signed(place, formed(place))


@pytest.mark.parametrize("change", [*TERMS, "state = 'draft'", "signed_at = now()", "version = version + 1"])
def test_a_signed_agreement_is_not_changed(agreement, change):
    assert refused(f"UPDATE pairing_agreement SET {change} WHERE id = {agreement.pk}")
    kept = Agreement.objects.get(pk=agreement.pk)
    assert (kept.state, kept.terms, kept.version) == ("signed", agreement.terms, agreement.version)


def test_a_signed_agreement_its_commitments_and_signatures_are_not_deleted(agreement):
    for table in ("pairing_agreement", "pairing_commitment", "pairing_signature"):
        assert refused(f"DELETE FROM {table}")
    assert (Agreement.objects.count(), Commitment.objects.count(), Signature.objects.count()) == (1, 2, 2)


def test_commitments_of_a_signed_agreement_are_neither_changed_nor_added_nor_moved_away(agreement):
    assert refused("UPDATE pairing_commitment SET amount = 1 WHERE kind = 'money'")
    assert refused(
        f"INSERT INTO pairing_commitment (agreement_id, kind, title) VALUES ({agreement.pk}, 'other', '再加一条')"
    )
    other = county("绿水县")
    draft = formed(other).agreements.get()
    assert refused(f"UPDATE pairing_commitment SET agreement_id = {draft.pk}")
    loose = Commitment.objects.create(agreement=draft, kind="other", title="别处")
    assert refused(f"UPDATE pairing_commitment SET agreement_id = {agreement.pk} WHERE id = {loose.pk}")
    assert agreement.commitments.count() == 2


def test_signatures_are_not_changed(agreement):
    assert refused("UPDATE pairing_signature SET name = '别人', content_hash = ''")
    assert {row.name for row in Signature.objects.all()} == {"王志远", "李桂兰"}


@pytest.mark.parametrize("change", [*TERMS, "state = 'draft'", "state = 'confirmed'", "unit_name = '别的单位'"])
def test_after_the_first_signature_the_terms_are_locked(change):
    place = county()
    agreement = sign(place, negotiated(place, formed(place)), Side.UNIT)
    assert refused(f"UPDATE pairing_agreement SET {change} WHERE id = {agreement.pk}")
    assert refused("UPDATE pairing_commitment SET amount = 1 WHERE kind = 'money'")
    assert Agreement.objects.get(pk=agreement.pk).state == "signing"


def test_what_was_signed_by_one_is_not_deleted():
    place = county()
    sign(place, negotiated(place, formed(place)), Side.UNIT)
    assert refused("DELETE FROM pairing_agreement")
    assert Agreement.objects.count() == 1


def test_notes_decisions_and_scans_are_only_added():
    for model in (NegotiationNote, Decision, AgreementScan):
        names = {trigger.name for trigger in model._meta.triggers}
        assert any(name.endswith("append_only") for name in names)
