"""The main job in real browsers: from the workbook to the signed agreement on the public board."""

import re

import pytest
from django.core.management import call_command
from docx import Document
from playwright.sync_api import expect

from demonstration.workbooks import XINCHENG
from organisations.models import Organisation
from organisations.tests import factories as people
from tests.browsing import DESK, PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNIT, VILLAGE = "呼和浩特市新城区粮食局", "野马图村"
OWN_PASSWORD = "liangshi 2026 liangshi"


def import_the_workbook(organiser: Window) -> None:
    organiser.page.get_by_role("navigation", name="导航").get_by_role("link", name="导入名册").click()
    organiser.page.locator(".head-actions a.btn-primary").click()
    organiser.page.locator("input[type=file]").set_input_files(XINCHENG)
    organiser.page.locator("main form button.btn-primary").click()
    organiser.see("保合少镇")  # the preview names what the rows need and is not known yet
    apply = organiser.page.locator(".head-actions form button.btn-primary")
    expect(apply).to_contain_text("192")  # 67 units, 26 villages, 67 pairings of an earlier round
    assert not Organisation.objects.filter(name=VILLAGE).exists()
    apply.click()
    expect(organiser.page.locator("form[action$='/undo/']")).to_be_attached()  # the worker has applied it
    organiser.go("/villages/")
    organiser.see("共 26")
    organiser.see(VILLAGE)


def open_a_round(organiser: Window) -> None:
    organiser.go("/rounds/")
    organiser.follow("开启新轮次")
    organiser.page.get_by_label("方案").select_option(label="上海市城乡党组织结对帮扶")
    organiser.press("填入日期")
    organiser.page.locator("[name=name]").fill("新城区第二轮结对")
    organiser.press("筹备轮次")
    organiser.see("第 1 版将收入")
    organiser.press("发布")
    organiser.see("第 1 版")
    organiser.follow("开启轮次")
    organiser.see("26 个村")
    organiser.press("开启轮次")
    organiser.see("轮次已开启")


def invite_the_unit_secretary(organiser: Window) -> str:
    """The code that the printed slip shows."""
    organiser.go("/users/")
    organiser.follow("邀请用户")
    organiser.fill("姓名", "王志远")
    organiser.page.locator("[name=username]").fill("wangzhiyuan")
    organiser.page.locator("[name=organisation]").fill(UNIT)
    organiser.page.locator("[name=role]").select_option(label="单位党支部书记")
    organiser.press("邀请并打印登录码")
    organiser.see("王志远")
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", organiser.page.locator("main").inner_text())[0]


def sign_in_with_the_slip(unit: Window, code: str) -> None:
    unit.go("/account/login/")
    unit.follow("我有一次性登录码（打印件）")
    unit.page.locator("[name=code]").fill(code.lower())
    unit.page.locator("[name=new_password1]").fill(OWN_PASSWORD)
    unit.page.locator("[name=new_password2]").fill(OWN_PASSWORD)
    unit.press("设置密码并登录")
    unit.see("新城区第二轮结对")


def propose(unit: Window) -> None:
    unit.page.locator(".duty-first a.btn-primary").click()
    unit.page.locator("label.filters-button").click()
    unit.page.locator("#list-filter [name=q]").fill("ymt")
    unit.see("筛选出 1")
    unit.follow(VILLAGE)
    unit.fill("给对方的话", "我局想帮助村里修路。")
    unit.press("提出意向")
    unit.see("待答复")


def accept(village: Window) -> None:
    village.go("/")
    village.see(UNIT)
    village.page.locator(".duty-first a.btn-primary").click()
    village.see("我局想帮助村里修路。")
    village.press("接受")
    village.see("轮到")


def fill_the_agreement(unit: Window) -> None:
    unit.go("/")
    unit.page.locator(".duty-first a.btn-primary").click()
    unit.follow("修改")
    unit.fill("分管领导", "赵国强")
    unit.fill("负责部门", "机关党委")
    unit.page.locator("[name=commitments-0-kind]").select_option(value="money")
    unit.page.locator("[name=commitments-0-title]").fill("修路资金")
    unit.page.locator("[name=commitments-0-amount]").fill("20000")
    unit.press("保存")
    unit.see("贰万元整")
    unit.press("确认此文本")
    unit.see("现在轮到对方")


def confirm(village: Window) -> None:
    village.go("/")
    village.page.locator(".duty-first a.btn-primary").click()
    village.see("赵国强")
    village.press("确认此文本")
    village.see("双方已确认")


def sign(person: Window, name: str, outcome: str) -> None:
    person.go("/")
    person.page.locator(".duty-first a.btn-primary").click()
    person.follow("签字")
    person.page.locator("[name=name]").fill(name)
    person.page.locator("[name=consent]").check()
    person.press("签字")
    person.see(outcome)


def signed_on(board: Window):
    """The number of villages with a signed agreement, as the board shows it."""
    return board.page.locator(".fact", has_text="协议已签订").locator(".fact-number")


def test_from_the_workbook_to_the_signed_agreement_on_the_board(open_window, worker):
    call_command("load_schemes", verbosity=0)
    people.user("organiser", people.county("新城区"), username="organiser", name="乌云", password=people.PASSWORD)
    organiser, unit, village, board = (open_window(size) for size in (DESK, PHONE, PHONE, DESK))
    organiser.sign_in("organiser")
    import_the_workbook(organiser)
    open_a_round(organiser)
    round_page = organiser.page.url
    organiser.follow("公开看板")
    board.page.goto(organiser.page.url)
    expect(signed_on(board)).to_have_text("0 / 26 个村")

    home = Organisation.objects.get(name=VILLAGE)
    people.user("village_secretary", home, username="gongcuixiu", name="龚翠秀", password=people.PASSWORD)
    village.sign_in("gongcuixiu")
    sign_in_with_the_slip(unit, invite_the_unit_secretary(organiser))
    propose(unit)
    accept(village)
    fill_the_agreement(unit)
    confirm(village)
    board.page.evaluate("window.neverReloaded = true")
    sign(unit, "王志远", "已通知对方")
    sign(village, "龚翠秀", "双方已签订")

    expect(signed_on(board)).to_have_text("1 / 26 个村")
    assert board.page.evaluate("window.neverReloaded")
    organiser.page.goto(round_page)
    expect(signed_on(organiser)).to_have_text("1 / 26 个村")
    unit.follow("查看协议")
    words = "\n".join(paragraph.text for paragraph in Document(unit.download("Word 文件")).paragraphs)
    assert "贰万元整" in words
    assert VILLAGE in words
    assert [window.complaints for window in (organiser, unit, village, board)] == [[], [], [], []]
