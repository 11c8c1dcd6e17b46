"""Staff see what was sent to the outside, send it again or give it up."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from office.models import Attempt, Message, Outgoing
from office.outbox.sending import send_due
from office.tests import factories as make
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return people.village(people.township(people.county("青山县")))


@pytest.fixture
def administrator(village):
    from organisations.models import Organisation  # noqa: PLC0415

    return people.user("administrator", Organisation.objects.get(path=village.path[:4]))


def failed(village, number: int = 1, state: str = "failed") -> Outgoing:
    """Digests that were tried once, the last of them."""
    for each in range(number):
        reader = people.user("village_secretary", village, email=f"user{each}@example.cn")
        found = Outgoing.objects.create(
            recipient=reader, medium="mail", organisation=village, kind="digest", key="digest:2026-06-18", state=state,
            subject="%(count)s", params={"count": each}, url="/inbox/", tries=6,
        )  # fmt: skip
        message = Message.objects.first() or make.message(village)
        found.parts.create(message=message)
        now = timezone.now()
        Attempt.objects.create(outgoing=found, begun_at=now, ended_at=now, outcome="failed", answer="SMTP 421")
    return found


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_for_one_as_for_three(
    village, administrator, client, number, django_assert_num_queries
):
    failed(village, number)
    client.force_login(administrator)
    client.get(reverse("outbox"))
    with django_assert_num_queries(8):
        page = client.get(reverse("outbox")).content.decode()
    assert page.count("没有送达</span>") == number


def test_a_filter_finds_by_state_and_recipient(village, administrator, client):
    found = failed(village)
    failed(village, state="sent")
    client.force_login(administrator)
    answer = client.get(reverse("outbox"), {"state": "failed", "recipient": found.recipient.name})
    assert [row.record for row in answer.context["table"].page.object_list] == [found]


def test_what_failed_is_sent_again_with_its_attempts_kept(village, administrator, client):
    found = failed(village)
    client.force_login(administrator)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "SMTP 421" in page
    client.post(reverse("resend_outgoing", args=[found.pk]))
    send_due()
    found.refresh_from_db()
    assert (found.state, len(mail.outbox), found.handled_by) == ("sent", 1, administrator)
    assert list(found.attempts.values_list("outcome", flat=True)) == ["failed", "sent"]
    again = client.post(reverse("resend_outgoing", args=[found.pk]))
    assert again.status_code == 409
    send_due()
    assert len(mail.outbox) == 1


def test_all_that_failed_are_sent_again_at_once(village, administrator, client):
    failed(village, 3)
    client.force_login(administrator)
    client.post(reverse("resend_all_outgoing"))
    send_due()
    assert len(mail.outbox) == 3


def test_what_is_given_up_is_not_sent(village, administrator, client):
    found = failed(village)
    client.force_login(administrator)
    client.post(reverse("give_up_outgoing", args=[found.pk]))
    send_due()
    found.refresh_from_db()
    assert (found.state, found.handled_by, mail.outbox) == ("given_up", administrator, [])


def test_others_find_no_outbox_and_change_nothing(village, client):
    found = failed(village)
    elsewhere = people.user("administrator", people.county("白水县"))
    for user in (elsewhere, people.user("village_secretary", village)):
        client.force_login(user)
        assert client.get(found.get_absolute_url()).status_code == 404
        assert client.post(reverse("resend_outgoing", args=[found.pk])).status_code == 404
        client.post(reverse("resend_all_outgoing"))
    assert people.reread(found).state == "failed"
