"""The words of what a scheme obliges to: what an official writes, and what it means here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.kinds import Level as UnitLevel


class Subject(models.TextChoices):
    """On whom or what a duty is counted."""

    PAIRING = "pairing", _("each pairing")
    UNIT = "unit", _("each unit of the directory")
    FLOATING = "floating", _("each floating member")
    VILLAGE = "village", _("each village with members away")
    HOUSEHOLD = "household", _("each household in need")
    CADRE = "cadre", _("each cadre with a quota")
    MEMBER = "member", _("each member whom the scheme asks to help")
    PERSON_PAIR = "person_pair", _("each person-to-person pair")
    COMMITTEE = "committee", _("each Party committee with units or villages of the round")
    ORGANISER = "organiser", _("the organiser of the round")


class Counted(models.TextChoices):
    """The kind of record by which a duty is met."""

    ACTIVITY = "activity", _("activities, once confirmed")
    PLAN = "plan", _("plans confirmed by both sides")
    INTENTION = "intention", _("intentions reached")
    SIGNING = "signing", _("signed agreements")
    HALF_YEAR_REPORT = "half_year_report", _("half-yearly reports to the origin")
    FLOATING_DEED = "floating_deed", _("confirmed good deeds")
    CERTIFICATE = "certificate", _("certificates with their number")
    FLOATING_AGREEMENT = "floating_agreement", _("signed management agreements")
    FLOATING_TRAINING = "floating_training", _("trainings before leaving")
    REPORT_IN = "report_in", _("reporting in where they arrived")
    CONTACT = "contact", _("contacts of the two places")
    GREETING_LETTER = "greeting_letter", _("letters that were sent")
    PERSON_PAIR = "person_pair", _("pairs in force")
    NEEDY_MEMBER = "needy_member", _("needy members helped")
    NEEDY_VILLAGER = "needy_villager", _("needy villagers helped")
    HARDSHIP_PLAN = "hardship_plan", _("plans for leaving hardship")
    HOUSEHOLD_VISIT = "household_visit", _("visits at the door with all questions answered")
    SOLVED_DIFFICULTY = "solved_difficulty", _("difficulties found at the door and solved")
    LETTER = "letter", _("signed responsibility letters")
    COMMITMENT = "commitment", _("published commitments")
    DIARY = "diary", _("trips to a village with an entry in the diary, of one hundred")
    PLACE_COVERAGE = "place_coverage", _("townships and villages with a pairing, of one hundred")
    VILLAGE_COVERAGE = "village_coverage", _("villages with a pairing, of one hundred")
    KIND_COVERAGE = "kind_coverage", _("kinds of units with a pairing, of one hundred")
    MEMBER_COVERAGE = "member_coverage", _("members of the villages with a helper, of one hundred")
    BASE_NUMBER = "base_number", _("pairings, of one hundred in the round before")
    FLOATING_FORUM = "floating_forum", _("forums held, of the village or above")
    PROJECT = "project", _("projects accepted by the village")
    MONEY = "money", _("yuan received by the village in money and goods")
    DISCLOSURE = "disclosure", _("entries of aid money published for fifteen days or more, of one hundred")
    FEEDBACK = "feedback", _("reports on aid money sent to the unit")
    SHARED_RECORD = "shared_record", _("activities on record with both sides, of one hundred")
    REPORT = "report", _("reports handed in")
    CIRCULAR = "circular", _("circulars on an inspection, sent to those below")
    ARRANGEMENT = "arrangement", _("arrangement notices with their tasks, sent to those below")
    SURVEY = "survey", _("satisfaction surveys with a result")


# Met by handing something in: whoever hands it in says so (duties/filing.py).
BY_FILING = (Counted.REPORT, Counted.CIRCULAR, Counted.ARRANGEMENT, Counted.SURVEY)


class Desk(models.TextChoices):
    """To whom a report goes; never to another desk (domain §1.11)."""

    OWN_ORGANISATION = "own_organisation", _("the own Party organisation")
    SUPERIOR_COMMITTEE = "superior_committee", _("the superior Party committee")
    ORGANISATION_DEPARTMENT = "organisation_department", _("the organisation department")


class Frequency(models.TextChoices):
    """The period in which a duty comes again."""

    MILESTONE = "milestone", _("once, by a date of the round")
    TERM = "term", _("each term")
    AGREEMENT_YEAR = "agreement_year", _("each year of the agreement")
    YEAR = "year", _("each calendar year")
    HALF_YEAR = "half_year", _("each half-year")
    QUARTER = "quarter", _("each quarter")
    MONTH = "month", _("each month")
    LUNAR_TWELFTH = "lunar_twelfth", _("in lunar month 12 of each year")
    BEFORE_JULY = "before_july", _("each year, in the days before 1 July")
    REGULARLY = "regularly", _("regularly")
    BEFORE_LEAVING = "before_leaving", _("before leaving")
    AFTER_ARRIVAL = "after_arrival", _("after arrival")


# Periods of which a subject may live through a part only.
PARTIAL = (Frequency.AGREEMENT_YEAR, Frequency.YEAR, Frequency.HALF_YEAR, Frequency.QUARTER, Frequency.MONTH)


class Method(models.TextChoices):
    """Domain §6.3: 「A和B」 may mean together or each; the text leaves it open."""

    TOGETHER = "together", _("all together")
    EACH = "each", _("each role for itself")
    CLASSES = "classes", _("how many of the headings are covered")


class PartPeriod(models.TextChoices):
    """What is owed of a period that a subject lives through in part (domain §6.2)."""

    PRO_RATA = "pro_rata", _("pro rata of the days, rounded")
    WHOLE = "whole", _("as of a whole period")


class ParticipantRole(models.TextChoices):
    """In which role somebody took part that day; the same keys as the roles of the visits' app."""

    PRINCIPAL = "principal", _("principal leader")
    TEAM = "team", _("member of the leading team")
    LEADER = "leader", _("leader in charge")
    DEPARTMENT = "department", _("responsible department")
    SPECIALIST = "specialist", _("specialist")
    MEMBER = "member", _("member or cadre")


