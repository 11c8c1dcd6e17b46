"""How a figure is read and printed: “4000余万元”, “近90万元”, “2.4万亩”.

A number without its qualifier says another thing than its source, so both are kept (domain §2.1).
"""

import re
import unicodedata
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused

WAN = Decimal(10_000)
MOST = Decimal(10) ** 13


class Qualifier(TextChoices):
    EXACT = "exact", _("exactly")
    OVER = "over", _("more than (余, 多)")
    NEARLY = "nearly", _("nearly (近)")
    ABOUT = "about", _("about (约)")
    BELOW = "below", _("less than (不到)")
    LEAST = "least", _("at least (以上)")


BEFORE = {
    **dict.fromkeys(("近", "将近", "接近"), Qualifier.NEARLY),
    **dict.fromkeys(("约", "大约"), Qualifier.ABOUT),
    **dict.fromkeys(("不到", "不足", "低于"), Qualifier.BELOW),
    **dict.fromkeys(("超过", "逾", "上"), Qualifier.OVER),
    **dict.fromkeys(("不低于", "不少于", "至少"), Qualifier.LEAST),
}
BEHIND = {"以上": Qualifier.LEAST, "左右": Qualifier.ABOUT, "余": Qualifier.OVER, "多": Qualifier.OVER}
SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": WAN, "亿": WAN * WAN}
ALIKE = ("人", "名", "位")
PRINTED = {
    Qualifier.EXACT: "{number}{scale}{unit}",
    Qualifier.OVER: "{number}余{scale}{unit}",
    Qualifier.NEARLY: "近{number}{scale}{unit}",
    Qualifier.ABOUT: "约{number}{scale}{unit}",
    Qualifier.BELOW: "不到{number}{scale}{unit}",
    Qualifier.LEAST: "{number}{scale}{unit}以上",
}
TYPED = re.compile(
    rf"(?P<before>{'|'.join(sorted(BEFORE, key=len, reverse=True))})?(?P<number>[\d,]*\.?\d*)(?P<first>余|多)?"
    r"(?P<scale>[百千万亿]*)(?P<second>余|多)?(?P<unit>[^\d余多]*?)(?P<behind>以上|左右|余|多)?"
)


def printed(number: Decimal, qualifier: str, unit: str) -> str:
    """As an official text prints it; ten thousands are a scale of their own where two places tell the number."""
    scaled = number / WAN
    is_scaled = number >= WAN and scaled == round(scaled, 2)
    shown, scale = (scaled, "万") if is_scaled else (number, "")
    return PRINTED[Qualifier(qualifier)].format(number=plain(shown), scale=scale, unit=unit)


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def read(typed: str, unit: str) -> tuple[Decimal, Qualifier]:
    """The number and its qualifier, however it is written; refused with a sentence where it can't be told."""
    words = "".join(unicodedata.normalize("NFKC", typed).split())
    found = TYPED.fullmatch(words)
    if not found or not (found["number"].strip(",.") or found["scale"]):
        raise Refused(
            _("“%(typed)s” is no figure. Write it as “26万元”, “4000余万元” or “近90万元”.") % {"typed": typed}
        )
    if found["unit"] not in ("", unit) and not {found["unit"], unit} <= set(ALIKE):
        raise Refused(
            _("This measure is counted in “%(unit)s”, not in “%(typed)s”.") % {"unit": unit, "typed": found["unit"]}
        )
    number = Decimal(found["number"].replace(",", "") or 1)
    for sign in found["scale"]:
        number *= SCALES[sign]
    if number > MOST:
        raise Refused(_("This number is too large to be right. Look at its zeros and at 万 and 亿."))
    return number, qualifier_of(found.groupdict())


def qualifier_of(found: dict[str, str | None]) -> Qualifier:
    before, behind = found["before"], found["behind"] or found["first"] or found["second"]
    if before:
        return BEFORE[before]
    return BEHIND[behind] if behind else Qualifier.EXACT


def together(qualifiers: set[str]) -> Qualifier:
    """What may be said of a sum of numbers with these."""
    rest = qualifiers - {Qualifier.EXACT}
    if len(rest) == 1:
        return Qualifier(next(iter(rest)))
    if rest and rest <= {Qualifier.OVER, Qualifier.LEAST}:
        return Qualifier.OVER
    return Qualifier.ABOUT if rest else Qualifier.EXACT
