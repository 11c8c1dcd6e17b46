"""Reading a scheme file: every fault becomes a sentence that names the line, the item and the remedy."""

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ValidationError

from core.refusals import Refused
from pairing.schemes import (
    assessment,
    contest,
    diary,
    duties,
    floating,
    inspection,
    pay,
    persons,
    scheme,
    survey,
    visits,
)
from pairing.schemes.scheme import SchemeText
from pairing.schemes.words import BLOCK_CHOICES, CHOICES

LONGEST = 200_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # four times as fast where PyYAML has libyaml
FIRST_LINE = 1


class FaultyScheme(Refused):
    """The file can't be taken over; `faults` are the sentences, one a fault, `places` lead to their items."""

    def __init__(self, faults: list[str], places: list[tuple] | None = None):
        super().__init__("\n".join(faults))
        self.faults = faults
        self.places = places or [()] * len(faults)


def read_scheme(text: str) -> SchemeText:
    """The checked content of a scheme file, or FaultyScheme."""
    if len(text) > LONGEST:
        raise FaultyScheme([_("The file is longer than %(most)s characters. Shorten it.") % {"most": LONGEST}])
    root = _composed(text)
    if faults := _repeated_keys(root):
        raise FaultyScheme(faults)
    try:
        return SchemeText.model_validate(yaml.load(text, Loader=LOADER))  # noqa: S506 - safe, either one
    except ValidationError as error:
        found = error.errors()
        raise FaultyScheme(
            [_sentence(root, each) for each in found], [tuple(_place(each)) for each in found]
        ) from error


def _composed(text: str) -> yaml.MappingNode:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=LOADER)):
            raise FaultyScheme([_("Write each item in full; references (*) are not understood.")])
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else FIRST_LINE
        remedy = _("Check the colons, quotation marks and the indentation there (spaces, no tabs).")
        raise FaultyScheme([_("Line %(line)s can't be read. %(remedy)s") % {"line": line, "remedy": remedy}]) from error
    if not isinstance(root, yaml.MappingNode):
        raise FaultyScheme([_("This is no scheme file. Begin with the file of an existing scheme and change it.")])
    return root


def _repeated_keys(node: yaml.Node) -> list[str]:
    """YAML silently keeps the last of two equal keys; here it is a fault."""
    if isinstance(node, yaml.SequenceNode):
        return [fault for child in node.value for fault in _repeated_keys(child)]
    if not isinstance(node, yaml.MappingNode):
        return []
    faults, seen = [], set()
    for key, value in node.value:
        if key.value in seen:
            words = {"line": key.start_mark.line + 1, "key": key.value}
            faults.append(_("Line %(line)s: “%(key)s” stands here twice. Delete one of them.") % words)
        seen.add(key.value)
        faults += _repeated_keys(value)
    return faults


def _sentence(root: yaml.Node, fault) -> str:
    location = _place(fault)
    words = {
        "line": _line(root, location),
        "key": next((step for step in reversed(location) if isinstance(step, str)), ""),
        "value": fault["input"],
        "remedy": _remedy(fault),
    }
    if fault["type"] == "missing":
        return _("Line %(line)s: “%(key)s” is missing. Add it.") % words
    if fault["type"] == "extra_forbidden":
        words["known"] = "、".join(_known_keys(location[:-1]))
        return _("Line %(line)s: “%(key)s” is not known here. Correct it or delete it; known are: %(known)s.") % words
    if fault["type"] == "unknown_item":
        words["known"] = "、".join(name for name in _known_keys(location[:-2]) if name != "条款")
        return _("Line %(line)s: “%(key)s” is no item of this block. Write one of: %(known)s.") % words
    if fault["type"] in OWN_FAULTS:
        return OWN_FAULTS[fault["type"]] % words
    return _("Line %(line)s: “%(key)s” can't be “%(value)s”. %(remedy)s") % words


def _place(fault) -> list:
    """The steps from the beginning of the file to the item."""
    location = [step for step in fault["loc"] if isinstance(step, int) or not step.isascii()]
    return location + list(fault.get("ctx", {}).get("at", []))


def _line(root: yaml.Node, location: list) -> int:
    """The line on which an item stands; the line of its block where it is missing."""
    node, line = root, root.start_mark.line
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
    return line + 1


