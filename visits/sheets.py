"""The record of an activity on one page of A4: filled from the record, or empty, to be filled by hand."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from office import documents
from office.documents import TemplateKind
from pairing.models import Pairing
from pairing.states import Side
from visits.models import Activity
from visits.states import ActivityState

SHEET = TemplateKind(
    key="activity_sheet",
    name=_("Record of an activity"),
    fields={
        "title": _("title of the sheet"),
        "mark": _("how far it is, or that it is empty"),
        "unit": _("name of the unit"),
        "village": _("name of the village"),
        "day": _("the day"),
        "kind": _("what was done"),
        "persons": _("number of persons"),
        "person_times": _("person-times"),
        "people": _("who took part, and as what"),
        "resources": _("resources that were brought along"),
        "words": _("what was seen and done"),
        "recorded": _("who recorded it, and when"),
        "confirmed": _("who confirmed it, and when"),
        "note": _("a note at the foot"),
    },
    default=Path(__file__).parent / "templates_word" / "sheet.docx",
)
TITLE = "结对帮扶活动记录单"
BLANK_DAY, BLANK_SIGNATURE = "　　年　月　日", "签字：　　　　　　　　　　　　年　月　日"
NOT_YET = (ActivityState.PLANNED, ActivityState.MISSED, ActivityState.CANCELLED)
ON_PAPER = "纸质记录请尽快登记，并上传扫描件。"


def empty(pairing: Pairing) -> dict[str, str]:
    """The names of both sides, and lines to write on."""
    names = ("kind", "persons", "person_times", "people", "resources", "words")
    blank = dict.fromkeys(names, "") | {"recorded": BLANK_SIGNATURE, "confirmed": BLANK_SIGNATURE}
    parties = {"unit": pairing.unit.name, "village": pairing.village.name}
    return {"title": TITLE, "mark": "（空白，供手工填写）", "day": BLANK_DAY, "note": ON_PAPER} | parties | blank


def filled(activity: Activity) -> dict[str, str]:
    people = (f"{each.name}（{each.get_role_display()}）" for each in activity.participants.all())
    return {
        "title": TITLE,
        "mark": f"（{activity.get_state_display()}）",
        "unit": activity.unit.name,
        "village": activity.pairing.village.name,
        "day": chinese_date(activity.on),
        "kind": activity.name,
        "persons": number(activity.persons),
        "person_times": number(activity.person_times),
        "people": "、".join(people),
        "resources": "、".join(activity.resource_names),
        "words": activity.words,
        "recorded": recorded(activity),
        "confirmed": confirmed(activity),
        "note": f"编号：{activity.pk}。",
    }


def number(value: int | None) -> str:
    return "" if value is None else str(value)


def recorded(activity: Activity) -> str:
    if activity.state in NOT_YET:
        return BLANK_SIGNATURE
    side = "" if activity.side == Side.UNIT else f"（{activity.get_side_display()}）"
    return f"{activity.entered_by.name}{side}　{chinese_date(timezone.localdate(activity.entered_at))}"


def confirmed(activity: Activity) -> str:
    if activity.state not in (ActivityState.CONFIRMED, ActivityState.REPLACED) or activity.answered_by is None:
        return BLANK_SIGNATURE
    day = chinese_date(timezone.localdate(activity.answered_at)) if activity.answered_at else ""
    return f"{activity.answered_by.name}　{day}"


def document(content: dict[str, str], pairing: Pairing) -> bytes:
    """As a .docx, from the template in force where the round is organised."""
    return documents.render(SHEET, content, place=pairing.round.organiser)
