"""Greeting letters before 1 July (SF-36): one a year, its Word file, which were sent and which arrived."""

import io
from datetime import date, datetime

import docx
import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse

from core.refusals import Refused
from members.actions import floating_letters
from members.floating.letters import letters_document
from members.models import GreetingBatch, GreetingLetter
from members.templates_word import build_greeting
from members.tests import factories
from members.tests.floating import floating, places
from pairing.tests.factories import CHINA
from pairing.tests.test_documents import parts

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=CHINA)
THREE = {"plans": "党建引领\n城乡共建", "tasks": "修通村路", "results": "户均增收"}


@pytest.fixture
def place():
    return places()


def letters(place, at=JUNE, by=None) -> GreetingBatch:
    return floating_letters.prepare_letters(by=by or place.supervisor, place=place.town, at=at, **THREE)


@pytest.mark.clause("SF-36")
def test_one_letter_a_year_for_everybody_who_is_away_sent_before_1_july(place):
    first = floating(place.village, place.community, member=place.member)
    floating(place.village, state="returned")
    with pytest.raises(Refused):
        floating_letters.prepare_letters(by=place.secretary, place=place.village, at=JUNE, **THREE)
    batch = letters(place)
    assert [letter.record for letter in batch.letters.all()] == [first]
    assert (batch.window_starts_on, batch.window_ends_on) == (date(2026, 6, 1), date(2026, 6, 30))
    with pytest.raises(Refused):
        letters(place)
    floating(place.village, member=factories.member(place.village, "孙长海"))
    second = letters(place)
    assert [str(letter.record) for letter in second.letters.all()] == ["孙长海"]
    with pytest.raises(IntegrityError, match="greeting_letter_once_a_year"), atomic():
        GreetingLetter.objects.create(batch=second, record=first, member=place.member, year=2026)
    sent = {"letters": [letter.pk for letter in batch.letters.all()], "channel": "letter"}
    with pytest.raises(Refused, match="6月1日"):
        floating_letters.note_sent(by=place.supervisor, batch=batch, on=date(2026, 5, 31), at=JUNE, **sent)
    assert floating_letters.note_sent(by=place.supervisor, batch=batch, on=date(2026, 6, 9), at=JUNE, **sent) == 1
    with pytest.raises(Refused):
        floating_letters.note_sent(by=place.supervisor, batch=batch, on=date(2026, 6, 10), at=JUNE, **sent)
    assert batch.letters.get().sent_on == date(2026, 6, 9)
    assert letters(place, at=datetime(2026, 7, 1, 9, tzinfo=CHINA)).year == 2027


@pytest.mark.clause("SF-36")
def test_the_word_file_holds_one_page_for_each_letter_not_sent_yet(place, tmp_path):
    floating(place.village, place.community, member=place.member)
    floating(place.village, member=factories.member(place.village, "孙长海"))
    batch = letters(place)
    text = [paragraph.text for paragraph in docx.Document(io.BytesIO(letters_document(batch))).paragraphs]
    assert [line for line in text if line.endswith("同志：")] == ["于洪江同志：", "孙长海同志："]
    for words in ("一、工作思路", "党建引领", "城乡共建", "二、核心任务", "修通村路", "三、取得的成效", "户均增收"):
        assert text.count(words) == 2, words
    floating_letters.note_sent(
        by=place.supervisor,
        batch=batch,
        letters=[batch.letters.first().pk],
        channel="letter",
        on=date(2026, 6, 9),
        at=JUNE,
    )
    text = [paragraph.text for paragraph in docx.Document(io.BytesIO(letters_document(batch))).paragraphs]
    assert [line for line in text if line.endswith("同志：")] == ["孙长海同志："]
    build_greeting.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(build_greeting.PATH)


def test_which_letters_arrived_is_noted_once_and_never_before_they_were_sent(place, client):
    for name in ("于洪江", "孙长海"):
        floating(place.village, member=factories.member(place.village, name))
    batch = letters(place)
    first, other = batch.letters.all()
    sent = {"by": place.supervisor, "batch": batch, "channel": "letter", "on": date(2026, 6, 9), "at": JUNE}
    floating_letters.note_sent(letters=[first.pk], **sent)
    arrived = {"by": place.supervisor, "batch": batch, "at": JUNE}
    for chosen, on in ((other, 10), (first, 8)):
        with pytest.raises(Refused):
            floating_letters.note_received(letters=[chosen.pk], on=date(2026, 6, on), **arrived)
    assert not batch.letters.exclude(received_on=None)
    with pytest.raises(IntegrityError, match="received_after_it_was_sent"), atomic():
        batch.letters.filter(pk=other.pk).update(received_on=date(2026, 6, 10))
    client.force_login(place.supervisor)
    address = reverse("note_letters_received", args=[batch.pk])
    assert list(client.get(address).context["form"].fields["letters"].queryset) == [first]
    for _again in range(2):
        client.post(address, {"letters": [first.pk], "on": "2026-06-09"})
    assert list(batch.letters.values_list("received_on", flat=True)) == [date(2026, 6, 9), None]
    figures = client.get(batch.get_absolute_url()).context["figures"]
    assert figures == {"all": 2, "sent": 1, "received": 1}
