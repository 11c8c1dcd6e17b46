"""The ends of ledgers are mailed to whoever watches over the money; what lies in their mailboxes convicts an alteration."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funds import heads, verifying
from funds.models import Entry
from funds.notices import heads as notices
from funds.notices.heads import mail_heads
from funds.tests.playing import NOW, Place, entered
from funds.tests.playing import place as make_place
from funds.tests.test_bad_days import by_hand
from funds.tests.test_checking import RECHAIN
from office.models import ChannelChoice, Message, Outgoing
from office.outbox.sending import send_due
from organisations.models import User
from organisations.tests import factories as people
from pairing.tests import factories as pairings

pytestmark = pytest.mark.django_db
MORNING = NOW + timedelta(days=1)
DAY = timedelta(days=1)
CHECK = reverse("open_check")


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def place() -> Place:
    """Two entries; mailboxes at township and county, of an auditor, of somebody elsewhere and of the village."""
    found = make_place()
    entered(found, "receipt", "20000.00")
    entered(found, "spending", "300.00")
    people.user("township_supervisor", found.township, email="town@example.cn")
    people.user("auditor", found.county, email="audit@example.cn")
    people.user("township_supervisor", people.township(found.county, "青山县远山乡"), email="far@example.cn")
    people.user("village_committee", found.village, email="village@example.cn")
    return found


def mailed(at=MORNING) -> dict[str, str]:
    """Composed and sent; the text of each mail by its addressee."""
    mail.outbox.clear()
    mail_heads(at=at)
    send_due(lambda: at)
    return {sent.to[0]: str(sent.body) for sent in mail.outbox}


def line_of(text: str) -> str:
    (line,) = [each for each in text.splitlines() if re.search("[0-9a-f]{64}", each)]
    return line


def test_whoever_watches_over_the_money_gets_each_new_end_once(place):
    head = place.fund.head
    sent = mailed()
    assert set(sent) == {"town@example.cn", "audit@example.cn"}
    for text in sent.values():
        assert line_of(text) == f"编号{place.fund.pk} 第2笔 {head}"
        assert CHECK in text
    assert mailed(MORNING + timedelta(hours=2)) == {}  # once a day
    assert mailed(MORNING + DAY) == {}  # nothing new
    entered(place, "spending", "5.00", at=MORNING + DAY, on=NOW.date())
    assert mailed(MORNING + DAY + timedelta(minutes=30)) == {}  # perhaps others are still on their way
    assert {line_of(text) for text in mailed(MORNING + 2 * DAY).values()} == {
        f"编号{place.fund.pk} 第3笔 {place.fund.head}"
    }
    assert Message.objects.filter(recipient__email="audit@example.cn").count() == 2


def test_nothing_of_persons_villages_or_sums_is_mailed(place):
    for sent in (*mailed().values(), *(str(each.subject) for each in mail.outbox)):
        for part in (place.village.name, place.unit.name, place.village_secretary.name, "20,000", "青山"):
            assert part not in sent


def test_it_stands_in_the_inbox_of_who_takes_no_mail_and_of_nobody_else(place, client):
    auditor = people.user("auditor", place.county, name="无邮箱")
    silent = people.user("auditor", place.county, name="只要期限", email="silent@example.cn")
    ChannelChoice.objects.create(user=silent, only_deadlines=True)
    assert "silent@example.cn" not in mailed()
    for user in (auditor, silent):
        client.force_login(user)
        message = Message.objects.get(recipient=user)
        address = client.get(reverse("message", args=[message.pk])).url
        page = client.get(address).content.decode()
        assert place.fund.head in page
        assert place.fund.head not in client.get(reverse("inbox")).content.decode()
    for user in (
        place.village_secretary,
        place.secretary,
        place.stranger,
        people.user("auditor", people.county("白水县")),
    ):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert not Message.objects.filter(recipient=user).exists()


def test_who_lost_the_post_or_wants_no_mail_any_more_is_not_mailed(place):
    mail_heads(at=MORNING)
    ChannelChoice.objects.create(user=User.objects.get(email="town@example.cn"), by_mail=False)
    send_due(lambda: MORNING)
    assert [sent.to for sent in mail.outbox] == [["audit@example.cn"]]
    assert Outgoing.objects.get(recipient__email="town@example.cn").state == "lapsed"


def said(client, what: str) -> str:
    return client.get(CHECK, {"what": what}).content.decode()


def test_a_line_of_the_mail_is_checked_by_anybody_as_the_code_of_a_poster_is(place, client):
    heads.note(Entry.objects.values_list("fund", "number", "hash").order_by("number"), MORNING)
    line = line_of(mailed()["audit@example.cn"])
    entered(place, "spending", "5.00")
    for typed in (line, f"> {line}", line.upper()):
        page = said(client, typed)
        assert "第 1 笔至第 3 笔与登记时一致" in page
        assert "是第 2 笔的" in page


@pytest.mark.parametrize("how", ["altered", "removed"])
def test_the_mail_convicts_also_whoever_rewrote_the_file_and_the_chain(place, client, tmp_path, capsys, how):
    text = mailed()["audit@example.cn"]
    kept = tmp_path / "mail.eml"
    kept.write_bytes(mail.outbox[0].message().as_bytes())
    connection.check_constraints()
    if how == "altered":
        by_hand(RECHAIN)
    else:
        by_hand(
            "DELETE FROM funds_voucher", "DELETE FROM funds_entry WHERE number = 2",
            "UPDATE funds_fund SET last_number = 1, spending = 0, "
            "head = (SELECT hash FROM funds_entry WHERE number = 1)",
        )  # fmt: skip
    heads.path().unlink(missing_ok=True)
    heads.note(Entry.objects.values_list("fund", "number", "hash").order_by("number"), MORNING)
    assert verifying.verify(MORNING).is_sound  # the database and the file agree with each other
    page = said(client, line_of(text))
    assert "与登记时一致" not in page
    assert "第 2 笔" in page
    with pytest.raises(SystemExit) as left:
        call_command("verify_ledger", kept=str(kept))
    told = capsys.readouterr().out
    assert (left.value.code, "第 2 笔" in told, "与登记时不符" not in told) == (1, True, True)


def test_the_command_compares_a_mail_saved_as_text_or_whole_and_refuses_what_has_no_line(place, tmp_path, capsys):
    heads.note(Entry.objects.values_list("fund", "number", "hash").order_by("number"), MORNING)
    text = mailed()["audit@example.cn"]
    as_text, whole, other = (tmp_path / name for name in ("mail.txt", "mail.eml", "other.txt"))
    as_text.write_text(text)
    whole.write_bytes(mail.outbox[0].message().as_bytes())
    other.write_text("没有校验码")
    for file in (as_text, whole):
        call_command("verify_ledger", kept=str(file))
        assert "1 条" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("verify_ledger", kept=str(other))


def test_what_is_too_much_for_one_mail_comes_with_the_next_and_nothing_is_left_out(place, monkeypatch):
    monkeypatch.setattr(notices, "MOST", 2)
    for number in range(4):
        village = people.village(place.township, f"远村{number}")
        pairing = pairings.pairing(place.pairing.round, place.unit, village, state="signed")
        secretary = people.user("village_secretary", village)
        entered(place, "receipt", "10.00", into=pairing, by=secretary, at=NOW + timedelta(minutes=number // 2 + 1))
    found = [mailed(MORNING + number * DAY)["audit@example.cn"] for number in range(3)]
    told = [heads.printed_in(text) for text in found]
    assert [len(lines) for lines in told] == [1, 2, 2]
    assert len({fund for lines in told for fund, _number, _hash in lines}) == 5
    assert mailed(MORNING + 3 * DAY) == {}


def test_as_many_statements_for_many_as_for_few(place):
    with CaptureQueriesContext(connection) as few:
        mail_heads(at=MORNING)
    for number in range(4):
        people.user("auditor", place.county, name=f"审计{number}", email=f"audit{number}@example.cn")
    entered(place, "spending", "5.00", at=MORNING, on=NOW.date())
    with CaptureQueriesContext(connection) as many:
        assert mail_heads(at=MORNING + DAY) == 7
    assert len(many) == len(few)
