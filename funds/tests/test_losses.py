"""A back-up was restored: somebody acknowledges what is missing, and it is named so from then on, never as whole."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.refusals import Refused
from funds import verifying
from funds.actions.acknowledging import acknowledge_losses
from funds.models import AcknowledgedLoss
from funds.tests.playing import NOW, Place, entered
from funds.tests.playing import place as make_place
from funds.tests.test_bad_days import by_hand, checked
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
WORDS = "服务器故障，恢复 9 月 10 日 8 时的备份，凭证已重新登记"


@pytest.fixture
def place(db, django_capture_on_commit_callbacks) -> Place:
    """Two of three entries are gone; the file outside knows them."""
    found = make_place()
    with django_capture_on_commit_callbacks(execute=True):
        first = entered(found, "receipt", "20000.00")
        lost = [entered(found, "spending", amount) for amount in ("300.00", "200.00")]
    connection.check_constraints()  # what waits for the end of the transaction looks at rows that go now
    keys = ", ".join(str(entry.pk) for entry in lost)
    by_hand(
        f"DELETE FROM funds_voucher WHERE entry_id IN ({keys})",
        f"DELETE FROM funds_entry WHERE id IN ({keys})",
        f"UPDATE funds_fund SET last_number = 1, head = '{first.hash}', spending = 0",
    )
    return found


@pytest.fixture
def auditor(place):
    return people.user("auditor", place.county)


def test_what_is_missing_is_named_as_acknowledged_and_never_as_whole(place, auditor, capsys, client):
    assert checked(capsys)[0] == 1
    assert acknowledge_losses(by=auditor, words=WORDS, at=NOW) == 1
    code, said = checked(capsys)
    assert (code, "第 2 至 3 笔" in said, "2026年9月10日确认" in said, "1 处缺失已确认" in said) == (
        0,
        True,
        True,
        True,
    )
    verdict = verifying.verify(timezone.now())
    assert (verdict.is_sound, verdict.sentences, len(verdict.acknowledged)) == (False, [], 1)
    assert "全部与登记时一致" not in said
    page = client.get("/open/check/", {"village": place.village.pk}).content.decode()
    assert "第 2 至 3 笔" in page


def test_what_is_altered_or_lost_afterwards_is_found_as_before(
    place, auditor, capsys, django_capture_on_commit_callbacks
):
    acknowledge_losses(by=auditor, words=WORDS, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        again = entered(place, "spending", "300.00")  # number 2 once more, with a hash of its own
    assert checked(capsys)[0] == 0
    by_hand(f"UPDATE funds_entry SET amount = 3 WHERE id = {again.pk}")
    code, said = checked(capsys)
    assert (code, "第 2 笔" in said) == (1, True)


def test_who_may_and_what_has_to_be_said(place, auditor):
    with pytest.raises(Refused, match="发生了什么"), transaction.atomic():
        acknowledge_losses(by=auditor, words=" ", at=NOW)
    far = people.user("auditor", people.county("白水县"))
    for by in (place.organiser, place.village_secretary, place.secretary, far):
        with pytest.raises(Refused), transaction.atomic():
            acknowledge_losses(by=by, words=WORDS, at=NOW)
    assert not AcknowledgedLoss.objects.exists()
    acknowledge_losses(by=people.user("administrator", place.county), words=WORDS, at=NOW)
    with pytest.raises(Refused, match="没有"), transaction.atomic():
        acknowledge_losses(by=auditor, words=WORDS, at=NOW)
    assert AcknowledgedLoss.objects.count() == 1


def test_the_page_names_what_is_missing_and_takes_the_acknowledgement(place, auditor, signed_in):
    cache.delete(verifying.LAST)
    assert "<textarea" not in signed_in(auditor).get("/funds/verification/").content.decode()
    verifying.remember(verifying.verify(timezone.now()))
    address = "/funds/verification/"
    assert signed_in(place.organiser).get(address).status_code == 404
    assert (
        "库内缺第 2 至 3 笔"
        not in signed_in(people.user("auditor", people.county("白水县"))).get(address).content.decode()
    )
    client = signed_in(auditor)
    assert "库内缺第 2 至 3 笔" in client.get(address).content.decode()
    assert client.post(address, {"words": ""}).status_code == 200
    assert not AcknowledgedLoss.objects.exists()
    assert client.post(address, {"words": WORDS}).url == address
    loss = AcknowledgedLoss.objects.get()
    assert (loss.numbers, loss.acknowledged_by) == ([2, 3], auditor)
    assert WORDS in client.get(address).content.decode()


def test_the_page_asks_the_same_number_of_statements(place, auditor, signed_in, django_assert_num_queries):
    client, address = signed_in(auditor), "/funds/verification/"
    verifying.remember(verifying.verify(timezone.now()))
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    acknowledge_losses(by=auditor, words=WORDS, at=NOW)
    for number in range(3):
        AcknowledgedLoss.objects.create(
            fund_key=place.fund.pk, numbers=[number + 4], hashes=["0" * 64], words=WORDS, acknowledged_at=NOW,
            acknowledged_by=auditor, acknowledged_as=auditor.posts[0],
        )  # fmt: skip
    verifying.remember(verifying.verify(timezone.now()))
    with django_assert_num_queries(8):
        page = client.get(address).content.decode()
    assert page.count(WORDS) == 4


@pytest.mark.parametrize("statement", [
    "UPDATE funds_acknowledgedloss SET words = 'x'", "DELETE FROM funds_acknowledgedloss",
    "TRUNCATE funds_acknowledgedloss",
])  # fmt: skip
def test_the_database_keeps_it(place, auditor, statement):
    acknowledge_losses(by=auditor, words=WORDS, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AcknowledgedLoss.objects.get().words == WORDS