OWN_FAULTS = {
    "value_error": gettext_lazy("Line %(line)s: there is no such day. Correct 月 and 日 below it."),
    "day_or_event": gettext_lazy(
        "Line %(line)s: a milestone has a date or waits for an event. Write 月 and 日, or 事件, not both."
    ),
    "repeated_code": gettext_lazy("Line %(line)s: this 代号 stands in the list twice. Give each line its own."),
    "repeated_kind": gettext_lazy("Line %(line)s: this 种类 stands in the list twice. Put both into one line."),
    "unknown_heading": gettext_lazy(
        "Line %(line)s: this 方面 is not among 工作方面. Write it as it stands there, or add it there."
    ),
    "unknown_group": gettext_lazy("Line %(line)s: this 类别 is not among 活动类别. Write the 代号 of one that is."),
    "unknown_milestone": gettext_lazy(
        "Line %(line)s: this 时间节点 is not among 时间节点 above. Write the 代号 of one that is."
    ),
    "too_few_headings": gettext_lazy(
        "Line %(line)s: fewer 活动类别 have a kind with 性质 among 活动类型, so this number can't be reached. "
        "Write a smaller number, or a 性质 there."
    ),
    "survey_lacks": gettext_lazy(
        "Line %(line)s: a survey needs 测评选项, 测评对象 and 测评方式 beside its 测评题目. Add them."
    ),
    "survey_without_weight": gettext_lazy("Line %(line)s: no answer has a 权重, so nothing could be counted. Add one."),
    "survey_shares": gettext_lazy("Line %(line)s: the 占比 of the channels don't make 100 together. Change them."),
    "needs_nature": gettext_lazy("Line %(line)s: this duty counts activities but names no 活动性质. Add it."),
    "needs_plan": gettext_lazy("Line %(line)s: this duty counts plans but names no 计划种类. Add it."),
    "needs_milestone": gettext_lazy("Line %(line)s: this duty is due by a date but names no 时间节点. Add it."),
    "needs_pair_kind": gettext_lazy(
        "Line %(line)s: this duty is about person-to-person pairs but names no 结对形式. Add it."
    ),
    "needs_days": gettext_lazy("Line %(line)s: this duty is due some days after arrival but names no 天数. Add it."),
    "needs_months": gettext_lazy("Line %(line)s: this duty comes regularly but names no 间隔月数. Add it."),
    "needs_desk": gettext_lazy(
        "Line %(line)s: this duty counts reports but names no 报给, the desk they go to. Add it."
    ),
    "unknown_duty": gettext_lazy(
        "Line %(line)s: this item of the assessment names a duty that is not among 任务. Write the 代号 of one that is."
    ),
    "unknown_consumer": gettext_lazy("Line %(line)s: this 去向 is not among 考核去向. Write the 代号 of one that is."),
    "unknown_grade": gettext_lazy("Line %(line)s: this grade is not among 等次. Write the 名称 of one that is."),
    "unknown_assessment_item": gettext_lazy(
        "Line %(line)s: this 项目 is not among 考核项目. Write the 代号 of one that is."
    ),
    "weights_not_a_hundred": gettext_lazy(
        "Line %(line)s: 自评权重, 对方评分权重 and 组织者评分权重 must add up to 100."
    ),
    "floor_above_cap": gettext_lazy("Line %(line)s: 下限 is above what the item can give. Write a smaller number."),
    "needs_floating": gettext_lazy(
        "Line %(line)s: only floating members leave and arrive. Write 流动党员 as 对象, or another 频次."
    ),
}


def _known_keys(location: list) -> list[str]:
    model: type[BaseModel] = SchemeText
    for step in location:
        if isinstance(step, str):
            model = BLOCKS[step]
    return [field.alias for field in model.model_fields.values() if field.alias]


BLOCKS: dict[str, type[BaseModel]] = {
    "称谓": scheme.Labels,
    "时间节点": scheme.MilestoneRule,
    "结对规则": scheme.PairingRule,
    "结对模式": scheme.Mode,
    "续签与调整": scheme.Renewal,
    "脱钩条件": scheme.Closing,
    "计划": scheme.PlanRule,
    "目标": scheme.GoalSet,
    "目标项": scheme.Goal,
    "承诺与责任": scheme.Promises,
    "问题种类": scheme.IssueName,
    "人员结对": persons.PersonRules,
    "结对形式": persons.PairRule,
    "名额": persons.Quota,
    "组成": persons.Composition,
    "帮扶服务": persons.Service,
    "分类措施": persons.ClassMeasure,
    "流动党员": floating.FloatingRules,
    "办理事项": floating.FloatingStep,
    "民情日记": diary.DiaryRules,
    "日记版本": diary.Edition,
    "入户走访": visits.VisitRules,
    "首访必问": visits.Question,
    "走访对象": visits.VisitKindName,
    "测评": survey.SurveyRules,
    "测评题目": survey.SurveyQuestion,
    "测评选项": survey.SurveyOption,
    "测评对象": survey.SurveySubject,
    "测评方式": survey.SurveyChannel,
    "检查通报": inspection.InspectionRules,
    "检查项目": inspection.CheckItem,
    "评比竞赛": contest.ContestRules,
    "比什么看什么": contest.Comparison,
    "标签": scheme.Tag,
    "活动类别": scheme.ActivityGroup,
    "活动类型": scheme.ActivityKind,
    "任务": duties.Obligation,
    "任务提醒": duties.ReminderRules,
    "考核": assessment.AssessmentRules,
    "考核项目": assessment.Item,
    "等次": assessment.Grade,
    "考核去向": assessment.Consumer,
    "清单": assessment.CheckList,
    "条目": assessment.Heading,
    "村书记报酬": pay.PayRules,
}


def _remedy(fault) -> str:
    """What to write instead."""
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind.startswith("bool"):
        return _("Write 是 or 否.")
    if kind.startswith("int") or kind in ("greater_than_equal", "less_than_equal"):
        return _whole_number(limits)
    if kind.startswith("decimal"):
        return _("Write a number with at most two decimals.")
    if kind.startswith("date"):
        return _("Write a full date like 2010-03-24.")
    if kind == "enum":
        return _("Write one of: %(known)s.") % {"known": "、".join(_known_words(fault["loc"]))}
    if kind == "string_pattern_mismatch":
        return _("Use small Latin letters, digits and hyphens; for a milestone 意向 or 签约.")
    if kind in ("list_type", "dict_type", "model_type"):
        return _("Several lines belong here; write them as in the file of an existing scheme.")
    return _("Write a text that is neither empty nor too long.")


def _known_words(location: tuple) -> dict:
    """Those of the item in its own block, else those that the item may hold everywhere."""
    *blocks, item = (step for step in location if isinstance(step, str))
    return BLOCK_CHOICES.get(blocks[-1] if blocks else "", {}).get(item) or CHOICES[item]


def _whole_number(limits: dict) -> str:
    if "ge" in limits:
        return _("Write a whole number, at least %(least)s.") % {"least": limits["ge"]}
    if "le" in limits:
        return _("Write a whole number, at most %(most)s.") % {"most": limits["le"]}
    return _("Write a whole number.")
