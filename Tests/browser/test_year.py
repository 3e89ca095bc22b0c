"""One group's evaluation year, by everybody who has a part in it, each at a browser of their own."""

import io
import re

import openpyxl
from playwright.sync_api import expect

GROUP = "云岭小学教育集团"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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
    for name in ("集团数据", "学校数据"):
        page = book[name]
        for column in range(1, page.max_column + 1):
            code = str(page.cell(4, column).value or "")
            for row in range(5, 8):
                cell = page.cell(row, column)
                isMember = name == "集团数据" or row > 5
                if page.cell(row, 1).value is None or cell.value is not None or not isMember or "publicity" in code:
                    continue
                if "#" in code:
                    cell.value = "有"
                elif code.endswith("/met"):
                    cell.value = "是"
                elif code.endswith(("done", "percent")) and code.count("/") == 1 or code == "16/support_system/done":
                    cell.value = 88
                elif code.endswith("/required") or code.endswith("/done") or code.endswith("/value"):
                    cell.value = 3
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def submit(person, sheet, shot):
    person.open(sheet + "/submission", shot)
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
        page.keyboard.press("Alt+ArrowRight")
        person.until("was => (document.getElementById('item') || {dataset: {item: was}}).dataset.item !== was", item)
        page.wait_for_load_state()


def test_a_year(someone, city):
    lead, member = someone("lead"), someone("member")
    lead.look("start")
    member.look("start")
    sheet = sheet_of(lead, "自查自评")

    # The member school enters what it judges of itself, by typing.
    page = member.open(sheet + "?item=17", "sheet")
    page.locator("select[name^='f:']").first.select_option("none")
    member.saved()

    # The lead school types one item, brings the rest by Excel, adds evidence, hands in.
    page = lead.open(sheet + "?item=15", "sheet")
    page.locator("input[name='f:group/done']").press_sequentially("86.5")
    lead.saved()
    page.reload()
    expect(page.locator("input[name='f:group/done']")).to_have_value("86.5")
    page = lead.open(sheet + "/import", "import")
    book = lead.context.request.get(sheet + "/workbook")
    assert book.ok
    page.set_input_files("#file", {
        "name": "填报.xlsx", "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": filled_book(book.body())})
    page.locator("form[action$='/import/preview'] button").click()
    apply = page.locator("form[action$='/import'] button[type=submit]")
    apply.wait_for()
    lead.look("preview")
    apply.click()
    page.wait_for_url(re.compile(re.escape(sheet)))
    page = lead.open(sheet + "?item=12")
    count = page.locator("#evidence-panel header .chip")
    expect(count).to_have_text("0")
    page.set_input_files("#ev-files", {"name": "德育工作实施方案.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(count).to_have_text("1")
    lead.look("evidence")
    submit(lead, sheet, "check")
    lead.look("submitted")

    # The district gives it back with a reason; the lead school hands in anew.
    district = someone("district")
    district.look("start")
    page = district.open(sheet, "self")
    page.fill("#return #reason", "第 15 项完成比例与台账不符，核实后重交。")
    page.locator("#return button[type=submit]").click()
    page.wait_for_url(re.compile(re.escape(sheet)))
    page = lead.open(sheet + "?item=15", "returned")
    expect(page.locator(".note.warn")).to_contain_text("核实后重交")
    page.locator("input[name='f:group/done']").fill("84")
    lead.saved()
    submit(lead, sheet, "check-again")

    # Preliminary marks: accepted, one corrected with its reason.
    preliminary = sheet_of(district, "区级初评")
    accept_all(district, preliminary, "preliminary", ("15", "group/done", "80", "台账只支持 80%。"))
    submit(district, preliminary, "preliminary-check")

    # Recommended.
    cycle = "/cycles/" + "/".join(page_cycle(district))
    page = district.open(cycle + "/recommendation/recommend", "recommendation")
    row = page.locator("tr", has_text=GROUP)
    row.locator("input[value=yes]").check()
    page.get_by_role("button", name="记录推荐").or_(page.locator("form[method=post] footer button")).first.click()
    expect(page.locator(".note[role=status]")).to_be_visible()

    # A panel of three.
    office = someone("city")
    office.look("start")
    page = office.open(cycle + "/panel/final", "panel")
    page.locator("tr", has_text=GROUP).locator("a.btn").click()
    for expert in ("expert1", "expert2", "expert3"):
        name = city.source.names[expert]
        option = page.locator("#add option", has_text=name).first
        page.select_option("#add", option.get_attribute("value"))
        page.fill("#group #reason", "本集团尚无专家")
        page.locator("#group form button[type=submit]").click()
        expect(page.locator("#group table")).to_contain_text(name)
    office.look("panel-assigned")

    # Three experts, blind to each other until they are done, hand in.
    final = sheet_of(office, "市级终评")
    for number, value in ((1, "80"), (2, "82"), (3, None)):
        expert = someone(f"expert{number}")
        expert.look("start")
        corrected = ("15", "group/done", value, "按现场核查更正。") if value != "80" and value else None
        accept_all(expert, final, "final", corrected)
        submit(expert, final, "hand-in")

    # The city hands in what they found; the supervisor reads everything and changes nothing.
    office.open(final + "?item=15", "final")
    submit(office, final, "final-check")
    supervisor = someone("supervisor")
    supervisor.look("start")
    page = supervisor.open(final + "/comparison", "comparison")
    expect(page.locator("main")).to_contain_text("市级终评")
    supervisor.open(final + "/history", "history")
    page = supervisor.open(final + "?item=15", "final")
    expect(page.locator("#item input[name^='f:']")).to_have_count(0)
    expect(page.locator("#tree .sum1")).to_contain_text("18 / 18")


def page_cycle(person):
    person.open("/cycles", "cycles")
    link = person.page.locator("main a[href^='/cycles/']").filter(has_text="2025—2026").first.get_attribute("href")
    return link.split("?")[0].split("/")[2:4]
