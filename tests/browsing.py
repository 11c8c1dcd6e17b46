"""People before their browsers: a window of their size, signed in, with a record of what the console complained about."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from organisations.models import User
from organisations.tests.factories import PASSWORD

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000  # the board renews itself every ten seconds, and the machine may be busy

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """One person's browser: `see` and `press` say what they do in the words of the page."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def go(self, path: str):
        return self.page.goto(self.address + path)

    def press(self, name: str, *, exact: bool = True, role: Literal["button", "link"] = "button") -> None:
        self.page.locator("main").get_by_role(role, name=name, exact=exact).first.click()

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.press(name, exact=exact, role="link")

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def see(self, words: str) -> None:
        expect(self.page.locator("#main")).to_contain_text(words)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """As people do it, on the sign-in page."""
        self.go("/account/login/")
        self.fill("用户名或手机号码", username)
        self.fill("密码", password)
        self.press("登录")
        expect(self.page).to_have_url(self.address + "/")

    def download(self, name: str) -> Path:
        with self.page.expect_download() as waiting:
            self.follow(name)
        return waiting.value.path()


def enter(context: BrowserContext, address: str, user: User | None) -> Window:
    """A window of somebody who signed in before; nobody's where there is no user."""
    if user is not None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return Window(context.new_page(), address)
