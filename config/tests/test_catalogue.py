import pytest
from babel.messages import Catalog
from django.utils.translation import gettext
from django.utils.translation.template import templatize

from config import catalogue

TEMPLATE = """{% extends "base.html" %}
<div class="it's (odd">
    {% translate "Hello (world" %} {{ name|default:_("nobody") }}
  {% blocktranslate trimmed count n=rows|length with a=b %}
     One row of {{ a }}
  {% plural %}
     {{ n }} rows of {{ a }}
  {% endblocktranslate %}
 {% translate "May" context "month" as m %} 1a 0x5 五
 {% comment %} {% translate "never" %} {% endcomment %}
"""
PYTHON = """
from django.utils.translation import gettext_lazy as _, pgettext_lazy, ngettext
_("Village")
pgettext_lazy("verb", "Order")
ngettext("%(n)s village", "%(n)s villages", n)
"""


def _texts(catalog: Catalog) -> set[tuple]:
    return {(message.context, message.id) for message in catalog if message.id}


def _catalog(**texts: str) -> Catalog:
    catalog = Catalog(locale="zh_Hans", fuzzy=False)
    for text, translation in texts.items():
        catalog.add(text, translation)
    return catalog


def test_texts_of_templates_are_found_in_any_markup():
    catalog = Catalog()
    catalogue._add(catalog, f"(\n{templatize(TEMPLATE)}\n)".encode())
    assert _texts(catalog) == {
        (None, "Hello (world"),
        (None, ("One row of %(a)s", "%(n)s rows of %(a)s")),
        (None, "nobody"),
        ("month", "May"),
    }


def test_texts_of_python_are_found_with_context_and_plural():
    catalog = Catalog()
    catalogue._add(catalog, PYTHON.encode())
    assert _texts(catalog) == {
        (None, "Village"),
        ("verb", "Order"),
        (None, ("%(n)s village", "%(n)s villages")),
    }


def test_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone():
    catalog, wanted = _catalog(Village="村", Gone="旧"), _catalog(Village="", Unit="")
    catalogue.update(catalog, wanted)
    assert [(message.id, message.string) for message in catalog if message.id] == [("Village", "村"), ("Unit", None)]


def test_missing_and_unused_are_told_apart():
    catalog, wanted = _catalog(Village="村", Gone="旧", Unit=""), _catalog(Village="", Unit="", New="")
    assert catalogue.missing(catalog, wanted) == [(None, "New"), (None, "Unit")]
    assert catalogue.unused(catalog, wanted) == [(None, "Gone")]


@pytest.mark.parametrize(
    ("text", "translation", "is_faulty"),
    [
        ("%(name)s has signed", "%(name)s已签字", False),
        ("%(name)s has signed", "%(naem)s已签字", True),
        ("%(name)s has signed", "已签字", True),
        ("Contrast can grow to 200 %%", "对比度可到 200%%", False),
    ],
)
def test_a_placeholder_that_differs_is_a_fault(text, translation, is_faulty):
    assert bool(catalogue.faulty(_catalog(**{text: translation}))) is is_faulty


def test_a_fuzzy_translation_is_a_fault():
    catalog = _catalog(Village="村")
    catalog["Village"].flags.add("fuzzy")
    assert catalogue.faulty(catalog) == ["fuzzy: Village"]


def test_compiling_leaves_what_is_up_to_date(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogue, "LOCALE_DIR", tmp_path)
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Village"\nmsgstr "村"\n', encoding="utf-8")
    catalogue.compile_missing()
    compiled = source.with_suffix(".mo")
    assert "村".encode() in compiled.read_bytes()
    first = compiled.stat().st_mtime_ns
    catalogue.compile_missing()
    assert compiled.stat().st_mtime_ns == first


def test_what_was_looked_for_before_it_was_compiled_is_translated_after(monkeypatch, tmp_path, settings):
    """A first start: the process that compiles goes on to load the demonstration, whose names are kept."""
    monkeypatch.setattr(catalogue, "LOCALE_DIR", tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Hamlet of old"\nmsgstr "旧寨"\n', encoding="utf-8")
    before = gettext("Hamlet of old")
    catalogue.compile_missing()
    assert (before, gettext("Hamlet of old")) == ("Hamlet of old", "旧寨")