SUBJECT_WORDS = {
    "结对": Subject.PAIRING,
    "单位": Subject.UNIT,
    "村": Subject.VILLAGE,
    "流动党员": Subject.FLOATING,
    "困难户": Subject.HOUSEHOLD,
    "干部": Subject.CADRE,
    "党员": Subject.MEMBER,
    "人员结对": Subject.PERSON_PAIR,
    "党委": Subject.COMMITTEE,
    "组织者": Subject.ORGANISER,
}
COUNTED_WORDS = {
    "活动": Counted.ACTIVITY,
    "计划": Counted.PLAN,
    "意向": Counted.INTENTION,
    "签约": Counted.SIGNING,
    "流动党员汇报": Counted.HALF_YEAR_REPORT,
    "流动党员好事": Counted.FLOATING_DEED,
    "流动党员证": Counted.CERTIFICATE,
    "管理协议书": Counted.FLOATING_AGREEMENT,
    "外出前培训": Counted.FLOATING_TRAINING,
    "报到": Counted.REPORT_IN,
    "两地联系": Counted.CONTACT,
    "慰问信": Counted.GREETING_LETTER,
    "人员结对": Counted.PERSON_PAIR,
    "联系困难党员": Counted.NEEDY_MEMBER,
    "联系困难群众": Counted.NEEDY_VILLAGER,
    "脱困方案": Counted.HARDSHIP_PLAN,
    "入户走访": Counted.HOUSEHOLD_VISIT,
    "解决的困难": Counted.SOLVED_DIFFICULTY,
    "目标责任书": Counted.LETTER,
    "公开承诺": Counted.COMMITMENT,
    "民情日记": Counted.DIARY,
    "乡镇和村覆盖率": Counted.PLACE_COVERAGE,
    "村覆盖率": Counted.VILLAGE_COVERAGE,
    "单位类型覆盖率": Counted.KIND_COVERAGE,
    "农村党员覆盖率": Counted.MEMBER_COVERAGE,
    "与上一轮之比": Counted.BASE_NUMBER,
    "流出党员座谈会": Counted.FLOATING_FORUM,
    "验收的项目": Counted.PROJECT,
    "到位资金": Counted.MONEY,
    "公开的资金收支": Counted.DISCLOSURE,
    "资金使用反馈": Counted.FEEDBACK,
    "双方一致的记录": Counted.SHARED_RECORD,
    "汇报": Counted.REPORT,
    "检查通报": Counted.CIRCULAR,
    "部署通知": Counted.ARRANGEMENT,
    "满意度测评": Counted.SURVEY,
}
DESK_WORDS = {
    "所在党组织": Desk.OWN_ORGANISATION,
    "上级党委": Desk.SUPERIOR_COMMITTEE,
    "组织部门": Desk.ORGANISATION_DEPARTMENT,
}
FREQUENCY_WORDS = {
    "时间节点前": Frequency.MILESTONE,
    "每期": Frequency.TERM,
    "每协议年": Frequency.AGREEMENT_YEAR,
    "每年": Frequency.YEAR,
    "每半年": Frequency.HALF_YEAR,
    "每季度": Frequency.QUARTER,
    "每月": Frequency.MONTH,
    "每年腊月": Frequency.LUNAR_TWELFTH,
    "每年七一前": Frequency.BEFORE_JULY,
    "定期": Frequency.REGULARLY,
    "外出前": Frequency.BEFORE_LEAVING,
    "到达后": Frequency.AFTER_ARRIVAL,
}
METHOD_WORDS = {"合计": Method.TOGETHER, "各自": Method.EACH, "各类": Method.CLASSES}
PART_PERIOD_WORDS = {"按天数折算": PartPeriod.PRO_RATA, "按整期": PartPeriod.WHOLE}
ROLE_WORDS = {
    "主要领导": ParticipantRole.PRINCIPAL,
    "班子成员": ParticipantRole.TEAM,
    "分管领导": ParticipantRole.LEADER,
    "负责部门": ParticipantRole.DEPARTMENT,
    "专业人员": ParticipantRole.SPECIALIST,
    "党员干部": ParticipantRole.MEMBER,
}
UNIT_LEVEL_WORDS = {
    "中央": UnitLevel.CENTRAL,
    "省级": UnitLevel.PROVINCE,
    "市级": UnitLevel.PREFECTURE,
    "县级": UnitLevel.COUNTY,
    "乡级": UnitLevel.TOWNSHIP,
    "村级": UnitLevel.VILLAGE,
}
# Which words an item of a duty may hold, by the name of the item.
DUTY_CHOICES: dict[str, dict] = {
    "对象": SUBJECT_WORDS,
    "计数": COUNTED_WORDS,
    "参加角色": ROLE_WORDS,
    "计法": METHOD_WORDS,
    "报给": DESK_WORDS,
    "适用单位级别": UNIT_LEVEL_WORDS,
    "频次": FREQUENCY_WORDS,
    "不足一期": PART_PERIOD_WORDS,
}
