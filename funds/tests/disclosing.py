"""Disclosures for tests: a quarter with money received and spent, published as the village would."""

import io
import uuid
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from funds.actions import publishing as acts
from funds.actions.publishing import Text
from funds.models import Disclosure
from funds.publishing.profiles import LEAST_DAYS
from funds.publishing.windows import Window
from funds.tests import playing
from funds.tests.playing import Place, entered
from pairing.tests.factories import CHINA

SPRING = date(2026, 5, 12)
MAY = datetime(2026, 5, 12, 9, 0, tzinfo=CHINA)
JULY = datetime(2026, 7, 8, 10, 0, tzinfo=CHINA)
QUARTER = Window("quarter", "2026Q2", date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 15))
HOTLINE = "0857-4222333"


@pytest.fixture
def place() -> Place:
    """In May 20 000 yuan came and 3 000 were spent."""
    found = playing.place()
    entered(found, "pledge", "50000.00", at=MAY, on=SPRING)
    entered(found, "receipt", "20000.00", at=MAY, on=SPRING)
    entered(found, "spending", "3000.00", at=MAY, on=SPRING, words="苗木三百株")
    return found


def text(**changes) -> Text:
    values: dict[str, Any] = {
        "words": "苗木已栽下。",
        "hotline": HOTLINE,
        "reviewer": "杨光明",
        "reviewed_on": JULY.date(),
    }
    return Text(**(values | changes))


def published(place: Place, *, days: int = LEAST_DAYS, window: Window = QUARTER, at=JULY, **changes) -> Disclosure:
    by = place.village_secretary
    draft = acts.prepare(by=by, village=place.village, window=window, at=at)
    return acts.publish(by=by, disclosure=draft, text=text(**changes), days=days, key=uuid.uuid4(), at=at)


def typed(place: Place, **changes) -> dict:
    values = {
        "key": uuid.uuid4(), "words": "苗木已栽下。", "reviewer": "杨光明", "reviewed_on": timezone.localdate(),
        "hotline": HOTLINE, "days": 15, "review_words": "情况属实。",
    }  # fmt: skip
    return values | changes


def picture(size=(60, 40)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, "JPEG")
    file.seek(0)
    file.name = "树苗.jpg"
    return file
