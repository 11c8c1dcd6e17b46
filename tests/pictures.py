"""Takes the pictures of the users' guide from a fresh demonstration: `make pictures`.

    python -m tests.pictures [NAME ...]

Starts the product on a free port with a folder of its own, so that neither the records nor the settings of this
machine show, lets people do the main job, and keeps what they see on the way. Needs a Chromium, as the tests do.
"""

import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

BASE = Path(__file__).resolve().parent.parent
FOLDER = BASE / "docs" / "guide" / "images"
ROSTER = BASE / "office" / "tests" / "data" / "黔西县结对帮扶名册(原始表).xlsx"
DESK, PHONE = 1366, 390
COLOURS = 128
MOST_BYTES = 150_000
SECONDS_TO_START = 900
SECONDS_TO_STOP = 60


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a product that was installed a moment ago, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="jiedui-pictures-") as folder:
        own = {"VAR_DIR": folder, "HOST": "127.0.0.1", "PORT": str(port), "DEMO": "1", "DEBUG": "0", "HTTPS": "0"}
        empty = {"DATABASE_URL": "", "REDIS_URL": "", "ALLOWED_HOSTS": ""}
        product = subprocess.Popen([sys.executable, "-m", "config.launcher"], cwd=BASE, env=os.environ | empty | own)
        try:
            _wait_until_healthy(product, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            product.send_signal(signal.SIGTERM)
            product.wait(SECONDS_TO_STOP)


def _wait_until_healthy(product: subprocess.Popen, address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and product.poll() is None:
        with suppress(URLError, OSError), urlopen(f"{address}/healthz") as answer:
            if answer.status == 200:
                return
        time.sleep(1)
    sys.exit("The product did not start; its own words are above.")


@dataclass
class Photographer:
    """Signs in as the people of the sign-in page and keeps what they see; `wanted` empty means every picture."""

    browser: Browser
    address: str
    wanted: frozenset[str] = frozenset()
    taken: list[str] = field(default_factory=list)

    def window(self, width: int, account: str = "") -> Page:
        """A new window, signed in by the words of an account's button, or nobody's."""
        page = self.browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", reduced_motion="reduce"
        ).new_page()
        page.goto(f"{self.address}/{'account/login/' if account else 'board/'}")
        if account:
            page.locator(".demo-accounts button", has_text=account).click()
        return page

    def take(self, page: Page, name: str, height: int, from_: str = "") -> None:
        """The upper `height` pixels of the page, or those from the element `from_` on."""
        if self.wanted and name not in self.wanted:
            return
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # type: ignore[index]
        page.evaluate("window.scrollTo(0, 0)")
        if from_:
            page.locator(from_).first.evaluate(
                "found => window.scrollTo(0, found.getBoundingClientRect().top + scrollY - 72)"
            )
        page.wait_for_timeout(300)  # charts draw after the page has come
        keep(page.screenshot(), FOLDER / f"{name}.png")
        self.taken.append(name)


def keep(picture: bytes, path: Path) -> None:
    """Few colours are enough for pages and keep the guide quick on an old phone."""
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        sys.exit(f"{path.name} has {path.stat().st_size} bytes, more than {MOST_BYTES}: take less of the page.")


def nobody(camera: Photographer) -> None:
    phone = camera.window(PHONE)
    phone.goto(f"{camera.address}/account/login/")
    camera.take(phone, "sign-in", 560)
    phone.goto(f"{camera.address}/invitation/")
    camera.take(phone, "one-time-code", 720)
    for page, name, height in ((phone, "board-phone", 844), (camera.window(DESK), "board", 900)):
        page.goto(f"{camera.address}/board/")
        page.get_by_role("link", name="新城区城乡党组织").first.click()  # the latest
        camera.take(page, name, height)
    page.locator("main").get_by_role("link", name="名录", exact=True).first.click()
    camera.take(page, "directory", 720)


def organiser(camera: Photographer) -> None:
    page = camera.window(DESK, "组织部工作人员 新城区")
    camera.take(page, "home-organiser", 720)
    page.get_by_role("link", name="轮次", exact=True).first.click()
    page.get_by_role("link", name="开启新轮次").click()
    page.get_by_label("方案").select_option(label="上海市城乡党组织结对帮扶")
    page.get_by_role("button", name="填入日期").click()
    page.wait_for_load_state("networkidle")
    camera.take(page, "new-round", 900)
    page.get_by_role("link", name="轮次", exact=True).first.click()
    page.locator("main tbody a").first.click()
    camera.take(page, "round", 760)
    page.locator("main summary", has_text="办理").click()
    page.get_by_role("link", name="发布新版名录").click()
    camera.take(page, "publish", 860)
    page.go_back()
    page.get_by_role("link", name="全部冲突").click()
    page.locator("main tbody a", has_text="小源村").click()
    camera.take(page, "decide", 860)
    page.get_by_role("link", name="文书模板").click()
    page.get_by_role("link", name="协议").click()
    camera.take(page, "word-template", 760)


def importer(camera: Photographer) -> None:
    page = camera.window(DESK, "组织部工作人员 黔西县")
    page.get_by_role("link", name="导入名册").first.click()
    page.locator(".head-actions a.btn-primary").click()
    page.locator("input[type=file]").set_input_files(ROSTER)
    camera.take(page, "import-hand-in", 720)
    page.get_by_role("button", name="读取并预览").click()
    page.get_by_role("button", name="导入没有问题的部分").wait_for(timeout=60_000)
    camera.take(page, "import-sheets", 760)
    page.get_by_role("link", name="查看各行").first.click()
    camera.take(page, "import-preview", 800)


def unit(camera: Photographer) -> None:
    account = "单位党支部书记 呼和浩特市新城区商务局"
    desk, phone = camera.window(DESK, account), camera.window(PHONE, account)
    camera.take(phone, "home-unit", 640)
    for page in (desk, phone):
        page.locator(".duty-first a.btn-primary").click()
    camera.take(desk, "market", 760)
    phone.locator("main tbody a", has_text="永虎洞村").click()
    phone.get_by_label("给对方的话").fill("我局愿与贵村共办农产品展销，帮助村里打开销路。")
    camera.take(phone, "propose", 620, from_="#propose")


def village(camera: Photographer) -> None:
    phone = camera.window(PHONE, "村党组织书记 小源村")
    camera.take(phone, "home-village", 640)
    phone.locator(".duty-first a.btn-primary").click()
    camera.take(phone, "answer", 760)


def agreement(camera: Photographer) -> None:
    desk = camera.window(DESK, "单位党支部书记 毕节地区供电局")
    desk.locator(".duty-first a.btn-primary").click()
    desk.get_by_role("link", name="修改", exact=True).click()
    desk.get_by_label("分管领导").fill("崔国顺")
    desk.get_by_label("负责部门").fill("党群工作部")
    for row, (kind, title) in enumerate((("money", "人畜饮水工程资金"), ("activity", "农电安全培训"))):
        desk.locator(f"[name=commitments-{row}-kind]").select_option(value=kind)
        desk.locator(f"[name=commitments-{row}-title]").fill(title)
    desk.locator("[name=commitments-0-amount]").fill("30000")
    desk.locator("[name=commitments-1-times_a_year]").fill("2")
    camera.take(desk, "agreement-edit", 800, from_="label[for=id_leader_in_charge]")
    desk.get_by_role("button", name="保存", exact=True).click()
    camera.take(desk, "agreement", 900)
    phone = camera.window(PHONE, "村党组织书记 青李寨村")
    phone.locator(".duty-first a.btn-primary").click()
    phone.get_by_role("link", name="签字", exact=True).click()
    phone.locator("[name=name]").fill("段财英")
    phone.locator("[name=consent]").check()
    camera.take(phone, "sign", 640, from_="main form")


def administrator(camera: Photographer) -> None:
    page = camera.window(DESK, "系统管理员 黔西县")
    page.get_by_role("link", name="用户与岗位").first.click()
    page.goto(f"{page.url}?q=魏桂")
    page.locator("main tbody a").first.click()
    camera.take(page, "person", 620)
    page.get_by_role("link", name="移交").first.click()
    camera.take(page, "hand-over", 620)
    page.get_by_role("link", name="用户与岗位").first.click()
    page.get_by_role("link", name="邀请用户").click()
    page.get_by_label("姓名").fill("王志远")
    page.locator("[name=username]").fill("wangzhiyuan")
    page.locator("[name=organisation]").fill("黔西县林业局")
    page.locator("[name=role]").select_option(label="联络员")
    page.get_by_role("button", name="邀请并打印登录码").click()
    camera.take(page, "slip", 640)


def department(camera: Photographer) -> None:
    """The view from above, what is reported and what is judged."""
    page = camera.window(DESK, "组织部工作人员 黔西县")
    page.goto(f"{camera.address}/dashboard/")
    page.wait_for_load_state("networkidle")
    camera.take(page, "dashboard", 900)
    page.goto(f"{camera.address}/statistics/T1/")
    camera.take(page, "statistics", 860)
    page.goto(f"{camera.address}/notices/")
    page.locator("main tbody a", has_text="督查情况").click()
    camera.take(page, "circular", 900)
    page.goto(f"{camera.address}/inspections/")
    page.locator("main tbody a").first.click()
    camera.take(page, "inspection", 860)
    page.goto(f"{camera.address}/assessments/")
    page.locator("main tbody a").first.click()
    page.goto(f"{page.url}?sort=score")
    page.locator("main tbody a").first.click()
    camera.take(page, "assessment", 860)


def reporter(camera: Photographer) -> None:
    phone = camera.window(PHONE, "单位党支部书记 黔西县林业局")
    phone.goto(f"{camera.address}/reports/periodic/")
    phone.get_by_role("link", name="核对并报出").first.click()
    camera.take(phone, "periodic-report", 900)


def money(camera: Photographer) -> None:
    """What the village publishes, and what everybody sees of it."""
    desk = camera.window(DESK, "村党组织书记 长水屯村")
    desk.goto(f"{camera.address}/disclosures/")
    desk.locator("main").get_by_role("link", name="发布").click()
    camera.take(desk, "disclosure", 900)
    village = desk.url.split("/organisations/")[1].split("/")[0]
    phone = camera.window(PHONE)
    phone.goto(f"{camera.address}/open/villages/{village}/")
    camera.take(phone, "open-village", 844)


def elder(camera: Photographer) -> None:
    page = camera.window(PHONE, "村党组织书记 小源村")
    page.evaluate("document.cookie = 'elder=1; path=/'")
    page.reload()
    camera.take(page, "elder", 640)


# In this order: whoever changes something comes after the pictures that it would change.
VISITS: tuple[Callable[[Photographer], None], ...] = (
    nobody,
    organiser,
    importer,
    village,
    elder,
    department,
    reporter,
    money,
    unit,
    agreement,
    administrator,
)


def take_all(address: str, wanted: frozenset[str] = frozenset()) -> list[str]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        installed = which("chromium") or which("chromium-browser") or which("google-chrome")
        browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox", "--lang=zh-CN"])
        camera = Photographer(browser, address, wanted)
        for visit in VISITS:
            visit(camera)
        return camera.taken


if __name__ == "__main__":
    with demonstration() as running:
        take_all(running, frozenset(sys.argv[1:]))
