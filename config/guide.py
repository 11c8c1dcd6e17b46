"""The users' guide (docs/guide, by role) inside the product; each page links to its own paragraph."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown import Markdown

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
START = "start"
# Address name → paragraph of the guide; any other page leads to the start.
PARAGRAPHS = {
    "board": "public#board",
    "board_index": "public#board",
    "directory": "public#directory",
    "round_open": "organiser#open-round",
    "rounds": "organiser#open-round",
    "round": "organiser#follow",
    "imports": "organiser#import",
    "import": "organiser#import",
    "organisations": "organiser#organisations",
    "users": "administrator#people",
    "market_villages": "unit#choose",
    "market_units": "village#choose",
    "intention": "unit#choose",
    "pairing": "unit#agreement",
    "pairings": "unit#agreement",
    "inbox": "start#inbox",
    "search": "start#search",
}


def help_address(url_name: str | None) -> tuple[str, str]:
    """Page and paragraph of the guide for an address name."""
    page, _, paragraph = PARAGRAPHS.get(url_name or "", START).partition("#")
    return page, paragraph


@login_not_required
@require_safe
def guide(request, page: str = START):
    if page not in pages():
        raise Http404
    title, text, contents = _read(page)
    return render(
        request,
        "guide/page.html",
        {"title": title, "text": text, "contents": contents, "pages": pages(), "page": page},
    )


@cache
def pages() -> dict[str, str]:
    """Slug → title, in the order of the start page."""
    order = (START, "organiser", "unit", "village", "public", "administrator")
    return {slug: _read(slug)[0] for slug in order if (FOLDER / f"{slug}.md").exists()}


@cache
def _read(page: str) -> tuple[str, str, list]:
    reader = Markdown(extensions=["toc", "attr_list", "tables"])
    html = reader.convert((FOLDER / f"{page}.md").read_text(encoding="utf-8"))
    for name in sorted(path.name for path in (FOLDER / "images").iterdir()):
        html = html.replace(f'src="images/{name}"', f'loading="lazy" src="{static(f"guide/{name}")}"')
    for slug in (path.stem for path in FOLDER.glob("*.md")):
        html = html.replace(f'href="{slug}.md', f'href="../{slug}/')
    title, *_ = reader.toc_tokens  # type: ignore[attr-defined]
    return title["name"], mark_safe(html), title["children"]  # noqa: S308 - our own files
