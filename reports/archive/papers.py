"""What a package prints itself: its index, and the records that have no paper of their own. Always in Chinese."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from office.documents import TemplateKind

FOLDER = Path(__file__).parents[1] / "templates_word"
INDEX = TemplateKind(
    key="archive_index",
    name=_("Index of an archive package"),
    fields={
        "title": _("title, with the year"),
        "unit": _("name of the unit"),
        "village": _("name of the village"),
        "round": _("name of the round"),
        "sums": _("how many items, by retention class"),
        "standard": _("the standard of the retention classes"),
        "note": _("what else is to be said of the index"),
        "lines[].number": _("number of the item"),
        "lines[].title": _("title of the item"),
        "lines[].by": _("who answers for it"),
        "lines[].on": _("the day"),
        "lines[].term": _("retention class"),
        "lines[].file": _("file name"),
        "lines[].size": _("size"),
        "lines[].sha256": _("checksum (SHA-256)"),
    },
    default=FOLDER / "archive_index.docx",
)
RECORD = TemplateKind(
    key="archive_record",
    name=_("Record in an archive package"),
    fields={
        "title": _("title of the record"),
        "about": _("of whom, of when"),
        "lines[].name": _("what is told"),
        "lines[].words": _("what is said of it"),
        "paragraphs[]": _("one paragraph of the text"),
    },
    default=FOLDER / "archive_record.docx",
)


def record(title: str, about: str, lines: list[tuple[str, str]], text: str = "") -> dict:
    return {
        "title": title,
        "about": about,
        "lines": [{"name": name, "words": words} for name, words in lines],
        "paragraphs": [each.strip() for each in text.splitlines() if each.strip()],
    }
