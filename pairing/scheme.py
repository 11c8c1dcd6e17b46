"""A scheme file: what an official can read, checked on reading.

The files stand in pairing/schemes/*.yaml with Chinese keys and words; here each gets its English name.
"""

from datetime import date
from functools import partial
from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pairing.states import Origin


class Status(models.TextChoices):
    BINDING = "binding", _("binding")
    DRAFT = "draft", _("consultation draft")
    PROPOSAL = "proposal", _("proposal")
    REPORTED = "reported", _("reported practice")


INTENTION, SIGNING = "intention", "signing"
STATUS_WORDS = {
    "正式施行": Status.BINDING,
    "征求意见": Status.DRAFT,
    "建议": Status.PROPOSAL,
    "经验报道": Status.REPORTED,
}
ORIGIN_WORDS = {
    "自愿选择": Origin.VOLUNTARY,
    "组织分配": Origin.ASSIGNED,
    "群众选定": Origin.VILLAGERS_CHOICE,
}
MILESTONE_WORDS = {"意向": INTENTION, "签约": SIGNING}
YES_NO = {"是": True, "否": False}
A_LEAP_YEAR = 2000


def _from_words(words: dict, value):
    return words.get(value, value) if isinstance(value, str) else value


def _empty_if_blank(make, value):
    return make() if value is None else value


YesNo = Annotated[bool, BeforeValidator(partial(_from_words, YES_NO))]
StatusWord = Annotated[Status, BeforeValidator(partial(_from_words, STATUS_WORDS))]
OriginWord = Annotated[Origin, BeforeValidator(partial(_from_words, ORIGIN_WORDS))]


class Part(BaseModel):
    """A block of the file; an unknown key is an error, so that a typing slip is not lost silently."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=False)


class Labels(Part):
    """What the scheme calls the two sides and what they sign."""

    unit: Annotated[str, Field(alias="帮扶方")] = "帮扶单位"
    village: Annotated[str, Field(alias="受援方")] = "结对村"
    agreement: Annotated[str, Field(alias="协议")] = "结对帮扶协议"
    weak_village: Annotated[str, Field(alias="薄弱村")] = "经济薄弱村"


class MilestoneRule(Part):
    key: Annotated[
        str, Field(alias="代号", pattern=r"^[a-z_]+$"), BeforeValidator(partial(_from_words, MILESTONE_WORDS))
    ]
    name: Annotated[str, Field(alias="名称", min_length=1, max_length=60)]
    month: Annotated[int, Field(alias="月", ge=1, le=12)]
    day: Annotated[int, Field(alias="日", ge=1, le=31)]
    inclusive: Annotated[YesNo, Field(alias="当日计入")] = True
    clause: Annotated[str, Field(alias="条款")] = ""

    @model_validator(mode="after")
    def _names_a_day(self):
        date(A_LEAP_YEAR, self.month, self.day)
        return self

    def next_after(self, day: date) -> date:
        """The first such date on or after `day`; 29 February falls on the 28th in common years."""
        return next(found for year in (day.year, day.year + 1) if (found := self._in(year)) >= day)

    def _in(self, year: int) -> date:
        leap_day = (self.month, self.day) == (2, 29)
        return date(year, 3, 1).replace(month=self.month, day=28 if leap_day else self.day)


class PairingRule(Part):
    units_per_village: Annotated[int | None, Field(alias="每村最多单位数", ge=1)] = None
    villages_per_unit: Annotated[int | None, Field(alias="每单位最多村数", ge=1)] = None
    open_proposals_per_village: Annotated[int | None, Field(alias="每村同时待答复意向", ge=1)] = None
    term_years: Annotated[int, Field(alias="期限年数", ge=1, le=10)] = 3
    ends_month: Annotated[int | None, Field(alias="截止月份", ge=1, le=12)] = None
    origins: Annotated[list[OriginWord], Field(alias="结对方式", min_length=1)]
    requires_leader: Annotated[YesNo, Field(alias="须明确分管领导和负责部门")] = False
    weak_village_yuan: Annotated[int | None, Field(alias="经济薄弱村每年资金不低于元", ge=0)] = None
    closing_needs_targets: Annotated[YesNo, Field(alias="目标未实现不脱钩")] = False
    clauses: Annotated[list[str], Field(alias="条款"), BeforeValidator(partial(_empty_if_blank, list))] = []


class ActivityKind(Part):
    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9_]+$")]
    name: Annotated[str, Field(alias="名称", min_length=1)]
    clause: Annotated[str, Field(alias="条款")] = ""


class SchemeText(Part):
    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9-]+$", max_length=50)]
    name: Annotated[str, Field(alias="名称", min_length=1, max_length=120)]
    issuer: Annotated[str, Field(alias="发布机关", min_length=1, max_length=120)]
    status: Annotated[StatusWord, Field(alias="效力")]
    issued_on: Annotated[date | None, Field(alias="发布日期")] = None
    source: Annotated[str, Field(alias="出处")] = ""
    labels: Annotated[Labels, Field(alias="称谓"), BeforeValidator(partial(_empty_if_blank, dict))] = Labels()
    milestones: Annotated[
        list[MilestoneRule], Field(alias="时间节点"), BeforeValidator(partial(_empty_if_blank, list))
    ] = []
    pairing: Annotated[PairingRule, Field(alias="结对规则")]
    activity_kinds: Annotated[
        list[ActivityKind], Field(alias="活动类型"), BeforeValidator(partial(_empty_if_blank, list))
    ] = []
