"""Circulars and notices as Word files, on the page of GB/T 9704-2012 (P-28); always in Chinese.

The red head is a draft (P-29): number, signature and seal are given by the office's own system.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from office import documents
from office.documents import TemplateKind
from reports.circulars.drafting import NUMERALS
from reports.inspection.states import Addressee, NoticeKind, NoticeState
from reports.models import Notice

FOLDER = Path(__file__).parents[1] / "templates_word"
FIELDS = {
    "mark": _("that the head is a draft, and what became of the text"),
    "issuer": _("who issues it"),
    "number": _("document number, as proposed"),
    "title": _("title"),
    "to": _("to whom it is sent"),
    "paragraphs[].text": _("one paragraph, with its number"),
    "paragraphs[].level": _("1 to 4 as it is numbered: 一、 （一） 1. （1）; 0 without a number"),
    "attachments[]": _("one attachment, numbered"),
    "issued_on": _("date of issue"),
}
CIRCULAR = TemplateKind(key="circular", name=_("Circular"), fields=FIELDS, default=FOLDER / "circular.docx")
ARRANGEMENT = TemplateKind(
    key="arrangement", name=_("Arrangement notice"), fields=FIELDS, default=FOLDER / "arrangement.docx"
)
COMMENDATION = TemplateKind(
    key="commendation", name=_("Commendation circular"), fields=FIELDS, default=FOLDER / "circular.docx"
)
KINDS = {NoticeKind.CIRCULAR: CIRCULAR, NoticeKind.ARRANGEMENT: ARRANGEMENT, NoticeKind.COMMENDATION: COMMENDATION}
LEVELS = tuple(
    re.compile(begins)
    for begins in (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d+[.．]", r"（\d+）")
)
TO = {Addressee.COMMITTEE: "各乡镇党委、有关党（工）委", Addressee.UNIT: "各帮扶单位", Addressee.VILLAGE: "各村党组织"}
DRAFT_HEAD = "（红头为拟稿样式，发文字号和印章以办公系统正式印发为准）"
BECAME = {
    NoticeState.DRAFT: "「草稿」",
    NoticeState.CORRECTED: "「已被新的文件代替」",
    NoticeState.WITHDRAWN: "「已撤回」",
}
NO_NUMBER, NO_DATE = "〔{year}〕　号", "　　　年　　月　　日"


def level_of(text: str) -> int:
    return next((number for number, begins in enumerate(LEVELS, 1) if begins.match(text)), 0)


def paragraphs_of(notice: Notice) -> list[dict[str, Any]]:
    """The text line by line, then the tasks or those commended under a heading of their own."""
    texts = [line.strip() for line in notice.body.splitlines() if line.strip()]
    tasks = list(notice.tasks.all())
    if tasks:
        headings = sum(1 for text in texts if level_of(text) == 1)
        texts.append(f"{NUMERALS[min(headings, len(NUMERALS) - 1)]}、任务分工")
        texts += [
            f"{number}. {task.what.rstrip('。')}（{task.who}，{chinese_date(task.due_on)}前完成）。"
            for number, task in enumerate(tasks, 1)
        ]
    texts += commended(notice)
    return [{"text": text, "level": level_of(text)} for text in texts]


def commended(notice: Notice) -> Iterator[str]:
    """By what they are commended as, in the order of the list; each with the reason."""
    groups: dict[str, list[str]] = {}
    for line in notice.awards.select_related("organisation"):
        groups.setdefault(line.award, []).append(f"{line.organisation.name}：{line.reason.rstrip('。')}。")
    for numeral, (award, lines) in zip(NUMERALS, groups.items(), strict=False):
        yield f"{numeral}、{award}"
        yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))


def content_of(notice: Notice) -> dict[str, Any]:
    """What both the page and the Word file print."""
    issued = notice.issued_at
    attachments = [line.strip() for line in notice.attachments.splitlines() if line.strip()]
    return {
        "mark": BECAME.get(NoticeState(notice.state), "") + DRAFT_HEAD,
        "issuer": notice.organisation.name,
        "number": notice.number or NO_NUMBER.format(year=notice.year),
        "title": notice.title,
        "to": "，".join(TO[Addressee(each)] for each in notice.to),
        "paragraphs": paragraphs_of(notice),
        "attachments": attached(attachments),
        "issued_on": chinese_date(timezone.localdate(issued)) if issued else NO_DATE,
    }


def attached(names: list[str]) -> list[str]:
    """「附件：1. …」, without punctuation after the names (P-28); a single one has no number."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'附件：' if number == 1 else '　　　'}{number}. {name}" for number, name in enumerate(names, 1)]


def notice_document(notice: Notice) -> bytes:
    return documents.render(KINDS[NoticeKind(notice.kind)], content_of(notice), place=notice.organisation)
