"""The roster sheets of organisations, in plain data with their functions; settings.ROSTER_SHEETS names them."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.roster import Sheet
from organisations.actions.phones import export_contact_phones
from organisations.models import Organisation, User
from organisations.rosters import export, nodes, units, villages, writing
from organisations.rosters.columns import ORGANISATION_COLUMNS, UNIT_COLUMNS, VILLAGE_COLUMNS

PERSONS = ("姓名", "户主姓名", "户主", "性别", "身份证号", "出生年月", "出生日期", "民族", "入党时间", "工作队")
PAIRED = ("机关党员", "农村党员", "在职党员", "联系领导", "联系干部")


def guard_phones(rows: Callable[[Organisation], QuerySet[Organisation]]) -> Callable[[User, Organisation], bool]:
    """Contact phones leave in full with whoever may read them, and on record; else masked."""

    def guard(user: User, place: Organisation) -> bool:
        may_read = user.can("personal.read", place)
        if may_read:
            export_contact_phones(by=user, place=place, organisations=rows(place), at=timezone.now())
        return may_read

    return guard


UNITS: Sheet = Sheet(
    "units", _("roster of units"), "帮扶单位", 20, UNIT_COLUMNS,
    check=lambda work, lines: units.check(work, lines, UNITS),
    apply=writing.write, close=writing.close, export=export.units, guard=guard_phones(export.units_below),
    strangers=(*PERSONS, *PAIRED, "结对村", "帮扶村", "村名", "村", "户数", "签订日期"),
)  # fmt: skip
VILLAGES: Sheet = Sheet(
    "villages", _("roster of villages"), "村", 30, VILLAGE_COLUMNS, survey=villages.survey,
    check=lambda work, lines: villages.check(work, lines, VILLAGES),
    apply=writing.write, close=writing.close, export=export.villages, guard=guard_phones(export.villages_below),
    strangers=(*PERSONS, *PAIRED, "所在单位", "签订日期", "单位"),
)  # fmt: skip
ORGANISATIONS: Sheet = Sheet(
    "organisations", _("roster of organisations"), "组织", 10, ORGANISATION_COLUMNS,
    check=lambda work, lines: nodes.check(work, lines, ORGANISATIONS),
    apply=writing.write, close=writing.close, export=export.organisations, guard=guard_phones(export.others_below),
    strangers=(*PERSONS, *PAIRED),
)  # fmt: skip
