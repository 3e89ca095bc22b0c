"""Somebody at a browser of their own. Whatever they do, their browser must stay clean: no complaint in the console, no
request elsewhere, no answer that says the server failed, and every page they look at holds what every page must."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Error

SCREENS = Path(__file__).resolve().parents[2] / "out/screens"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}

# What is wrong with any page of ours, and with where the keyboard's focus is seen.
FAULTS = (Path(__file__).parent / "faults.js").read_text()
KEYBOARD = (Path(__file__).parent / "keyboard.js").read_text()


class Person:
    def __init__(self, city, browser, name, viewport=DESK, scripts=True):
        self.city, self.name, self.scripts = city, name, scripts
        # A phone's own idea of its width grows with what doesn't fit.
        self.width = viewport["width"]
        isPhone = self.width < 600
        self.context = browser.new_context(
            viewport=viewport, java_script_enabled=scripts, base_url=city.base, locale="zh-CN", accept_downloads=True,
            is_mobile=isPhone, has_touch=isPhone)
        self.context.set_default_timeout(20_000)
        self.faults, self.allowed, self.shots = [], [], 0
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.context.on("weberror", lambda e: self.faults.append(f"script: {e.error}"))
        self.context.on("console", self._told)
        self.page = self.context.new_page()

    def _asked(self, request):
        # Chromium shows a PDF with pages of its own.
        if not request.url.startswith((self.city.base + "/", "data:", "blob:", "chrome:", "chrome-extension:")):
            self.faults.append(f"another host: {request.url}")

    def _answered(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    def _told(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text} {message.location.get('url', '')}")

    def allow(self, words):
        """A complaint the test itself brings about, such as the line being gone."""
        self.allowed.append(words)

    def sign_in(self, login=None):
        login = login or self.name
        self.page.goto("/sign-in")
        self.page.fill("#login", login)
        self.page.fill("#password", self.city.source.passwords[login])
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(re.compile("^(?!.*/sign-in)"))
        return self

    def open(self, address, shot=None):
        answer = self.page.goto(address)
        assert answer is None or answer.ok, f"{answer.status} {address}"
        if shot:
            self.look(shot)
        return self.page

    def look(self, shot):
        """Holds the page to what every page must be, and keeps a picture of it."""
        self.shots += 1
        if self.scripts:
            self.faults += [f"{shot}: {fault}" for fault in self.page.evaluate(FAULTS, self.width)]
        self.shoot(shot)

    def shoot(self, shot):
        folder = SCREENS / self.city.source.engine
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{self.name}-{shot}.png", full_page=bool(os.environ.get("BROWSER_WHOLE")))

    def keyboard(self, shot):
        """Goes through the page by the tab key alone: what has the focus is seen, nothing holds it, all is reached."""
        page = self.page
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        self.faults += [f"{shot}: {fault}" for fault in page.evaluate(KEYBOARD)]
        main = page.locator(".btn-primary:visible")
        if not main.count():
            return
        page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
        page.locator("body").focus()
        many = page.locator("a[href]:visible,button:visible,input:visible,select:visible,textarea:visible,summary:visible").count()
        for _ in range(many + 10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.classList.contains('btn-primary')"):
                return
        self.faults.append(f"{shot}: the tab key doesn't reach {main.first.inner_text()}")

    def until(self, condition, argument=None):
        """Until an expression of the page is true. Playwright's own waiting evaluates text, which our pages forbid."""
        end = time.monotonic() + 20
        while True:
            try:
                if self.page.evaluate(condition, argument):
                    return
            except Error as error:
                if "context was destroyed" not in str(error):
                    raise
            assert time.monotonic() < end, f"{self.name}: never {condition} at {self.page.url}"
            self.page.wait_for_timeout(20)

    def saved(self):
        """Until the sheet has said that everything typed is stored."""
        self.until("() => document.getElementById('status').className.includes('okc')"
                   " && !Object.keys(localStorage).some(k => k.startsWith('junheng:'))")

    def item(self):
        return self.page.get_attribute("#item", "data-item")

    def close(self):
        # The last thing seen: where a test stopped.
        self.shoot("last")
        self.context.close()
        wrong = [fault for fault in dict.fromkeys(self.faults) if not any(words in fault for words in self.allowed)]
        assert not wrong, f"{self.name}:\n  " + "\n  ".join(wrong)
