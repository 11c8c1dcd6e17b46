"""Phones and names of people in need are found only where they may be: pages, exports, search, mail, logs, files."""

import logging
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
from django.core import mail
from django.urls import reverse

from members.models import PersonalReading
from office.models import Message
from organisations.models import PhoneReading
from tests.test_access import PUBLIC, ROUTES, address, client_of
from tests.world import MARK, World, build

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"1390000\d{4}")  # every phone of the world
IN_NEED = (f"{MARK}户", f"{MARK}人")
# Who keeps the roster of the village, and who helps: the helper knows the household, not the person.
NEAR = {"village_secretary": IN_NEED, "village_committee": IN_NEED, "cadre": IN_NEED[:1]}
# One of each kind of reader: above, beside, near, helping, and from elsewhere.
WALKERS = (
    "organiser",
    "rural_work_office",
    "township_supervisor",
    "branch_secretary",
    "cadre",
    "village_secretary",
    "foreign organiser",
)


@pytest.fixture
def world(db) -> World:
    return build()


def text_of(answer) -> str:
    """What an answer says: a page as it is, a workbook or document by all its parts."""
    content = answer.getvalue()
    try:
        parts = ZipFile(BytesIO(content))
    except BadZipFile:
        return content.decode(errors="replace")
    return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def leaks(text: str, who: str) -> list[str]:
    known = NEAR.get(who, ())
    return NUMBER.findall(text) + [name for name in IN_NEED if name in text and name not in known]


def readings() -> int:
    """What leaves in full for somebody who may read it is on record: that is no leak."""
    return PhoneReading.objects.count() + PersonalReading.objects.count()


@pytest.mark.parametrize("who", WALKERS)
def test_pages_exports_and_search_show_them_to_nobody_who_need_not_know(world, who):
    found, client = [], client_of(world, who)
    for name in sorted(ROUTES):
        before = readings()
        text = text_of(client.get(page := address(name, world)))
        if "export=xlsx" in text:
            text += text_of(client.get(f"{page}?export=xlsx"))
        if (leaked := leaks(text, who)) and readings() == before:
            found.append((name, page, sorted(set(leaked))))
    for query in ("13900004444", *IN_NEED, MARK[0]):
        text = text_of(client.get(reverse("search"), {"q": query})).replace(f'value="{query}"', "")
        if leaked := [each for each in leaks(text, who) if each != query]:
            found.append(("search", query, leaked))
    assert found == []


def test_public_pages_name_nobody(world):
    client = client_of(world, "")
    for name in sorted(PUBLIC & ROUTES.keys()):
        text = text_of(client.get(address(name, world)))
        assert not NUMBER.search(text), name
        assert not any(person in text for person in (*IN_NEED, f"{MARK}干")), name


def test_messages_mail_and_logs_name_nobody(world, caplog):
    caplog.set_level(logging.DEBUG)
    for who in ("cadre", "village_secretary", "organiser"):
        client = client_of(world, who)
        for page in ("members", "households", "persons", "person-pairs"):
            client.get(world.planned[page].get_absolute_url())
    told = [f"{each.subject} {each.body} {each.params}" for each in Message.objects.all()]
    sent = [f"{each.subject} {each.body}" for each in mail.outbox]
    for text in [*told, *sent, caplog.text]:
        assert not NUMBER.search(text)
        assert not any(name in text for name in IN_NEED)
