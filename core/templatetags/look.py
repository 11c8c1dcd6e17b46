"""The small words of every page: icons, tags, money, dates, deadlines. A template builtin: no load needed."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from core import dates, masking, money

register = template.Library()

ICONS = Path(settings.BASE_DIR) / "node_modules/bootstrap-icons/icons"
TONES = frozenset({"late", "soon", "done", "wait"})
SOON_DAYS = 14
# The first mark that fits: most browsers also claim to be others.


@cache
def icon_paths(name: str) -> str:
    """What an icon draws, without its outer element. An unknown name is an error of the template."""
    root = ElementTree.parse(ICONS / f"{name}.svg").getroot()  # noqa: S314 - a file of a pinned package
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return "".join(ElementTree.tostring(child, encoding="unicode").strip() for child in root)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture drawn into the page. Decoration, unless a `label` says what it stands for."""
    paths = mark_safe(icon_paths(name))  # noqa: S308 - read from our own files
    drawing = '<svg class="icon" viewBox="0 0 16 16" fill="currentColor" focusable="false" {}>{}</svg>'
    if label:
        return format_html(drawing, format_html('role="img" aria-label="{}"', label), paths)
    return format_html(drawing, mark_safe('aria-hidden="true"'), paths)


@register.simple_tag
def tag(tone: str, words: object) -> SafeString:
    """A dot and a word: late, soon, done or wait - colour is never the only sign."""
    if tone not in TONES:
        raise ValueError(f"{tone!r} is no tone; one of {', '.join(sorted(TONES))}")
    return format_html('<span class="tag tag-{}">{}</span>', tone, words)


@register.simple_tag
def status(record, field: str = "state") -> SafeString:
    """The state of a record in words, toned by its `state_tone`."""
    words = getattr(record, f"get_{field}_display")()
    return tag(getattr(record, f"{field}_tone", "wait"), words)


@register.filter("yuan")
def yuan_filter(amount: Decimal | int | None) -> str:
    """¥20,000.00; nothing known is a dash."""
    return "—" if amount is None else money.yuan(Decimal(amount))


@register.filter("wan")
def wan_filter(amount: Decimal | int | None) -> str:
    """¥20,000.00 → 2.00 万元, for dense tables."""
    return "—" if amount is None else gettext("%(amount)s ten thousand yuan") % {"amount": money.wan(Decimal(amount))}


@register.filter
def in_wan(amount: Decimal) -> str:
    """¥20,000.00 → 2.00, where the head of the table names the unit."""
    return money.wan(amount)


@register.filter("day")
def day_filter(value: date | datetime | None) -> str:
    """2010年7月1日"""
    return "—" if value is None else dates.localized_date(local_day(value))


@register.filter("moment")
def moment_filter(value: datetime | None) -> str:
    """2010年7月1日 14:05:09, in the time of the place."""
    if value is None:
        return "—"
    local = timezone.localtime(value)
    return f"{dates.localized_date(local.date())} {local:%H:%M:%S}"


@register.filter("phone")
def phone_filter(value: str | None) -> str:
    """138****1234 - the only way in which a page prints a number."""
    return masking.mask_phone(value or "") or "—"


def local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def days_left_words(days: int) -> str:
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return gettext("today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def deadline_tone(days: int) -> str:
    return "late" if days < 0 else "soon" if days <= SOON_DAYS else "wait"


@register.simple_tag
def days_left(until: date, today: date | None = None) -> SafeString:
    """「还有 13 天」, 「今天」 or 「逾期 9 天」, the day itself counting."""
    days = (until - (today or timezone.localdate())).days
    return tag(deadline_tone(days), days_left_words(days))


@register.inclusion_tag("parts/meter.html")
def meter(value: float, of: float, tone: str = "", label: str = "") -> dict:
    """How far: a bar of `value` out of `of`, named for those who can't see it."""
    return {"value": value, "of": of or 1, "tone": tone, "label": label or gettext("Progress")}


@register.inclusion_tag("parts/fact.html")
def fact(title: str, value: int, of: int | None = None, unit: str = "", tone: str = "", note: str = "", url: str = ""):
    """One number with its denominator, its bar and the way to the records behind it."""
    return {"title": title, "value": value, "of": of, "unit": unit, "tone": tone, "note": note, "url": url}


@register.inclusion_tag("parts/empty.html")
def empty(sentence: str, icon: str = "inbox", url: str = "", action: str = "") -> dict:
    """What an empty page says, and the first step that it offers."""
    return {"sentence": sentence, "icon_name": icon, "url": url, "action": action}


@register.inclusion_tag("parts/crumbs.html")
def crumbs(*steps: str) -> dict:
    """Where I am: pairs of address and name - {% crumbs list_url list_name %}; the page itself is the heading."""
    return {"steps": list(zip(steps[::2], steps[1::2], strict=True))}
