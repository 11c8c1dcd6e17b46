"""The translation catalogue, made with Babel alone: no GNU gettext is needed on any machine."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog, extract, mofile, pofile
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

from config.services import BASE_DIR

LOCALE_DIR = BASE_DIR / "locale"
CHINESE = LOCALE_DIR / "zh_Hans" / "LC_MESSAGES" / "django.po"
SKIPPED = {".venv", "node_modules", "var", "migrations", "tests", "benchmarks", "docs"}
KEYWORDS = extract.DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]")
Key = tuple[str | None, str]  # context, msgid in the singular


def used() -> Catalog:
    """Every text that the sources ask to have translated."""
    catalog = Catalog(fuzzy=False)
    for path in _sources("*.py"):
        _add(catalog, path.read_bytes())
    for pattern in ("*.html", "*.txt"):
        for path in _sources(pattern, inside="templates"):
            # Parentheses, because what templatize leaves of the markup is no indentation that Python would accept.
            _add(catalog, f"(\n{templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)".encode())
    return catalog


def read() -> Catalog:
    with CHINESE.open("rb") as file:
        return pofile.read_po(file, locale="zh_Hans")


def write(catalog: Catalog) -> None:
    with CHINESE.open("wb") as file:
        pofile.write_po(file, catalog, width=110, sort_output=True, no_location=True, ignore_obsolete=True)


def update(catalog: Catalog, wanted: Catalog) -> None:
    """Give the catalogue exactly the wanted texts; translations that are there are kept."""
    for key in unused(catalog, wanted):
        catalog.delete(key[1], key[0])
    for message in _messages(wanted):
        known = catalog.get(message.id, message.context)
        if known is None or bool(known.pluralizable) != bool(message.pluralizable):
            if known:
                catalog.delete(message.id, message.context)
            catalog.add(message.id, context=message.context)


def missing(catalog: Catalog, wanted: Catalog) -> list[Key]:
    translated = {_key(message) for message in _messages(catalog) if _is_complete(message)}
    return sorted((_key(m) for m in _messages(wanted) if _key(m) not in translated), key=str)


def unused(catalog: Catalog, wanted: Catalog) -> list[Key]:
    asked = {_key(message) for message in _messages(wanted)}
    return sorted((_key(m) for m in _messages(catalog) if _key(m) not in asked), key=str)


def faulty(catalog: Catalog) -> list[str]:
    """Fuzzy entries, and placeholders that differ between text and translation."""
    fuzzy = [f"fuzzy: {message.id}" for message in _messages(catalog) if message.fuzzy]
    checked = [(message, error) for message in _messages(catalog) for error in message.check(catalog)]
    differing = [f"placeholders differ: {message.id}" for message in _messages(catalog) if not _names_agree(message)]
    return fuzzy + [f"{error}: {message.id}" for message, error in checked] + differing


def compile_missing() -> None:
    """Compile the catalogues that are newer than what was compiled of them; texts are translated by them at once, also
    where some were looked for before.
    """
    for path in LOCALE_DIR.rglob("*.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with path.open("rb") as file:
                catalog = pofile.read_po(file, locale=path.parent.parent.name)
            buffer = io.BytesIO()
            mofile.write_mo(buffer, catalog)
            compiled.write_bytes(buffer.getvalue())
            translation_file_changed(None, compiled)


def _sources(pattern: str, inside: str = "") -> Iterator[Path]:
    for path in sorted(BASE_DIR.rglob(pattern)):
        parts = path.relative_to(BASE_DIR).parts
        if not SKIPPED.intersection(parts[:-1]) and (not inside or inside in parts):
            yield path


def _add(catalog: Catalog, source: bytes) -> None:
    for _line, texts, _comments, context in extract.extract("python", io.BytesIO(source), KEYWORDS):
        catalog.add(texts, context=context)


def _messages(catalog: Catalog) -> Iterable:
    return (message for message in catalog if message.id)


def _key(message) -> Key:
    return message.context, message.id[0] if message.pluralizable else message.id


def _names_agree(message) -> bool:
    """Whether a translation fills in exactly what its text does; gettext itself lets one leave names out."""
    asked = {name for text in _forms(message.id) for name in PLACEHOLDER.findall(text)}
    return all(set(PLACEHOLDER.findall(text)) == asked for text in _forms(message.string) if text)


def _forms(texts: str | Sequence[str]) -> Sequence[str]:
    return [texts] if isinstance(texts, str) else texts


def _is_complete(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)
