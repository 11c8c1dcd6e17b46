import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.tests.factories import pdf
from organisations.tests import factories as people
from pairing.actions import promises as acts
from pairing.models import PublicCommitment, ResponsibilityLetter, Target, TargetYear
from pairing.plans import letters
from pairing.states import CommitmentState, PairingState, Side, TargetState
from pairing.tests import factories
from pairing.tests.market import IN_TIME, statements
from pairing.tests.promising import YEAR, confirmed, planned, signed_under, taken, written

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user)
    return client


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def send(client, address, /, *args, **data):
    return client.post(reverse(address, args=args), data)


def test_targets_by_their_pages_from_the_scheme_to_met(client):
    place, pairing = signed_under("qianxi")
    send(sign_in(client, place.secretary), "take_goals", pairing.pk)
    target = Target.objects.all()[1]
    values = {"words": "人均纯收入", "unit_of_measure": "元", "baseline": "2100", "baseline_year": YEAR - 1}
    assert send(client, "edit_target", target.pk, **(values | {"baseline_year": ""})).context["form"].errors
    send(client, "edit_target", target.pk, **values)
    send(client, "target_step", target.pk, step="begin")
    send(client, "target_year", target.pk, YEAR, step="plan", planned="2600", planned_words="")
    file = SimpleUploadedFile("统计.pdf", pdf(), "application/pdf")
    send(client, "target_year", target.pk, YEAR, step="claim", actual="2650", proof_words="", file=file)
    sign_in(client, place.village_secretary)
    row = TargetYear.objects.get()
    assert read(client, "target_year_proof", row.pk).status_code == 200
    send(client, "target_year", target.pk, YEAR, step="confirm")
    assert TargetYear.objects.get().confirmed_by == place.village_secretary
    send(sign_in(client, place.secretary), "target_step", target.pk, step="claim", proof_words="三年达标")
    send(sign_in(client, place.village_secretary), "target_step", target.pk, step="return", words="再看一年")
    assert Target.objects.get(pk=target.pk).state == TargetState.UNDER_WAY
    send(sign_in(client, place.secretary), "target_step", target.pk, step="claim", proof_words="五年达标")
    send(sign_in(client, place.village_secretary), "target_step", target.pk, step="confirm")
    assert Target.objects.get(pk=target.pk).state == TargetState.MET
    page = read(client, "pairing_plans", pairing.pk, year=YEAR).content.decode()
    assert (
        "2,650" in page,
        "1 / 6" in read(sign_in(client, place.organiser), "round_plans", place.round.pk).content.decode(),
    ) == (True, True)


def test_a_target_of_ones_own_is_set_on_a_page(client):
    place, pairing = signed_under("shanghai")
    send(sign_in(client, place.village_secretary), "add_target", pairing.pk, name="村集体收入", unit_of_measure="万元")
    assert Target.objects.get().unit_of_measure == "万元"
    again = send(client, "add_target", pairing.pk, name="村集体收入")
    assert (again.status_code, Target.objects.count()) == (200, 1)


@pytest.mark.clause("QX-05")
def test_the_letter_by_its_pages_signed_by_both_and_printed(client):
    place, pairing = signed_under("qianxi")
    planned(place, taken(place, pairing)[0])
    send(sign_in(client, place.secretary), "draw_letter", pairing.pk, year=YEAR)
    letter = ResponsibilityLetter.objects.get()
    for person in (place.secretary, place.organiser):
        page = read(sign_in(client, person), "sign_letter", letter.pk).content.decode()
        digest = re.search(r'name="shown_hash" value="(\w{64})"', page)[1]
        wrong = send(client, "sign_letter", letter.pk, name="别人", consent="on", shown_hash=digest)
        assert wrong.context["form"].errors.keys() == {"name"}
        send(client, "sign_letter", letter.pk, name=person.name, consent="on", shown_hash=digest)
    letter.refresh_from_db()
    assert (letter.state, letter.signatures.count()) == ("signed", 2)
    page = read(client, "letter", letter.pk).content.decode()
    assert (letters.letter_hash(letter) in page, "新建冷库" in page, "data-print" in page) == (True, True, True)
    word = read(client, "letter_word", letter.pk)
    assert (word.status_code, word.content[:2]) == (200, b"PK")
    sign_in(client, place.village_secretary)
    assert read(client, "letter", letter.pk).status_code == 200
    assert read(client, "sign_letter", letter.pk).status_code == 404


def test_a_letter_is_declared_void_with_a_reason(client):
    place, pairing = signed_under("qianxi")
    planned(place, taken(place, pairing)[0])
    send(sign_in(client, place.organiser), "draw_letter", pairing.pk, year=YEAR)
    letter = ResponsibilityLetter.objects.get()
    assert send(client, "void_letter", letter.pk, words="").status_code == 200
    send(client, "void_letter", letter.pk, words="数字有误")
    letter.refresh_from_db()
    assert (letter.state, letter.void_reason) == ("void", "数字有误")


