"""What somebody is signed in with, in words: the browser's own description of itself tells a person nothing."""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# The first that fits counts: the description of a browser also names those that it descends from.
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", _("Android phone or tablet")),
    ("Windows", _("Windows computer")),
    ("Macintosh", _("Mac computer")),
    ("Linux", _("Linux computer")),
)
BROWSERS = (
    ("MicroMessenger", _("WeChat")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@register.filter
def device(user_agent: str) -> str:
    """「安卓手机或平板 · 微信」"""
    found = [next((str(words) for mark, words in marks if mark in user_agent), "") for marks in (MACHINES, BROWSERS)]
    return " · ".join(filter(None, found)) or gettext("unknown device")
