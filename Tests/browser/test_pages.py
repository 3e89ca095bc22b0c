"""Every page each role is led to: looked at, held to what every page must be, on a desk and on a phone."""

import re

import pytest
from people import DESK, PHONE

ROLES = ["city", "district", "lead", "member", "expert1", "thirdparty", "supervisor", "system", "security", "audit"]
# Numbers in an address make no other page.
SAME = re.compile(r"/[0-9a-f]{64}(?=/|$)|(?<=/)\d+(?=/|$)|\?.*$|#.*$")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("role", ROLES)
def test_pages(someone, role, viewport):
    person = someone(role, viewport=viewport, called=role + ("-phone" if viewport is PHONE else ""))
    seen, waiting, most = set(), ["/"], 40
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = SAME.sub("/#" if address != "/" else "", address)
        if kind in seen or re.search(r"\.xlsx|\.txt|/workbook|/score-sheet|/archive|/files/|/preview$|^/assets", address):
            continue
        seen.add(kind)
        answer = person.page.goto(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.ok, f"{answer.status} {address}"
        person.look("page" + re.sub(r"\W+", "-", kind))
        waiting += person.page.eval_on_selector_all(
            "a[href^='/']:not([download])", "all => [...new Set(all.map(e => e.getAttribute('href')))]")


def test_the_public(someone):
    person = someone("public", login=False)
    person.open("/sign-in", "sign-in")
    for address in ("/", "/cycles", "/policies"):
        page = person.open(address)
        assert "/sign-in" in page.url, address


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_anybody_reads_what_was_published(someone, viewport):
    person = someone("public", login=False, viewport=viewport, called="public" + ("-phone" if viewport is PHONE else ""))
    page = person.open("/public", "years")
    page.locator("main a.rowlink").first.click()
    page.wait_for_url("**/public/*/*")
    person.look("results")
    page.locator("main a[href*='/groups/']").first.click()
    page.wait_for_url("**/groups/*")
    person.look("group")
