"""The rosters of people, in plain data with their functions; settings.ROSTER_SHEETS names them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.roster import Sheet
from members.actions.exports import export_households, export_members
from members.rosters import columns, export, households, leaders, pairs, people, teams, writing
from members.rosters.belonging import unit_of
from organisations.rosters.writing import close

PAIRED = ("机关党员", "农村党员", "联系领导", "户主姓名", "户主")
LED = ("联系村", "联系干部序号", "联系干部", "结对村", "挂点村", "包村")


def guard_members(user, place) -> bool:
    export_members(by=user, place=place, at=timezone.now())
    return True


def guard_households(user, place) -> bool:
    export_households(by=user, place=place, at=timezone.now())
    return True


TEAMS: Sheet = Sheet(
    "teams", _("roster of work teams"), "工作队", 35, columns.TEAM_COLUMNS,
    check=lambda work, lines: teams.check(work, lines, TEAMS),
    apply=writing.write_teams, close=close, export=export.teams, strangers=(*PAIRED, "姓名", "单位名称", "帮扶单位"),
)  # fmt: skip
MEMBERS: Sheet = Sheet(
    "members", _("roster of members"), "党员", 50, columns.MEMBER_COLUMNS, survey=people.survey_members,
    check=lambda work, lines: people.check(work, lines, MEMBERS, party=True),
    apply=writing.write_people, export=export.members, guard=guard_members, any_of=frozenset({"unit", "village"}),
    strangers=(*PAIRED, *LED, "工作队", "所在工作队"),
)  # fmt: skip
CADRES: Sheet = Sheet(
    "cadres", _("roster of cadres of work teams"), "党员干部", 52, columns.CADRE_COLUMNS, survey=people.survey_cadres,
    check=lambda work, lines: people.check(work, lines, CADRES, home=unit_of),
    apply=writing.write_people, export=export.cadres, guard=guard_members, strangers=(*PAIRED, *LED),
)  # fmt: skip
LEADERS: Sheet = Sheet(
    "leaders", _("roster of leaders and their villages"), "领导联系村", 54, columns.LEADER_COLUMNS,
    survey=leaders.survey_leaders, check=lambda work, lines: leaders.check(work, lines, LEADERS),
    apply=writing.write_leaders, export=export.leaders, guard=guard_members,
    strangers=("户主姓名", "户主", "农村党员", "工作队", "所在工作队"),
)  # fmt: skip
HOUSEHOLDS: Sheet = Sheet(
    "households", _("roster of households"), "联系户", 56, columns.HOUSEHOLD_COLUMNS,
    survey=households.survey_households, check=lambda work, lines: households.check(work, lines, HOUSEHOLDS),
    apply=writing.write_households, export=export.households, guard=guard_households,
    strangers=("农村党员", "机关党员"),
)  # fmt: skip
MEMBER_PAIRS: Sheet = Sheet(
    "member_pairs", _("roster of member pairs"), "党员结对", 58, columns.PAIR_COLUMNS, check=pairs.check,
    apply=writing.write_member_pairs, export=export.member_pairs, guard=guard_members,
    strangers=("户主姓名", "户主", "姓名"),
)  # fmt: skip
