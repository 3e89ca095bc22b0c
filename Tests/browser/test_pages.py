"""Every page each role is led to, and what anybody sees: looked at, held to what every page must be, gone through by the
keyboard, on a desk and on a phone."""

import io
import re

import openpyxl
import pytest
from people import DESK, PHONE
from playwright.sync_api import expect

ROLES = ["city", "district", "lead", "member", "expert1", "thirdparty", "supervisor", "system", "security", "audit"]
# Numbers and kinds of records in an address make no other page.
SAME = re.compile(r"(?<=/)([0-9a-f]{64}|\d+)(?=/|$)|(?<=/of/)\w+")
FILES = re.compile(r"\.xlsx|\.csv|\.txt|\.json|/workbook|/score-sheet|/results-book|/archive|/files/|/preview$|^/assets|^/metrics|^/healthz")
SIZES = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def called(role, viewport):
    return role + ("-phone" if viewport is PHONE else "")


def walk(person, starts, most=60):
    """Follows every link from page to page, one page of a kind."""
    seen, waiting = set(), list(starts)
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = SAME.sub("#", re.split(r"[?#]", address)[0])
        if kind in seen or FILES.search(address):
            continue
        seen.add(kind)
        answer = person.page.goto(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert answer.ok, f"{answer.status} {address}"
        shot = "page" + re.sub(r"\W+", "-", kind)
        person.look(shot)
        if person.width > 600:
            person.keyboard(shot)
        waiting += person.page.eval_on_selector_all(
            "a[href^='/']:not([download])", "all => [...new Set(all.map(e => e.getAttribute('href')))]")
    return seen


@SIZES
@pytest.mark.parametrize("role", ROLES)
def test_pages(someone, role, viewport):
    person = someone(role, viewport=viewport, called=called(role, viewport))
    walk(person, ["/", "/search?q=云岭", "/account", "/api"])


@SIZES
def test_anybody_reads_what_was_published(someone, viewport):
    person = someone("public", login=False, viewport=viewport, called=called("public", viewport))
    seen = walk(person, ["/public", "/api", "/sign-in"])
    assert {"/public/#/#", "/public/#/#/groups/#", "/public/#/#/editions/#/check"} <= seen


@SIZES
def test_whoever_is_not_signed_in_is_asked_to(someone, viewport):
    person = someone("nobody", login=False, viewport=viewport, called=called("nobody", viewport))
    for address in ("/", "/cycles", "/policies"):
        page = person.open(address)
        assert "/sign-in" in page.url, address
    person.look("sign-in")
    person.page.fill("#login", "lead")
    person.page.fill("#password", "not the password at all")
    person.allow("422")
    person.allow("401")
    person.allow("403")
    person.page.click("main button[type=submit]")
    person.page.locator("[role=alert]").wait_for()
    person.look("sign-in-refused")


@SIZES
def test_what_cannot_be_shown_says_why(someone, viewport):
    """Pages that aren't there, that are another's, that are malformed, an invitation long gone."""
    person = someone("member", viewport=viewport, called=called("refused", viewport))
    for status in ("400", "403", "404", "405", "410"):
        person.allow(status)
    for name, address, expected in (
        ("missing", "/no/such/page", 404), ("other", "/sheets/1/2", 404), ("malformed", "/sheets/x/y", 404),
        ("forbidden", "/accounts", 403), ("invitation", "/invitation/not-a-token", (404, 410)),
    ):
        answer = person.page.goto(address)
        assert answer.status in (expected if isinstance(expected, tuple) else (expected,)), f"{address} {answer.status}"
        person.look("refusal-" + name)


def test_accounts_come_from_a_workbook_and_their_links_are_taken_up(someone):
    keeper = someone("system", called="system-import")
    page = keeper.open("/accounts/import", "import")
    book = openpyxl.load_workbook(io.BytesIO(keeper.context.request.get("/accounts/import/workbook?with=all").body()))
    sheet = book.worksheets[0]
    columns = {sheet.cell(2, column).value: column for column in range(1, sheet.max_column + 1)}
    place = {code: columns[next(each for each in columns if each and each.startswith(code))]
             for code in ("login", "name", "role", "unit", "since")}
    known = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, place["login"]).value == "expert1")
    row = sheet.max_row + 1
    for code, value in {"login": "newcomer", "name": "方启程"}.items():
        sheet.cell(row, place[code]).value = value
    for code in ("role", "unit", "since"):
        sheet.cell(row, place[code]).value = sheet.cell(known, place[code]).value
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("main input[type=file]", {"name": "账户.xlsx", "mimeType": kind, "buffer": out.getvalue()})
    page.locator("form[action$='/import/preview'] button").click()
    page.get_by_role("button", name="确认存入").wait_for()
    keeper.look("import-preview")
    page.get_by_role("button", name="确认存入").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("newcomer")
    keeper.look("links")
    link = re.search(r"/invitation/[\w-]+", page.content()).group(0)

    newcomer = someone("newcomer", login=False, viewport=PHONE)
    page = newcomer.open(link, "invitation")
    for field in page.locator("main input[type=password]").all():
        field.fill("晨读 江风 木栈道 二十七")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("^(?!.*/invitation)"))
    newcomer.look("welcome")
    newcomer.allow("410")
    newcomer.allow("404")
    assert newcomer.page.goto(link).status in (404, 410), "a link works once"
    newcomer.look("link-used")
