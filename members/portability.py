"""One person's data as a workbook for that person: what is kept, what for, and who read it (P-34, art. 45)."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import dates
from core.templatetags.look import moment_filter
from members.kinds import HELPERS, TARGETS
from members.models import Consent, Member, PersonalReading, PersonPair
from members.nearness import Rosterable, place_of
from members.personal_data import RECORDS

LARGEST = 5000
Row = tuple[str, str, object, str, str]


def header() -> list[str]:
    return [pgettext("of a file", "Part"), _("What"), _("Content"), _("What for"), _("Legal basis")]


def rows_of(record: Rosterable) -> Iterator[Row]:
    """Others who stand in it are named as any list names them: whoever is in need by the family name only."""
    yield from own_columns(record)
    yield from pairs(record)
    if isinstance(record, Member):
        for registration in record.registrations.select_related("organisation"):
            yield (_("Registered besides"), str(registration), spell(registration.since, registration.until), "", "")
    name = str(record._meta.model_name)
    for consent in Consent.objects.filter(**{name: record}):
        yield (_("Consents"), str(consent), spell(consent.given_on, consent.withdrawn_on), "", "")
    for reading in PersonalReading.objects.filter(**{name: record}).select_related("read_by")[:LARGEST]:
        yield (_("Shown in full to"), reading.read_by.name, moment_filter(reading.read_at), reading.reason, "")


def own_columns(record: Rosterable) -> Iterator[Row]:
    kind = RECORDS[record._meta.label]
    yield (kind.name, _("organisation"), place_of(record).name, "", "")
    for field in kind.fields:
        words = in_words(record, field.column)
        yield (kind.name, field.name, words, field.purpose, field.basis.article)


def in_words(record: Rosterable, column: str) -> str:
    """A column as its page shows it."""
    field, value = record._meta.get_field(column), getattr(record, column)
    if isinstance(value, list):
        choices = dict(field.base_field.flatchoices)  # type: ignore[union-attr]  # of an array
        return "、".join(str(choices.get(each, each)) for each in value)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value) or "")


def pairs(record: Rosterable) -> Iterator[Row]:
    name = record._meta.model_name
    either = Q(**{f"target_{name}": record})
    if f"helper_{name}" in HELPERS:
        either |= Q(**{f"helper_{name}": record})
    found = PersonPair.objects.filter(either).select_related(*HELPERS, *TARGETS)
    for pair in found[:LARGEST]:
        words = f"{pair.get_kind_display()}：{pair}"
        yield (_("Who helps whom"), words, spell(pair.since, pair.until), pair.end_words, "")


def spell(since, until) -> str:
    ended = dates.localized_date(until) if until else _("to date")
    return f"{dates.localized_date(since)} – {ended}"
