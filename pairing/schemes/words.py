"""The words of a scheme file: what an official writes, and what it means here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.kinds import VillageClass
from pairing.levels import Level
from pairing.schemes.assessment_words import ASSESSMENT_CHOICES
from pairing.schemes.duty_words import DUTY_CHOICES
from pairing.schemes.inspection_words import EVIDENCE_WORDS
from pairing.schemes.survey_words import SURVEY_CHOICES
from pairing.states import Origin, Side


class Status(models.TextChoices):
    BINDING = "binding", _("binding")
    DRAFT = "draft", _("consultation draft")
    PROPOSAL = "proposal", _("proposal")
    REPORTED = "reported", _("reported practice")


class PairingKind(models.TextChoices):
    ASSISTANCE = "assistance", _("pairing assistance")
    JOINT_BUILDING = "joint_building", _("joint building")


class Per(models.TextChoices):
    """How often something is written or reached."""

    TERM = "term", _("once a term")
    YEAR = "year", _("once a year")


class PlanKind(models.TextChoices):
    TERM_PLAN = "term_plan", _("assistance plan")
    YEARLY_PLAN = "yearly_plan", _("yearly plan")
    JOINT_PLAN = "joint_plan", _("joint work plan")
    VILLAGE_PLAN = "village_plan", _("work plan of the village")
    KEY_POINTS = "key_points", _("key points of joint building")
    MEASURES = "measures", _("measures for the village")
    VISIT_RULES = "visit_rules", _("rules for contact and visits")
    UNIT_PLAN_REFERENCE = "unit_plan_reference", _("entered in the plan of the unit")
    BRANCH_PLAN_REFERENCE = "branch_plan_reference", _("entered in the plan of the branch")


class IssueKind(models.TextChoices):
    """What issues are about; a scheme may call them otherwise. TN-17 names the first three."""

    FUNDS = "funds", _("funds for development")
    INFORMATION = "information", _("information on ways to prosper")
    SALES = "sales", _("sale of farm products")
    INDUSTRY = "industry", _("industry and technology")
    INFRASTRUCTURE = "infrastructure", _("roads, water and other infrastructure")
    LIVELIHOOD = "livelihood", _("difficulties of production and life")
    PARTY_BUILDING = "party_building", _("Party building")
    CO_OPERATION = "co_operation", _("working together")
    OTHER = "other", _("other")


class Nature(models.TextChoices):
    """What is done together, whatever a scheme calls it: activities are recorded and counted by it (domain terms)."""

    VISIT = "visit", _("visit")
    SURVEY_TRIP = "survey_trip", _("survey trip")
    GOODWILL_VISIT = "goodwill_visit", _("goodwill visit")
    TRAINING = "training", _("training")
    PARTY_LECTURE = "party_lecture", _("Party lecture")
    GOOD_DEED = "good_deed", _("good deed")
    JOINT_MEETING = "joint_meeting", _("joint meeting")
    FORUM = "forum", _("forum")
    EXCHANGE_MEETING = "exchange_meeting", _("exchange meeting")
    FELLOWSHIP_EVENT = "fellowship_event", _("fellowship event")
    ONSITE_MEETING = "onsite_meeting", _("on-site meeting")
    ORGANISATIONAL_LIFE = "organisational_life", _("organisational life")
    MEMBERS_ACTIVITY = "members_activity", _("members and staff in the village")
    CULTURE_SPORTS = "culture_sports", _("cultural and sports activity")
    VOLUNTEER_SERVICE = "volunteer_service", _("volunteer service")
    WELFARE_ACTIVITY = "welfare_activity", _("public-welfare activity")
    OUTREACH = "outreach", _("services brought to the village")
    TALK = "talk", _("talk on policy and law")
    MEDIATION = "mediation", _("mediation of a dispute")
    SOLVED_DIFFICULTY = "solved_difficulty", _("solved difficulty")
    CHILD_CARE = "child_care", _("care for left-behind children")
    DONATION = "donation", _("gift of things")
    COOPERATIVE = "cooperative", _("help for a co-operative")
    DIAGNOSIS = "diagnosis", _("diagnosis of the village")
    STUDY_TOUR = "study_tour", _("study tour")
    PUBLICITY = "publicity", _("publicity")
    COMMITMENT = "commitment", _("commitment of members")
    DUTY_POST = "duty_post", _("post with duties")
    OTHER = "other", _("other activity")


class PersonPairKey(models.TextChoices):
    """Who helps whom, person to person; the same keys as the kinds of the members' app, which stands above this one."""

    BRANCH_PERSON = "branch_person", _("branch and needy person")
    MEMBER_MEMBER = "member_member", _("member and rural member")
    MEMBER_PERSON = "member_person", _("member and needy persons")
    CADRE_HOUSEHOLD = "cadre_household", _("cadre and household")
    CHAIN = "chain", _("helper within the village")
    LEADER_VILLAGE = "leader_village", _("leader and village")
    HOUSEHOLD_HOUSEHOLD = "household_household", _("household and household")
    VILLAGE_VILLAGE = "village_village", _("village and village")


