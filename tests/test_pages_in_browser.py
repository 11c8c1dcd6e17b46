"""Every page at the size of a desk and of a phone: nothing for axe-core to find, no complaint, no overflow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.browsing import DESK, PHONE, Window
from tests.test_access import PUBLIC, ROUTES, address
from tests.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = (DESK, PHONE)
PARTS = 4  # of the pages, so that workers share them
# What answers a GET without a page: files, and addresses that only take a POST or lead elsewhere.
NO_PAGE = {"healthz", "agreement_word", "agreement_scan", "download_template", "download_template_version"}
# The first of them who is shown a page stands for all who see it; nobody sees the public ones.
VISITORS = ("organiser", "administrator", "branch_secretary", "village_secretary")
MAIN_PAGES = ("/", "/inbox/", "/pairings/", "/villages/", "/board/")
ELDER_PX = 18
# The same on every page, and looked at on the main ones: the frame has as many links as most pages have words.
FRAME = {"exclude": [["header.bar"], ["nav.side"], ["nav.tabs"], ["footer.foot"]]}
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
SMALLEST_TEXT = """() => Math.min(...Array.from(document.querySelectorAll("#main *"))
  .filter((each) => each.getClientRects().length && !each.closest("svg, canvas, .visually-hidden"))
  .filter((each) => Array.from(each.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""


def faults(window: Window, axe: Axe, path: str) -> list[str]:
    """What is wrong with the page that is open, in words."""
    page, found = window.page, []
    violations = axe.run(page, None if path in MAIN_PAGES else FRAME).response["violations"]
    found += [f"axe {each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations]
    wide, room = page.evaluate(WIDTHS)
    if wide > room:
        found.append(f"{wide - room}px wider than the window")
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} main headings")
    if not page.title().strip():
        found.append("no title")
    found += window.complaints
    window.complaints.clear()
    return found


def pages(world: World, client_for, part: int) -> list[tuple[str, str]]:
    """Who looks at which address: each page of the part once, by the first visitor to whom it is a page."""
    found = []
    for name in sorted(ROUTES.keys() - NO_PAGE)[part::PARTS]:
        for who in ("", *VISITORS) if name in PUBLIC else VISITORS:
            answer = client_for(who).get(address(name, world))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                found.append((who, address(name, world)))
                break
    return found


@pytest.fixture
def world(transactional_db) -> World:
    return build()


@pytest.fixture
def client_for(world):
    clients = {"": Client()}
    for who in VISITORS:
        clients[who] = Client()
        clients[who].force_login(world.cast[who])
    return clients.__getitem__


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_free_of_faults(world, client_for, open_window, part):
    """At a desk; then the same window becomes as narrow as a phone."""
    axe, broken = Axe(), {}
    looked_at = pages(world, client_for, part)
    windows = {who: open_window(DESK, world.cast.get(who)) for who in {who for who, _ in looked_at}}
    for who, path in looked_at:
        windows[who].page.set_viewport_size(DESK)
        windows[who].go(path)
        for size in SIZES:
            windows[who].page.set_viewport_size(size)
            if found := faults(windows[who], axe, path):
                broken[f"{who} {path} {size['width']}"] = found
    assert broken == {}, "\n".join(f"{page}: {found}" for page, found in broken.items())
    assert len(looked_at) > 60


def test_elder_mode_has_large_text_on_the_main_pages(world, open_window):
    window = open_window(PHONE, world.cast["village_secretary"])
    window.go("/")
    window.page.locator("form[action='/elder/'] button").first.dispatch_event("click")
    expect(window.page.locator("html.elder")).to_be_attached()
    too_small = {}
    for path in MAIN_PAGES:
        window.go(path)
        smallest = window.page.evaluate(SMALLEST_TEXT)
        if smallest < ELDER_PX:
            too_small[path] = smallest
    assert too_small == {}
