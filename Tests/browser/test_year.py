"""One group's evaluation year, by everybody who has a part in it, each at a browser of their own; the other groups follow
by programs, so that the year can be confirmed, objected to, published and corrected."""

import re

from people import PHONE
from playwright.sync_api import expect
from programs import Program
from steps import (BACK, BEFORE, GROUP, THROUGH, accept_all, assign, explain, filled_book, page_cycle, press, recommend, sheet_of,
                   submit, the_others)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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
    explain(lead, sheet)
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
    accept_all(district, preliminary, "preliminary", ("15", "group/done", "60", "材料只支持 60%。"))
    submit(district, preliminary, "preliminary-check")

    # Recommended.
    cycle = "/cycles/" + "/".join(page_cycle(district))
    recommend(district, cycle, GROUP)
    equal = the_others(city, district, cycle)

    # A panel of three.
    office = someone("city")
    office.look("start")
    office.open(cycle + "/panel/final", "panel")
    assign(office, cycle + "/panel/final", GROUP, ("expert1", "expert2", "expert3"))
    office.look("panel-assigned")
    assign(office, cycle + "/panel/final", BACK, ("expert1", "expert2", "expert3"))

    # Three experts, blind to each other until they are done, hand in.
    final = sheet_of(office, "市级终评")
    for number, value in ((1, None), (2, "62"), (3, None)):
        expert = someone(f"expert{number}")
        expert.look("start")
        if number == 3:
            # What two do by hand the third does by a program, and looks at it.
            Program(city, "expert3", "expert").accept(*final.split("/")[2:4], hands_in=False)
            expert.open(final + "?item=15", "final")
        else:
            accept_all(expert, final, "final", ("15", "group/done", value, "按现场核查更正。") if value else None)
        submit(expert, final, "hand-in")

    # The city hands in what they found; the supervisor reads everything and changes nothing.
    office.open(final + "?item=15", "final")
    submit(office, final, "final-check")
    assert [each for each in equal() if each[0] in (GROUP, BACK)] == [(GROUP, "86.47", "良好"), (BACK, "86.47", "良好")]
    supervisor = someone("supervisor")
    supervisor.look("start")
    page = supervisor.open(final + "/comparison", "comparison")
    expect(page.locator("main")).to_contain_text("市级终评")
    supervisor.open(final + "/history", "history")
    page = supervisor.open(final + "?item=15", "final")
    expect(page.locator("#item input[name^='f:']")).to_have_count(0)
    expect(page.locator("#tree .sum1")).to_contain_text("18 / 18")

    confirm(office, lead, cycle)
    object_to_it(office, lead, cycle)
    publish(office, cycle)
    everybody(someone, cycle)
    correct(office, cycle)
    everybody(someone, cycle, corrected=True)
    trail(someone, city)


def confirm(office, lead, cycle):
    """The veto is lifted, the tie across the quota decided by people, the year confirmed."""
    page = office.open(cycle + "/vetoes", "vetoes")
    page.fill("form[action$='/lifting'] input[name=reason]", "调查结论：不属责任事件。")
    press(office, "解除", cycle + "/vetoes")
    page = office.open(cycle + "/confirmation", "tie")
    tie = page.locator("#choices form", has_text="良好等次资金奖补")
    expect(tie).to_contain_text(BACK)
    expect(tie).to_contain_text(GROUP)
    expect(page.locator("a[aria-disabled=true]")).to_be_visible()
    tie.locator("tr", has_text=BACK).locator("input[value=yes]").check()
    tie.locator("tr", has_text=GROUP).locator("input[value=no]").check()
    tie.locator("input[name=reason]").fill("同分，按成员校成长幅度定。")
    tie.locator("button[type=submit]").click()
    page.wait_for_url("**#choices")
    expect(page.locator("#choices .chip.ok")).to_be_visible()
    office.look("decided")
    press(office, "^确认", cycle + "/confirmation")
    office.look("confirmed")


def object_to_it(office, lead, cycle):
    """The lead school sees its own result first, objects to an item, and is answered; then the window is over."""
    page = lead.open(cycle + "/results")
    lead.look("announced")
    page = lead.open(cycle + "/objections", "objections")
    page.select_option("#item", index=4)
    page.fill("#text", "交流名单中 2 人为跨年度交流，应计入本年度。")
    press(lead, "异议", cycle + "/objections")
    expect(page.locator("main")).to_contain_text("跨年度交流")
    page = office.open(cycle + "/publication", "blocked")
    expect(page.locator("main [aria-disabled=true]")).to_be_visible()
    page = office.open(cycle + "/objections", "objections")
    page.locator("input[value=dismissed]").check()
    page.fill("textarea[name=reason]", "经核，2 人交流不满一学期，按办法不计。")
    page.locator("main footer form button").click()
    expect(page.locator("main")).to_contain_text("不满一学期")
    page = lead.open(cycle + "/objections", "answered")
    expect(page.locator("main")).to_contain_text("不满一学期")
    office.city.days_pass(40)


def publish(office, cycle):
    page = office.open(cycle + "/publication", "publication")
    page.fill("#document", "安教体发〔2026〕91号")
    press(office, "公布", cycle + "/publication")
    office.look("published")
    office.open(cycle + "/results", "results")


def everybody(someone, cycle, corrected=False):
    """What anybody reads without an account, on a desk and on a phone."""
    for called, viewport in (("public", None), ("public-phone", PHONE)):
        person = someone("public", login=False, called=called, **({"viewport": viewport} if viewport else {}))
        page = person.open("/public" + cycle.removeprefix("/cycles"), "corrected" if corrected else "results")
        for group in (GROUP, BACK, BEFORE, THROUGH):
            expect(page.locator("#table")).to_contain_text(group)
        expect(page.locator(".chip.solid")).to_have_count(1 if corrected else 0)
        expect(page.locator("main")).to_contain_text("安教体发〔2026〕91号")
        if corrected:
            expect(page.locator("#n1")).to_contain_text("补报事故调查结论")
            page.goto("/public" + cycle.removeprefix("/cycles") + "/editions/1")
            expect(page.locator(".note.warn")).to_be_visible()
            expect(page.locator(".chip.solid")).to_have_count(0)
        else:
            page.locator("#table a", has_text=GROUP).click()
            page.wait_for_url("**/groups/*")
            person.look("group")
            assert not page.context.cookies(), "the public needs no session"


def correct(office, cycle):
    """What comes to light afterwards: confirmation taken back, a veto laid, confirmed and published as edition 2."""
    page = office.open(cycle + "/confirmation")
    page.fill("form[action$='/reopening'] input[name=reason]", "补报事故调查结论")
    press(office, "撤回|重", cycle + "/confirmation")
    page = office.open(cycle + "/vetoes", "lay-veto")
    page.select_option("#group", label=THROUGH)
    page.select_option("#veto", index=1)
    page.fill("#reason", "事故调查报告认定负主要责任。")
    page.locator("form[action$='/vetoes'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("主要责任")
    office.open(cycle + "/confirmation", "correcting")
    press(office, "^确认", cycle + "/confirmation")
    page = office.open(cycle + "/publication", "correction")
    page.fill("#reason", "补报事故调查结论")
    press(office, "公布", cycle + "/publication")


def trail(someone, city):
    """The log of it all holds; a row changed behind its back is named."""
    auditor = someone("audit")
    page = auditor.open("/audit", "audit")
    expect(page.locator("main")).to_contain_text("公布")
    said = city.tool("audit", "verify").stdout
    assert said.strip(), said