class Participants(models.TextChoices):
    """Who helps: TN-02 says all in service, TN-04 says a part of them; so it is a setting."""

    ANYBODY = "anybody", _("not restricted")
    IN_SERVICE = "in_service", _("all in-service members and cadres")
    ABLE = "able", _("members and cadres who are able to help")


class DiaryEdition(models.TextChoices):
    """XY-19: three editions of the diary, by rank and organisation of whoever keeps it."""

    LEADERS = "leaders", _("leaders' edition")
    AGENCY = "agency", _("edition for units")
    GRASSROOTS = "grassroots", _("edition for townships and villages")


class TalkTopic(models.TextChoices):
    """XY-12: what is told to the people (三讲); the same keys as the topics of the visits' app."""

    SITUATION = "situation", pgettext_lazy("topic of a talk", "the situation")
    POLICY = "policy", pgettext_lazy("topic of a talk", "policy")
    LAW = "law", pgettext_lazy("topic of a talk", "law")


class VisitQuestion(models.TextChoices):
    """XY-08: what a visit to a household asks (三问)."""

    SITUATION = "situation", _("basic situation")
    LIVELIHOOD = "livelihood", _("problems of livelihood")
    WISHES = "wishes", _("wishes for development")


class VisitKind(models.TextChoices):
    """XY-10: on whom to call (三访), three groups of seven kinds; the keys of the members' app where it knows them."""

    VETERAN_MEMBER = "veteran_member", _("veteran member")
    VETERAN_CADRE = "veteran_cadre", _("veteran cadre")
    VETERAN_MODEL = "veteran_model", _("veteran model worker")
    LEFT_BEHIND_CHILD = "left_behind_child", _("left-behind child")
    PARTY_DELEGATE = "party_delegate", _("Party delegate")
    PEOPLES_DEPUTY = "peoples_deputy", _("people's deputy")
    CPPCC_MEMBER = "cppcc_member", _("CPPCC member")


class HouseholdKey(models.TextChoices):
    """Classes of households (XC-11), by the keys of the members' app."""

    MODEL = "model", _("model household")
    MIDDLE = "middle", _("middle household")
    POOR = "poor", _("poor household")
    LAGGING = "lagging", _("lagging household")


INTENTION, SIGNING = "intention", "signing"
MILESTONE_WORDS = {"意向": INTENTION, "签约": SIGNING}
YES_NO = {"是": True, "否": False}
STATUS_WORDS = {
    "正式施行": Status.BINDING,
    "征求意见": Status.DRAFT,
    "建议": Status.PROPOSAL,
    "经验报道": Status.REPORTED,
}
PAIRING_KIND_WORDS = {"结对帮扶": PairingKind.ASSISTANCE, "结对共建": PairingKind.JOINT_BUILDING}
LEVEL_WORDS = {
    "区县对区县": Level.DISTRICT_COUNTY,
    "街道对乡镇": Level.SUBDISTRICT_TOWNSHIP,
    "单位对乡镇": Level.UNIT_TOWNSHIP,
    "单位对村": Level.UNIT_VILLAGE,
}
ORIGIN_WORDS = {
    "自愿选择": Origin.VOLUNTARY,
    "组织分配": Origin.ASSIGNED,
    "群众选定": Origin.VILLAGERS_CHOICE,
}
SIDE_WORDS = {"帮扶方": Side.UNIT, "受援方": Side.VILLAGE}
PER_WORDS = {"每期": Per.TERM, "每年": Per.YEAR}
PLAN_WORDS = {
    "帮扶方案": PlanKind.TERM_PLAN,
    "年度计划": PlanKind.YEARLY_PLAN,
    "共建工作计划": PlanKind.JOINT_PLAN,
    "村工作计划": PlanKind.VILLAGE_PLAN,
    "共建工作要点": PlanKind.KEY_POINTS,
    "帮扶措施": PlanKind.MEASURES,
    "联系走访制度": PlanKind.VISIT_RULES,
    "列入单位计划": PlanKind.UNIT_PLAN_REFERENCE,
    "列入支部计划": PlanKind.BRANCH_PLAN_REFERENCE,
}
ISSUE_KIND_WORDS = {
    "资金": IssueKind.FUNDS,
    "信息": IssueKind.INFORMATION,
    "销售": IssueKind.SALES,
    "产业": IssueKind.INDUSTRY,
    "基础设施": IssueKind.INFRASTRUCTURE,
    "生产生活": IssueKind.LIVELIHOOD,
    "党建": IssueKind.PARTY_BUILDING,
    "协作": IssueKind.CO_OPERATION,
    "其他": IssueKind.OTHER,
}
VILLAGE_CLASS_WORDS = {
    "经济薄弱村": VillageClass.WEAK,
    "一类贫困村": VillageClass.POOR_1,
    "后进村": VillageClass.LAGGING,
}
PERSON_PAIR_WORDS = {
    "支部联系困难党员群众": PersonPairKey.BRANCH_PERSON,
    "城乡党员结对": PersonPairKey.MEMBER_MEMBER,
    "党员联系困难党员群众": PersonPairKey.MEMBER_PERSON,
    "干部联系户": PersonPairKey.CADRE_HOUSEHOLD,
    "村内帮带": PersonPairKey.CHAIN,
    "领导联系村": PersonPairKey.LEADER_VILLAGE,
    "户与户联接": PersonPairKey.HOUSEHOLD_HOUSEHOLD,
    "村与村联接": PersonPairKey.VILLAGE_VILLAGE,
}
NATURE_WORDS = {
    "走访": Nature.VISIT,
    "调研": Nature.SURVEY_TRIP,
    "慰问": Nature.GOODWILL_VISIT,
    "培训": Nature.TRAINING,
    "党课": Nature.PARTY_LECTURE,
    "实事好事": Nature.GOOD_DEED,
    "联席会议": Nature.JOINT_MEETING,
    "座谈会": Nature.FORUM,
    "交流会": Nature.EXCHANGE_MEETING,
    "联谊会": Nature.FELLOWSHIP_EVENT,
    "现场会": Nature.ONSITE_MEETING,
    "组织生活": Nature.ORGANISATIONAL_LIFE,
    "党员职工到村活动": Nature.MEMBERS_ACTIVITY,
    "文体活动": Nature.CULTURE_SPORTS,
    "志愿服务": Nature.VOLUNTEER_SERVICE,
    "公益活动": Nature.WELFARE_ACTIVITY,
    "下乡服务": Nature.OUTREACH,
    "宣讲": Nature.TALK,
    "矛盾化解": Nature.MEDIATION,
    "解决实际困难": Nature.SOLVED_DIFFICULTY,
    "留守儿童关爱": Nature.CHILD_CARE,
    "捐赠物品": Nature.DONATION,
    "合作经济组织": Nature.COOPERATIVE,
    "村情会商": Nature.DIAGNOSIS,
    "参观学习": Nature.STUDY_TOUR,
    "宣传报道": Nature.PUBLICITY,
    "党员承诺": Nature.COMMITMENT,
    "设岗定责": Nature.DUTY_POST,
    "其他活动": Nature.OTHER,
}
PARTICIPANTS_WORDS = {
    "不限": Participants.ANYBODY,
    "全体在职党员干部": Participants.IN_SERVICE,
    "有帮扶能力的党员干部": Participants.ABLE,
}
HOUSEHOLD_WORDS = {
    "文明户": HouseholdKey.MODEL,
    "中间户": HouseholdKey.MIDDLE,
    "贫困户": HouseholdKey.POOR,
    "后进户": HouseholdKey.LAGGING,
}

