"""A group is formed: written by its lead school, accepted and made public by its district, commented on by anybody; the
document's list of tasks is taken over and reported on."""

import re

import pytest
from people import DESK, PHONE
from playwright.sync_api import expect

SIZES = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def saved(person, was=""):
    """Until the case has said that it is stored, later than before."""
    person.until("was => { const e = document.getElementById('saved');"
                 " return e.className === 'okc' && e.textContent && e.textContent !== was; }", was)
    return person.page.locator("#saved").inner_text()


def begin(person, kind="new"):
    page = person.open("/formation")
    page.select_option("#kind", kind)
    page.locator("main form[method=post][action='/formation'] button").click()
    page.wait_for_url(re.compile(r"/formation/\d+/\d+$"))
    return page.url


def write(person, case, name):
    page = person.page
    page.locator("#find input[type=search]").fill("小学")
    page.locator("#find form[method=get] button").click()
    page.locator("#find button[name=add]").first.click()
    page.wait_for_url(re.compile("#schools$"))
    for field, text in (("content/goals", "缩小差距"), ("content/management", "理事会"), ("content/safeguards", "专项经费")):
        page.fill(f"[name='{field}']", text)
    page.select_option("#form", "collaborative")
    page.select_option("#area", "elsewhere")
    page.fill("#name", name)
    saved(person)
    expect(page.locator("#submit .note")).to_have_count(0)
    expect(page.locator("#limits")).to_contain_text("二（一）1")
    page.goto(case)
    expect(page.locator("#name")).to_have_value(name)


@SIZES
def test_a_case_from_the_first_word_to_a_comment(someone, viewport):
    phone = "-phone" if viewport is PHONE else ""
    name = "江北教育集团" if phone else "江南教育集团"
    lead = someone("lead", viewport=viewport, called="formation-lead" + phone)
    case = begin(lead)
    lead.look("case-empty")
    write(lead, case, name)
    page = lead.page
    page.set_input_files("#paperFile", {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%"})
    page.locator("form[action$='/papers'] button").click()
    expect(page.locator("#papers table")).to_contain_text("方案")
    lead.look("case-written")
    page.locator("#submit button").click()
    expect(page.locator("h1")).to_contain_text("待受理")

    office = someone("district", viewport=viewport, called="formation-district" + phone)
    page = office.open(case, "case-submitted")
    page.locator("form[action$='/acceptance'] button").click()
    page.locator("form[action$='/publicity'] button").click()
    expect(page.locator("#publicity")).to_contain_text("进行中")
    expect(page.locator("#decide")).to_contain_text("期满后审批")
    office.look("case-public")

    anybody = someone("public", login=False, viewport=viewport, called="formation-public" + phone)
    page = anybody.open("/notices", "notices")
    page.get_by_role("link", name=name).click()
    anybody.look("notice")
    page.wait_for_timeout(2_100)
    page.fill("#text", "片区会不会调整？")
    page.locator("main form[method=post] button").click()
    expect(page.locator("main .note[role=status]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("片区会不会调整")

    page = office.open(case)
    page.locator("form[action$='/comments/answers'] input[name=text]").first.fill("不调整")
    page.locator("form[action$='/comments/answers'] button").first.click()
    expect(page.locator("#publicity")).to_contain_text("已答复")
    notice = anybody.open(case.replace("/formation/", "/notices/"))
    expect(notice.locator("main")).to_contain_text("片区会不会调整")


def test_a_button_right_after_typing_is_nobody_elses_change(someone):
    """Leaving a field saves it, clicking a button sends the form: one writer, however quick or slow the hand is."""
    lead = someone("lead", called="formation-typing")
    begin(lead)
    page, conflicts = lead.page, []
    page.on("response", lambda answer: conflicts.append(answer.url) if answer.status == 409 else None)

    def type_and_click(field, text, wait, button):
        page.click(f"[name='{field}']")
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(text, delay=5)
        page.wait_for_timeout(wait)
        with page.expect_navigation():
            page.locator(button).click()
        expect(page.locator("#problems")).to_have_count(0)
        expect(page.locator(f"[name='{field}']")).to_have_value(text)

    # Before the page saves itself, while it does, and after.
    for number, wait in enumerate((0, 0, 320, 1190, 1250, 3000)):
        type_and_click("content/goals", f"目标{number}", wait, "#write .acts button")
    for number, wait in enumerate((0, 1250)):
        page.locator("#find input[type=search]").fill("小学")
        with page.expect_navigation():
            page.locator("#find form[method=get] button").click()
        type_and_click("content/management", f"理事会{number}", wait, "#find button[name=add] >> nth=0")
    # A button held down long enough that the save the left field brings comes in between.
    page.click("[name='content/safeguards']")
    page.keyboard.type("专项经费")
    page.locator("#write .acts button").hover()
    page.mouse.down()
    page.wait_for_timeout(700)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator("[name='content/safeguards']")).to_have_value("专项经费")
    assert conflicts == []


def test_the_list_is_taken_over_and_a_school_reports(someone):
    city = someone("city", called="tasks-city")
    page = city.open("/tasks", "tasks-none")
    page.locator("form[method=post][action='/tasks'] button").click()
    expect(page.locator("main table").first).to_contain_text("逾期")
    city.look("tasks")
    page.get_by_role("link", name="组建教育集团", exact=True).click()
    lead = someone("lead", called="tasks-lead")
    school = re.split(r"\W", lead.open("/").locator(".role").inner_text().strip())[0]
    page.locator("summary", has_text="增加子任务").click()
    page.fill("#partText", "报送集团章程")
    page.fill("#partUnits", school)
    page.locator("form[action$='/parts'] button").click()
    expect(page.locator("main")).to_contain_text("报送集团章程")
    city.look("task")
    page = lead.open("/tasks", "tasks-of-school")
    page.get_by_role("link", name="报送集团章程").click()
    page.fill("#percent", "40")
    page.fill("#text", "已通过")
    page.locator("form[action$='/reports'] button").click()
    expect(page.locator("main table").first).to_contain_text("40%")
    lead.look("task-reported")
    lead.open("/messages", "messages")
    city.open("/conferences", "conferences")
