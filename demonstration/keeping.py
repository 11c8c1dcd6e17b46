"""A form of the office as a department hands it down, understood and ready to be filled; two views that are kept."""

import io
from datetime import datetime

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from organisations.models import User
from pairing.models import Round
from reports.actions.local_forms import confirm_columns, hand_in_form
from reports.actions.saved_views import keep_view

FORM = (
    ("结对帮扶工作情况季报表",),
    ("填报单位（盖章）：", None, None, None, "填报日期："),
    ("序号", "乡镇", "村名", "党组织书记", "结对单位", "走访次数", "到位资金（万元）", "已公开笔数", "备注"),
    (None,),
    ("填表人：", None, None, None, "审核人："),
)
VIEWS = (("T1", "本轮结对，按村类别", "by=class"), ("T6", "本轮走访情况", ""))


def keep(organiser: User, round: Round, at: datetime) -> None:
    office = round.organiser
    made = hand_in_form(by=organiser, organisation=office, upload=workbook(), at=at)
    mapping = {int(index): key for index, key in made.mapping.items()}
    confirm_columns(by=organiser, form=made, name=made.name, about=made.about, mapping=mapping, at=at)
    for table, name, query in VIEWS:
        asked = "&".join(each for each in (query, f"round={round.pk}") if each)
        keep_view(by=organiser, table=table, name=name, query=asked, organisation=office, at=at)


def workbook() -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "季报表"
    for row in FORM:
        page.append(row)
    page.merge_cells("A1:I1")
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("结对帮扶工作情况季报表.xlsx", file.getvalue())
