"""What holds for every template of the product."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

from core.templatetags import look

ROOT = Path(settings.BASE_DIR)
FOLDERS = [ROOT / "templates"] + [
    Path(app.path) / "templates" for app in apps.get_app_configs() if Path(app.path).parent == ROOT
]
TEMPLATES = {
    str(path.relative_to(folder)): path
    for folder in FOLDERS
    for path in sorted(folder.rglob("*.html"))
    if path.is_file()
}
MOST_LINES = 110
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=|\bhx-on|=\s*["']\s*javascript:|<script(?![^>]*\bsrc=)""", re.IGNORECASE
)
URL_NAME = re.compile(r"""{%\s*url\s+["']([\w:-]+)["'](?![^%]*\sas\s)[^%]*%}""")
DEMONSTRATION_ONLY = {"demo_sign_in"}
ICON_NAME = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")


def known_names(resolver) -> set[str]:
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    for prefix, (_, inner) in resolver.namespace_dict.items():
        names |= {f"{prefix}:{name}" for name in known_names(inner)}
    return names


def text(name: str) -> str:
    return TEMPLATES[name].read_text(encoding="utf-8")


def test_no_template_has_an_inline_script_or_style():
    assert {name: found for name in TEMPLATES if (found := INLINE.findall(text(name)))} == {}


def test_every_template_is_small():
    assert [name for name in TEMPLATES if len(text(name).splitlines()) > MOST_LINES] == []


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_is_understood_by_django(name):
    assert get_template(name)


def test_every_link_of_a_template_leads_somewhere():
    known = known_names(get_resolver()) | DEMONSTRATION_ONLY
    assert {name: lost for name in TEMPLATES if (lost := set(URL_NAME.findall(text(name))) - known)} == {}


def test_every_icon_of_a_template_exists():
    for name in TEMPLATES:
        for icon in ICON_NAME.findall(text(name)):
            assert look.icon_paths(icon), name


def test_the_checks_see_what_they_forbid():
    assert INLINE.findall('<p style="color: red">') != []
    assert INLINE.findall("<script>alert(1)</script>") != []
    assert INLINE.findall('<button onclick="x()">') != []
    assert INLINE.findall('<script src="/app.js" defer></script><p data-once>') == []
    assert URL_NAME.findall("{% url 'nowhere' pk %}{% url 'maybe' as address %}") == ["nowhere"]