@pytest.mark.clause("AH-23")
def test_anybody_reads_key_points_commitments_and_who_confirmed_but_no_person(client):
    place, pairing = signed_under("anhui")
    confirmed(place, written(place, pairing, "key_points", YEAR, body="共建村级活动阵地", principal="赵永安"))
    sign_in(client, place.secretary)
    send(client, "write_promise", pairing.pk, year=YEAR, text="硬化通组路2公里", due_on=f"{YEAR}-10-01")
    promise = PublicCommitment.objects.get()
    client.logout()
    pages = [("public_promises", place.round.pk), ("public_village", place.round.pk, place.village.pk)]
    assert all("硬化通组路" not in read(client, *page).content.decode() for page in pages)
    sign_in(client, place.secretary)
    send(client, "promise_step", promise.pk, step="publish")
    send(client, "promise_step", promise.pk, step="report", state="claimed", words="全部完工")
    send(sign_in(client, place.village_secretary), "promise_step", promise.pk, step="confirm")
    client.logout()
    for page in pages:
        shown = read(client, *page).content.decode()
        assert all(text in shown for text in ("硬化通组路2公里", "全部完工", place.unit.name, place.village.name))
        assert not any(name in shown for name in ("王志远", "李桂兰", "赵永安"))
    assert "共建村级活动阵地" in shown
    assert reverse("public_promises", args=[place.round.pk]) in read(client, "board", place.round.pk).content.decode()
    exported = read(client, "public_promises", place.round.pk, export="xlsx")
    assert exported.status_code == 200


def test_a_correction_stands_beside_the_struck_words_on_the_public_page(client):
    place, pairing = signed_under("yudu")
    given = {"by": place.secretary, "side": Side.UNIT, "at": IN_TIME}
    promise = acts.write_promise(
        by=place.secretary, pairing=pairing, side=Side.UNIT, year=YEAR, text="建水池3口", due_on=IN_TIME.date()
    )
    acts.publish_promise(promise=promise, **given)
    sign_in(client, place.secretary)
    send(client, "correct_promise", promise.pk, text="建水池2口", due_on=f"{YEAR}-11-01", reason="勘测后调整")
    client.logout()
    page = read(client, "public_village", place.round.pk, place.village.pk).content.decode()
    assert ("<del>建水池3口</del>" in page, "建水池2口" in page, "勘测后调整" in page) == (True, True, True)
    listed = read(client, "public_promises", place.round.pk).content.decode()
    assert ("建水池2口" in listed, "建水池3口" in listed) == (True, False)


def test_not_fulfilled_is_said_with_words_and_sent_back_likewise(client):
    place, pairing = signed_under("anhui")
    sign_in(client, place.secretary)
    send(client, "write_promise", pairing.pk, year=YEAR, text="义诊两次", due_on=f"{YEAR}-10-01")
    promise = PublicCommitment.objects.get()
    send(client, "edit_promise", promise.pk, year=YEAR, text="义诊三次", due_on=f"{YEAR}-10-01")
    send(client, "promise_step", promise.pk, step="publish")
    assert (
        send(client, "promise_step", promise.pk, step="report", state="claimed", words="").context["report_form"].errors
    )
    send(client, "promise_step", promise.pk, step="report", state="claimed", words="三次已办")
    send(sign_in(client, place.village_secretary), "promise_step", promise.pk, step="return", words="只来了两次")
    promise.refresh_from_db()
    assert (promise.text, promise.state, promise.words) == ("义诊三次", CommitmentState.UNDER_WAY, "只来了两次")


def test_a_village_that_is_not_in_the_round_has_no_public_page(client):
    place, _pairing = signed_under("anhui")
    other = people.village(place.townships[0], "别村")
    assert read(client, "public_village", place.round.pk, other.pk).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_a_fixed_number_of_times(client, rows):
    place, pairing = signed_under("anhui")
    for number in range(rows):
        promise = acts.write_promise(
            by=place.secretary, pairing=pairing, side=Side.UNIT, year=YEAR, text=f"承诺{number}", due_on=IN_TIME.date()
        )
        acts.publish_promise(by=place.secretary, promise=promise, side=Side.UNIT, at=IN_TIME)
        unit = people.unit(place.root)
        factories.pairing(place.round, unit, place.village, state=PairingState.SIGNED)
    public = {
        "public_promises": statements(client, reverse("public_promises", args=[place.round.pk])),
        "public_village": statements(client, reverse("public_village", args=[place.round.pk, place.village.pk])),
    }
    assert public == {"public_promises": 5, "public_village": 6}
    sign_in(client, place.secretary)
    assert statements(client, promise.get_absolute_url()) == 7
