"""The sheet itself: typing, two people on one sheet, closed tabs, no scripts, a phone, a keyboard."""

import re

import pytest
from people import PHONE
from playwright.sync_api import expect
from steps import sheet_of

DONE = "input[name='f:group/done']"


@pytest.fixture(scope="module")
def sheet(city, browser):
    from people import Person

    person = Person(city, browser, "lead").sign_in()
    yield sheet_of(person, "自查自评")
    person.close()


def test_a_tab_closed_in_the_middle_of_a_word_loses_nothing(someone, sheet):
    lead = someone("lead")
    page = lead.open(sheet + "?item=15")
    page.locator(DONE).press_sequentially("77.25")
    page.locator("#remark").press_sequentially("各项制度已建立，经费按")
    page.close()
    lead.page = lead.context.new_page()
    page = lead.open(sheet + "?item=15")
    expect(page.locator(DONE)).to_have_value("77.25")
    expect(page.locator("#remark")).to_have_value("各项制度已建立，经费按")
    page.locator("#remark").press_sequentially("期到位")
    lead.saved()


def test_what_is_typed_without_a_line_is_kept_and_sent_later(someone, sheet):
    lead = someone("lead")
    lead.allow("ERR_INTERNET_DISCONNECTED")
    page = lead.open(sheet + "?item=18")
    lead.context.set_offline(True)
    page.locator("input[name='f:group/percent']").fill("87.5")
    expect(page.locator("#status")).to_contain_text("未保存")
    lead.context.set_offline(False)
    lead.saved()
    page.reload()
    expect(page.locator("input[name='f:group/percent']")).to_have_value("87.5")


def test_two_people_on_one_sheet_see_each_other_and_both_values(someone, city, sheet):
    one, other = someone("lead"), someone("lead", called="lead-again")
    member = someone("member")
    member.open(sheet + "?item=17")
    page = one.open(sheet + "?item=15")
    expect(page.locator("#others")).to_contain_text(city.source.names["member"])
    page.locator(DONE)
    beside = other.open(sheet + "?item=15")
    page.locator(DONE).fill("61")
    one.saved()
    beside.locator(DONE).fill("62")
    conflict = beside.locator("#conflicts [role=alert]")
    expect(conflict).to_contain_text("61")
    expect(conflict).to_contain_text("62")
    other.look("conflict")
    page.reload()
    expect(page.locator(DONE)).to_have_value("61")
    conflict.locator("[data-settle]").click()
    expect(conflict).to_have_count(0)
    other.saved()
    page.reload()
    expect(page.locator(DONE)).to_have_value("62")


def test_what_one_has_not_seen_is_not_overwritten_after_saving_something_else(someone, sheet):
    one, other = someone("lead", called="lead-one"), someone("lead", called="lead-two")
    page, beside = one.open(sheet + "?item=15"), other.open(sheet + "?item=15")
    beside.locator(DONE).fill("70")
    other.saved()
    page.locator("#remark").fill("台账已补")
    one.saved()
    page.locator(DONE).fill("71")
    expect(page.locator("#conflicts [role=alert]")).to_contain_text("70")
    beside.reload()
    expect(beside.locator(DONE)).to_have_value("70")


def test_without_scripts_a_sheet_is_filled_and_handed_in(someone, sheet):
    lead = someone("lead", scripts=False, called="lead-noscript")
    page = lead.open(sheet + "?item=12", "sheet")
    page.locator("select[name='f:group/lacking']").select_option("none")
    page.locator("#item button[value=stay]").click()
    expect(page.locator("select[name='f:group/lacking']")).to_have_value("none")
    expect(page.locator("#status")).to_contain_text("已保存")
    for item in ("13", "14", "15", "16", "17", "18"):
        page = lead.open(f"{sheet}?item={item}")
        for field in page.locator("#item [name^='f:']:not([type=checkbox])").all():
            if field.evaluate("e => e.tagName") == "SELECT":
                values = field.locator("option").evaluate_all("all => all.map(o => o.value)")
                field.select_option("none" if "none" in values else values[1])
            else:
                field.fill("3")
        # Whoever enters something else than the records say tells why.
        page.locator("#remark").fill("台账未记全，以佐证材料为准")
        page.locator("#item button[value=stay]").click()
        expect(page.locator("#status")).to_contain_text("已保存")
    page.get_by_role("link", name=re.compile("^提交自评")).first.click()
    lead.look("check")
    # Without the required evidence only with a tick and a reason.
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#lacking")).not_to_be_checked()
    page.locator("#lacking").check()
    page.locator("#why").fill("纸质材料另送")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".sbar .note")).to_contain_text("封存")
    district = someone("district", scripts=False, called="district-noscript")
    page = district.open(sheet)
    page.fill("#return #reason", "补充第 12 项材料。")
    page.locator("#return button[type=submit]").click()
    lead.open(sheet + "?item=12")
    expect(lead.page.locator(".note.warn")).to_contain_text("补充第 12 项材料")


def test_on_a_phone_the_sheet_is_one_comfortable_column(someone, sheet):
    lead = someone("lead", viewport=PHONE, called="lead-phone")
    lead.look("start")
    for item in ("1", "7", "8", "14", "15", "publicity"):
        lead.open(f"{sheet}?item={item}", "sheet-" + item)
    page = lead.open(sheet + "?item=15")
    page.locator(DONE).fill("83")
    lead.saved()
    page.locator("nav.ph select").select_option(index=2)
    lead.until("() => document.getElementById('item').dataset.item === '3'")
    for address, shot in (("/submission", "check"), ("/import", "import"), ("/comparison", "comparison"), ("/history", "history")):
        lead.open(sheet + address, shot)
    for path, shot in (("/cycles", "cycles"), ("/policies", "policies"), ("/account", "account"), ("/search?q=云岭", "search")):
        lead.open(path, shot)


def test_the_sheet_works_by_keyboard_alone(someone, sheet):
    lead = someone("lead", called="lead-keyboard")
    page = lead.open(sheet + "?item=15")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    lead.until("() => document.activeElement.id === 'main'")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'f:group/done'"):
            break
    expect(page.locator(DONE)).to_be_focused()
    # What has the focus is seen to have it.
    assert page.evaluate("(() => { const s = getComputedStyle(document.activeElement); return s.boxShadow !== 'none' || s.outlineStyle !== 'none'; })()")
    page.keyboard.press("Control+A")
    page.keyboard.type("81.5")
    page.keyboard.press("Tab")
    lead.saved()
    page.keyboard.press("Alt+ArrowRight")
    lead.until("() => document.getElementById('item') && document.getElementById('item').dataset.item === '16'")
    page.wait_for_load_state()
    page.keyboard.press("Alt+ArrowLeft")
    lead.until("() => document.getElementById('item') && document.getElementById('item').dataset.item === '15'")
    expect(page.locator(DONE)).to_have_value("81.5")


def test_every_item_of_the_sheet_names_its_fields(someone, sheet):
    lead = someone("lead", called="lead-items")
    for item in [str(number) for number in range(1, 19)] + ["publicity"]:
        lead.open(f"{sheet}?item={item}", f"item-{item}")
