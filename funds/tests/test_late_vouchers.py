"""A voucher that turns up later lies beside its entry, which stays as it was entered."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from core.refusals import Refused
from funds import verifying
from funds.actions import adding
from funds.models import Entry, LateVoucher
from funds.tests.playing import NOW, Place, entered
from funds.tests.playing import place as make_place
from organisations.tests import factories as people
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db) -> Place:
    return make_place()


def drawn(colour: str = "red") -> bytes:
    picture = BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    return picture.getvalue()


def added(place: Place, entry: Entry, by=None, words: str = "发票补开", colour: str = "red") -> LateVoucher:
    upload = ("发票.png", drawn(colour))
    return adding.add_voucher(by=by or place.village_secretary, entry=entry, upload=upload, words=words, at=NOW)


def test_it_is_added_on_the_page_and_opened_by_both_sides(place, signed_in):
    got = entered(place, "receipt")
    before = Entry.objects.values().get(pk=got.pk)
    client, address = signed_in(place.village_secretary), f"/funds/entries/{got.pk}/late-vouchers/"
    assert address in client.get(got.get_absolute_url()).content.decode()
    page = client.post(address, {"words": "发票补开", "upload": SimpleUploadedFile("发.png", b"<html>")})
    assert (page.status_code, LateVoucher.objects.count()) == (200, 0)
    upload = SimpleUploadedFile("发票.png", drawn(), "image/png")
    assert client.post(address, {"words": "发票补开", "upload": upload}).url == got.get_absolute_url()
    late = got.late_papers.get()
    assert (late.sha256, late.added_by) == (late.file.sha256, place.village_secretary)
    assert Entry.objects.values().get(pk=got.pk) == before
    assert [*verifying.chains(), *verifying.parts()] == []
    page = signed_in(place.secretary).get(got.get_absolute_url()).content.decode()
    assert ("发票补开" in page, address in page.replace(f"{address}{late.pk}/", "")) == (True, False)
    file = f"{address}{late.pk}/"
    for user, code in ((place.secretary, 200), (people.user("cadre", place.unit), 404), (place.stranger, 404)):
        assert signed_in(user).get(file).status_code == code


def test_only_the_side_whose_entry_it_is_adds_and_says_why(place, signed_in):
    got, sent = entered(place, "receipt"), entered(place, "sent")
    for by, entry in ((place.secretary, got), (place.organiser, got), (place.village_secretary, sent)):
        with pytest.raises(Refused), transaction.atomic():
            added(place, entry, by)
        assert signed_in(by).get(f"/funds/entries/{entry.pk}/late-vouchers/").status_code == 404
    with pytest.raises(Refused, match="为什么"), transaction.atomic():
        added(place, got, words=" ")
    assert not LateVoucher.objects.exists()
    assert added(place, sent, place.secretary).entry == sent


def test_the_same_file_twice_is_one_and_what_the_entry_has_is_refused(place):
    entered(place, "receipt")
    spent = entered(place, "spending", "10.00")
    assert added(place, spent) == added(place, spent)
    with pytest.raises(Refused, match="已有"), transaction.atomic():
        added(place, spent, colour="white")  # with which it was entered
    assert LateVoucher.objects.count() == 1


@pytest.mark.parametrize("statement", [
    "UPDATE funds_latevoucher SET words = 'x'", "DELETE FROM funds_latevoucher", "TRUNCATE funds_latevoucher",
    "INSERT INTO funds_latevoucher (entry_id, file_id, sha256, words, added_at, added_by_id, added_as_id) "
    "SELECT entry_id, file_id, 'other', words, added_at, added_by_id, added_as_id FROM funds_latevoucher",
])  # fmt: skip
def test_the_database_keeps_it_as_it_was_added(place, statement):
    added(place, entered(place, "receipt"))
    before = list(LateVoucher.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(LateVoucher.objects.values()) == before


def test_the_page_asks_as_often_for_three_as_for_one(place, signed_in):
    got, client = entered(place, "receipt"), signed_in(place.organiser)
    added(place, got)
    one = statements(client, got.get_absolute_url())
    for colour in ("blue", "green"):
        added(place, got, colour=colour)
    assert statements(client, got.get_absolute_url()) == one
