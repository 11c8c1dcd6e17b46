"""The poster for the board: one page of A4 with the end of each chain and a code that leads to the public page."""

import io
from collections.abc import Callable
from pathlib import Path

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from core.money import yuan
from funds.heads import HEAD_SHOWN
from funds.models import DisclosedFund, Disclosure
from funds.publishing.filling import Line, Sums, funds_of, sums_of
from funds.publishing.states import DisclosureState
from funds.publishing.village import lines_of
from office import documents
from office.documents import TemplateKind
from organisations.models import Organisation

CODE = "二维码"  # the name of the picture in the template
POSTER = TemplateKind(
    key="disclosure_poster",
    name=_("Poster of a disclosure"),
    fields={
        "title": _("title of the poster"),
        "village": _("name of the village"),
        "span": _("the days that it tells of"),
        "sums": _("promised, received, spent, balance"),
        "lines[].day": _("the day"),
        "lines[].what": _("what was received or spent"),
        "lines[].income": _("received (yuan)"),
        "lines[].spending": _("spent (yuan)"),
        "lines[].voucher": _("whether there is a voucher"),
        "words": _("what the village says about it"),
        "review": _("what the supervision committee says"),
        "public": _("from when until when it stands in public"),
        "hotline": _("phone for questions"),
        "heads[]": _("the end of the chain of one fund"),
        "address": _("address of the public page"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "poster.docx",
)


def sums_now(village: Organisation) -> Sums:
    return sums_of(funds_of(village))


def content_of(disclosure: Disclosure, absolute: Callable[[str], str]) -> dict:
    """What stands on it. `absolute` makes a full address of a path."""
    return content_with(disclosure, list(disclosure.funds.select_related("fund")), lines_of(disclosure), absolute)


def content_with(
    disclosure: Disclosure, funds: list[DisclosedFund], lines: list[Line], absolute: Callable[[str], str]
) -> dict:
    """The same of funds and lines that were read already, for many at once."""
    total = Sums(**{name: sum(getattr(one, name) for one in funds) for name in Sums.__dataclass_fields__})
    return {
        "title": "帮扶资金公开" + ("（公开期不足）" if disclosure.state == DisclosureState.SHORT else ""),
        "village": disclosure.village.name,
        "span": f"{disclosure}（{chinese_date(disclosure.starts_on)}至{chinese_date(disclosure.ends_on)}）",
        "sums": sums_in_words(total),
        "lines": [
            {
                "day": chinese_date(line.entry.on),
                "what": "　".join(part for part in (line.entry.get_kind_display(), line.giver, line.what) if part),
                "income": yuan(line.amount) if line.is_income else "",
                "spending": "" if line.is_income else yuan(line.amount),
                "voucher": "有" if line.has_vouchers else "",
            }
            for line in lines
        ],
        "words": disclosure.words,
        "review": review_of(disclosure),
        "public": span_of(disclosure),
        "hotline": disclosure.hotline,
        "heads": [f"{one.public_name}　第{one.number}笔　{one.head[:HEAD_SHOWN]}" for one in funds if one.head],
        "address": absolute(reverse("open_village", args=[disclosure.village_id])),
    }


def sums_in_words(sums: Sums) -> str:
    money = f"承诺 {yuan(sums.promised)}，到账 {yuan(sums.received)}，支出 {yuan(sums.spent)}，结余 {yuan(sums.cash)}"
    return f"{money}；物资折价 {yuan(sums.goods)}，尚存 {yuan(sums.goods_left)}。" if sums.has_goods else f"{money}。"


def review_of(disclosure: Disclosure) -> str:
    words = f"：{disclosure.review_words.rstrip('。')}" if disclosure.review_words else ""
    return f"村务监督委员会{chinese_date(disclosure.reviewed_on)}审核{words}" if disclosure.reviewed_on else ""


def span_of(disclosure: Disclosure) -> str:
    if disclosure.public_from is None or disclosure.public_until is None:
        return ""
    days = (chinese_date(disclosure.public_from), chinese_date(disclosure.public_until), disclosure.days)
    return "{}至{}，共{}天".format(*days)


def code_svg(address: str) -> SafeString:
    """Drawn into the page."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - made of modules alone


def code_png(address: str) -> bytes:
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="png", scale=10, border=2)
    return picture.getvalue()


def document(content: dict, disclosure: Disclosure) -> bytes:
    """As a .docx, from the template in force for the village."""
    pictures = {CODE: code_png(content["address"])}
    return documents.render(POSTER, content, place=disclosure.village, pictures=pictures)
