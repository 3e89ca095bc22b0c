"""Steps of a year that several people take: what they press, and what programs do for the other groups."""

import io
import re

import openpyxl
from playwright.sync_api import expect
from programs import Program, good, like

GROUP = "云岭小学教育集团"
# What the others do, they do by programs: one was given back, one is before its panel, one had its final evaluation.
BACK, BEFORE, THROUGH = "青禾小学教育集团", "文澜小学教育集团", "启明小学教育集团"


def sheet_of(person, stage):
    """The address of the group's sheet at a stage, as the group's page links it."""
    person.open("/")
    if person.page.locator("h1").inner_text() != GROUP:
        person.page.get_by_role("link", name=GROUP, exact=True).first.click()
    link = person.page.locator("main a[href^='/sheets/']", has_text=stage).first
    return link.get_attribute("href").split("?")[0]


def filled_book(bytes_of):
    """The sheet's own workbook with every empty cell of its group filled."""
    book = openpyxl.load_workbook(io.BytesIO(bytes_of))
    page = book["填报"]
    columns = {page.cell(2, column).value: column for column in range(1, page.max_column + 1)}
    for row in range(3, page.max_row + 1):
        code = str(page.cell(row, columns["input"]).value or "")
        cell = page.cell(row, columns["value"])
        if not code or cell.value is not None or "publicity" in code:
            continue
        if "#" in code:
            cell.value = "有"
        elif code.endswith("/met"):
            cell.value = "是"
        elif code.endswith(("done", "percent")) and code.count("/") == 1 or code == "16/support_system/done":
            cell.value = 80
        elif code.endswith("/required") or code.endswith("/done") or code.endswith("/value"):
            cell.value = 3
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def explain(person, sheet):
    """Whoever enters something else than the year's records say tells why, item by item."""
    page = person.open(sheet + "/submission", "gaps")
    # What lacks evidence stands in a table of its own.
    gaps = page.locator("main section.panel").first.locator("a[href*='item=']")
    for address in dict.fromkeys(gap.get_attribute("href") for gap in gaps.all()):
        page = person.open(address)
        page.fill("#remark", "台账未记全，以佐证材料为准")
        page.evaluate("document.activeElement.blur()")
        person.saved()


def submit(person, sheet, shot):
    person.open(sheet + "/submission", shot)
    if person.page.locator("#lacking").count():
        person.page.check("#lacking")
        person.page.fill("#why", "纸质材料另送")
    person.page.locator("main form button[type=submit]").click()
    person.page.wait_for_url(re.compile(re.escape(sheet) + r"(\?.*)?$"))


def accept_all(person, sheet, shot, corrected=None):
    """Judges item by item with the keyboard's shortcut; `corrected` is (item, field, value, why)."""
    page = person.open(sheet + "?item=1", shot)
    while True:
        item = person.item()
        if corrected and item == corrected[0]:
            page.locator(f"[name='f:{corrected[1]}']").fill(corrected[2])
            page.fill("#remark", corrected[3])
        else:
            page.keyboard.press("Alt+1")
        page.evaluate("document.activeElement.blur()")
        person.saved()
        following = page.locator("a[rel=next]")
        if not following.count():
            return
        # The button keeps what was chosen as the keyboard does: else the sheet couldn't be handed in.
        if item in ("2", "3"):
            page.get_by_role("button", name="保存，评下一项").click()
        else:
            page.keyboard.press("Alt+ArrowRight")
        person.until("was => (document.getElementById('item') || {dataset: {item: was}}).dataset.item !== was", item)
        page.wait_for_load_state()


def assign(office, panel, group, logins):
    """A panel by hand, one expert after another."""
    page = office.open(panel)
    page.locator("tr", has_text=group).locator("a.btn").click()
    for login in logins:
        name = office.city.source.names[login]
        option = page.locator("#add option", has_text=name).first
        page.select_option("#add", option.get_attribute("value"))
        page.fill("#group #reason", "本集团尚无专家")
        page.locator("#group form button[type=submit]").click()
        expect(page.locator("#group table")).to_contain_text(name)


def recommend(person, cycle, group):
    page = person.open(cycle + "/recommendation/recommend", "recommendation")
    page.locator("tr", has_text=group).locator("input[value=yes]").check()
    page.locator("tr", has_text=group).locator("input[name^=reason]").fill("书面报告另行报送")
    page.locator("form[method=post] footer button").click()
    expect(page.locator(".note[role=status]")).to_be_visible()


def press(person, button, address):
    """A button of the page that leads back to an address."""
    person.page.get_by_role("button", name=re.compile(button)).first.click()
    person.page.wait_for_url(re.compile(re.escape(address) + r"([?#].*)?$"))
    person.page.wait_for_load_state()


def the_others(city, district, cycle):
    """Two other groups go through their year; the one given back is to come out equal to ours."""
    program = {login: Program(city, login) for login in ("city", "district", "lead2")}
    experts = [Program(city, f"expert{number}", "expert") for number in range(1, 10)]
    office = program["city"]
    year = office.cycle()
    authority = year["authority"]

    def sheet(group, stage):
        return office.sheets(year, group, stage)[0]["id"]

    program["lead2"].hand_in(authority, sheet(BACK, "self"))
    program["district"].accept(authority, sheet(BACK, "preliminary"))
    recommend(district, cycle, BACK)

    # Who was assigned when the city was filled.
    panel = [expert for expert in experts if expert.sees(authority, sheet(BEFORE, "final"))]
    assert len(panel) == 3
    for expert in panel:
        expert.accept(authority, sheet(BEFORE, "final"), good)
    office.hand_in(authority, sheet(BEFORE, "final"))

    def equal():
        """What the panel finds at the second group is what it found at ours."""
        ours, final = office.read(authority, sheet(GROUP, "final")), sheet(BACK, "final")
        for expert, done in zip(experts, (60, 62, 60)):
            expert.accept(authority, final, like(ours, {("15", "group/done"): done}))
        office.hand_in(authority, final)
        return [(each["group"]["name"], each["total"], each["grade"]) for each in office.sheets(year, stage="final")]

    return equal


def page_cycle(person):
    person.open("/cycles", "cycles")
    link = person.page.locator("main a[href^='/cycles/']").filter(has_text="2025—2026").first.get_attribute("href")
    return link.split("?")[0].split("/")[2:4]
