"""Greeting letters: in which days they are sent, and the Word file with one page each (SF-36)."""

from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from members.floating.rules import rules_of, version_for
from members.models import GreetingBatch
from office import documents
from office.documents import TemplateKind
from organisations.models import Organisation

JULY = 7
GREETING = TemplateKind(
    key="greeting",
    name=_("Greeting letter before 1 July"),
    fields={
        "year": _("the year"),
        "sender": _("which committee sends it"),
        "letters[].name": _("name of the member"),
        "letters[].origin": _("Party organisation at home"),
        "plans[]": _("one paragraph: how we go about our work"),
        "tasks[]": _("one paragraph: core tasks"),
        "results[]": _("one paragraph: what was achieved"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "greeting.docx",
)


def window_of(place: Organisation, today: date) -> tuple[int, date, date]:
    """The year whose 1 July comes next, and the first and last day of sending before it."""
    year = today.year if today < date(today.year, JULY, 1) else today.year + 1
    july = date(year, JULY, 1)
    days = rules_of(version_for(place)).letter_days
    return year, july - timedelta(days=days), july - timedelta(days=1)


def letters_document(batch: GreetingBatch) -> bytes:
    """One .docx with all letters of the batch that were not sent yet."""
    return documents.render(GREETING, letters_context(batch), place=batch.place)


def letters_context(batch: GreetingBatch) -> dict:
    waiting = batch.letters.filter(sent_on=None, member__erased_at=None).select_related("member", "record__origin")
    return {
        "year": batch.year,
        "sender": batch.place.name,
        "letters": [{"name": letter.member.name, "origin": letter.record.origin.name} for letter in waiting],
        "plans": paragraphs(batch.plans),
        "tasks": paragraphs(batch.tasks),
        "results": paragraphs(batch.results),
    }


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