EDITION_WORDS = {
    "领导": DiaryEdition.LEADERS,
    "单位": DiaryEdition.AGENCY,
    "镇村": DiaryEdition.GRASSROOTS,
}

QUESTION_WORDS = {
    "基本情况": VisitQuestion.SITUATION,
    "民生问题": VisitQuestion.LIVELIHOOD,
    "发展意向": VisitQuestion.WISHES,
}
TOPIC_WORDS = {"形势": TalkTopic.SITUATION, "政策": TalkTopic.POLICY, "法规": TalkTopic.LAW}
VISIT_KIND_WORDS = {
    "老党员": VisitKind.VETERAN_MEMBER,
    "老干部": VisitKind.VETERAN_CADRE,
    "老模范": VisitKind.VETERAN_MODEL,
    "留守儿童": VisitKind.LEFT_BEHIND_CHILD,
    "党代表": VisitKind.PARTY_DELEGATE,
    "人大代表": VisitKind.PEOPLES_DEPUTY,
    "政协委员": VisitKind.CPPCC_MEMBER,
}

# Which words an item of the file may hold, by the name of the item; 种类 means another thing in another block.
BLOCK_CHOICES: dict[str, dict[str, dict]] = {
    "结对形式": {"种类": PERSON_PAIR_WORDS},
    "活动类型": {"性质": NATURE_WORDS, "主题": TOPIC_WORDS},
    "日记版本": {"代号": EDITION_WORDS},
    "首访必问": {"代号": QUESTION_WORDS},
    "走访对象": {"代号": VISIT_KIND_WORDS},
    "检查项目": {"依据": EVIDENCE_WORDS},
    "任务": {"时间节点": MILESTONE_WORDS, "结对形式": PERSON_PAIR_WORDS},
    **ASSESSMENT_CHOICES,
    **SURVEY_CHOICES,
}
CHOICES: dict[str, dict] = {
    "效力": STATUS_WORDS,
    "结对性质": PAIRING_KIND_WORDS,
    "层级": LEVEL_WORDS,
    "结对方式": ORIGIN_WORDS,
    "可逾期": SIDE_WORDS,
    "周期": PER_WORDS,
    "种类": PLAN_WORDS,
    "参加人员": PARTICIPANTS_WORDS,
    "户类": HOUSEHOLD_WORDS,
    "适用村": VILLAGE_CLASS_WORDS,
    "代号": ISSUE_KIND_WORDS,
    **DUTY_CHOICES,
    "计划种类": PLAN_WORDS,
    "活动性质": NATURE_WORDS,
    "责任方": SIDE_WORDS,
    "不适用村": VILLAGE_CLASS_WORDS,
}
