"""A printed code opens one account once, for two weeks, and tells nobody anything when it does not."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.codes import as_printed, hashed, new_code
from organisations.models import Invitation, User
from organisations.tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "一个够长的口令 2026"


@pytest.fixture
def invitation(world) -> Invitation:
    return actions.invite(
        by=world.organiser,
        name="陈新",
        phone="13812345678",
        role="village_secretary",
        organisation=world.other_village,
        since=timezone.localdate(),
        at=timezone.now(),
    )


def enter(client, code: str, password: str = PASSWORD):
    return client.post(reverse("invitation"), {"code": code, "new_password1": password, "new_password2": password})


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_code_and_password_sign_the_person_in(client, invitation):
    answer = enter(client, invitation.code)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert signed_in_as(client) == str(invitation.user.pk)
    assert factories.reread(invitation.user).check_password(PASSWORD)
    assert factories.reread(invitation).used_at is not None


@pytest.mark.parametrize("typed", ["7k3m q0xd", "7K3MQOXD", "７Ｋ３Ｍ－Ｑ０ＸＤ", " 7k3m-qoxd "])
def test_a_code_is_read_as_people_type_it(typed):
    assert as_printed(typed) == "7K3M-Q0XD"


def test_codes_have_eight_characters_of_an_alphabet_without_lookalikes():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("ILOU")
    assert all(len(code) == 9 and as_printed(code) == code for code in codes)


def test_the_database_does_not_hold_the_code(invitation):
    stored = Invitation.objects.values().get(pk=invitation.pk)
    assert stored["code_hash"] == hashed(invitation.code)
    assert not any(invitation.code.replace("-", "") in str(value) for value in stored.values())


def test_a_code_works_once(client, invitation):
    enter(client, invitation.code)
    client.logout()
    answer = enter(client, invitation.code, "另一个够长的口令 2026")
    assert answer.context["form"].errors.keys() == {"code"}
    assert signed_in_as(client) is None
    assert factories.reread(invitation.user).check_password(PASSWORD)


def test_a_code_dies_after_two_weeks(client, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert enter(client, invitation.code).context["form"].errors.keys() == {"code"}
    assert not factories.reread(invitation.user).has_usable_password()


def test_a_revoked_code_opens_nothing(client, world, invitation):
    actions.revoke(by=world.organiser, user=invitation.user, at=timezone.now())
    assert enter(client, invitation.code).context["form"].errors.keys() == {"code"}
    assert signed_in_as(client) is None


def test_a_new_code_makes_the_old_one_void(client, world, invitation):
    newer = actions.reissue(by=world.organiser, user=invitation.user, at=timezone.now())
    assert enter(client, invitation.code).context["form"].errors.keys() == {"code"}
    assert enter(client, newer.code).status_code == 302


def test_a_code_of_a_person_without_sign_in_opens_nothing(client, world, invitation):
    actions.suspend(by=world.organiser, user=invitation.user)
    assert enter(client, invitation.code).context["form"].errors.keys() == {"code"}
    assert signed_in_as(client) is None


def test_all_reasons_read_the_same(client, world, invitation):
    enter(client, invitation.code)
    client.logout()
    used = enter(client, invitation.code).context["form"].errors["code"]
    unknown = enter(client, "0000-0000").context["form"].errors["code"]
    assert used == unknown


def test_guessing_codes_is_throttled(client, invitation):
    statuses = [enter(client, "0000-0000").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert enter(client, invitation.code).status_code == 429
    assert factories.reread(invitation).used_at is None


def test_a_weak_password_keeps_the_code_usable(client, invitation):
    assert enter(client, invitation.code, "123").context["form"].errors.keys() == {"new_password2"}
    assert factories.reread(invitation).used_at is None


def test_a_code_after_a_lost_telephone_lets_in_again(client, world, invitation):
    enter(client, invitation.code)
    client.logout()
    Authenticator.objects.create(user=invitation.user, type="totp", data={"secret": "x"})
    again = actions.reissue(by=world.organiser, user=invitation.user, at=timezone.now())
    enter(client, again.code)
    assert signed_in_as(client) == str(invitation.user.pk)
    assert not Authenticator.objects.exists()


def test_the_slip_shows_the_code_once_with_the_address(world, signed_in):
    client = signed_in(world.organiser)
    answer = client.post(
        reverse("invite"),
        {
            "name": "陈新",
            "phone": "１３８ １２３４ ５６７８",
            "role": "cadre",
            "organisation": "县林业局",
            "since": "2026-01-01",
        },
    )
    user = User.objects.get(phone="13812345678")
    code = answer.context["invitation"].code
    page = answer.content.decode()
    assert code in page
    assert "/invitation/" in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert code not in client.get(reverse("user", args=[user.pk])).content.decode()


def test_a_number_is_never_shown_as_a_user_name(world, invitation):
    other = actions.invite(
        by=world.organiser,
        name="陈新",
        phone="13900000000",
        role="cadre",
        organisation=world.unit,
        since=timezone.localdate(),
        at=timezone.now(),
    )
    assert (invitation.user.username, other.user.username) == ("chenxin", "chenxin2")


def test_one_user_name_belongs_to_one_person(world, invitation):
    before = User.objects.count()
    with pytest.raises(Refused):
        actions.invite(
            by=world.organiser,
            name="冒名",
            username="13812345678",
            role="cadre",
            organisation=world.unit,
            since=timezone.localdate(),
            at=timezone.now(),
        )
    assert User.objects.count() == before


def test_the_first_administrator_comes_from_the_command_line(db, client, capsys):
    call_command("create_administrator", "root", at="青山县")
    code = capsys.readouterr().out.split()[0]
    enter(client, code)
    user = User.objects.get(username="root")
    assert signed_in_as(client) == str(user.pk)
    assert user.can("appointment.manage")


def test_the_command_asks_where_when_the_top_is_not_clear(db):
    with pytest.raises(CommandError):
        call_command("create_administrator", "root")
    assert not User.objects.exists()
