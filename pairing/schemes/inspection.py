"""What a scheme says of inspections: what is looked at, and whether a circular ranks organisations - never persons."""

from typing import Annotated

from pydantic import Field

from pairing.schemes.inspection_words import EVIDENCE_WORDS, Evidence
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, in_words

EvidenceWord = Annotated[Evidence, in_words(EVIDENCE_WORDS)]


class CheckItem(Part):
    key: Code
    name: Name
    evidence: Annotated[EvidenceWord, Field(alias="依据")] = Evidence.EYE
    clause: Clause = ""


# None of the nine texts says what an inspection looks at.
DEFAULT_ITEMS = [
    CheckItem(key="duties", name="到期任务的完成情况", evidence=Evidence.DUTIES),
    CheckItem(key="activities", name="活动记录经对方确认情况", evidence=Evidence.ACTIVITIES),
    CheckItem(key="money", name="帮扶资金收支公开情况", evidence=Evidence.MONEY),
    CheckItem(key="issues", name="问题办理情况", evidence=Evidence.ISSUES),
    CheckItem(key="archive", name="帮扶档案与实际相符情况"),
    CheckItem(key="known", name="党员群众知晓和评价情况"),
]


class InspectionRules(Ruled):
    items: Annotated[list[CheckItem], Field(alias="检查项目", max_length=30), BLANK_LIST, ONCE] = []
    ranks: Annotated[YesNo, Field(alias="通报排名")] = False

    @property
    def checklist(self) -> list[CheckItem]:
        return self.items or DEFAULT_ITEMS
