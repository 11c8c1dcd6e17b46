"""A scheme file: what an official can read, checked on reading.

The files stand in pairing/schemes/*.yaml with Chinese keys; here each key gets its English name.
"""

from datetime import date
from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field


class Status(models.TextChoices):
    BINDING = "binding", _("binding")
    DRAFT = "draft", _("consultation draft")
    PROPOSAL = "proposal", _("proposal")
    REPORTED = "reported", _("reported practice")


class Part(BaseModel):
    """A block of the file; an unknown key is an error, so that a typing slip is not lost silently."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=False)


class MilestoneRule(Part):
    key: Annotated[str, Field(alias="代号")]
    name: Annotated[str, Field(alias="名称")]
    month: Annotated[int, Field(alias="月", ge=1, le=12)]
    day: Annotated[int, Field(alias="日", ge=1, le=31)]
    inclusive: Annotated[bool, Field(alias="当日计入")] = True
    clause: Annotated[str, Field(alias="条款")] = ""


class PairingRule(Part):
    units_per_village: Annotated[int | None, Field(alias="每村最多单位数", ge=1)] = None
    villages_per_unit: Annotated[int | None, Field(alias="每单位最多村数", ge=1)] = None
    open_proposals_per_village: Annotated[int | None, Field(alias="每村同时待答复意向", ge=1)] = None
    term_years: Annotated[int, Field(alias="期限年数", ge=1, le=10)] = 3
    ends_month: Annotated[int | None, Field(alias="截止月份", ge=1, le=12)] = None
    origins: Annotated[list[str], Field(alias="结对方式")]
    requires_leader: Annotated[bool, Field(alias="须明确分管领导和负责部门")] = False
    weak_village_yuan: Annotated[int | None, Field(alias="经济薄弱村每年资金不低于元", ge=0)] = None
    closing_needs_targets: Annotated[bool, Field(alias="目标未实现不脱钩")] = False
    clauses: Annotated[list[str], Field(alias="条款")] = []


class ActivityKind(Part):
    key: Annotated[str, Field(alias="代号")]
    name: Annotated[str, Field(alias="名称")]
    clause: Annotated[str, Field(alias="条款")] = ""


class SchemeText(Part):
    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9-]+$")]
    name: Annotated[str, Field(alias="名称")]
    issuer: Annotated[str, Field(alias="发布机关")]
    status: Annotated[str, Field(alias="效力")]
    issued_on: Annotated[date | None, Field(alias="发布日期")] = None
    source: Annotated[str, Field(alias="出处")] = ""
    labels: Annotated[dict[str, str], Field(alias="称谓")] = {}
    milestones: Annotated[list[MilestoneRule], Field(alias="时间节点")] = []
    pairing: Annotated[PairingRule, Field(alias="结对规则")]
    activity_kinds: Annotated[list[ActivityKind], Field(alias="活动类型")] = []
