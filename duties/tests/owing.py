"""A signed pairing under a scheme of a few duties: what the tests of duties play with."""

from datetime import date, datetime
from typing import Any

from duties.models import Duty
from pairing.models import Round, Scheme, SchemeVersion
from pairing.schemes.reading import read_scheme
from pairing.tests import factories as pairings
from visits.tests.playing import Place, place_under

SCHEME = """
代号: own
名称: 试行方案
发布机关: 青山县委组织部
效力: 正式施行
时间节点:
  - {代号: 意向, 名称: 意向确认, 月: 4, 日: 30}
  - {代号: 签约, 名称: 正式签约, 月: 7, 日: 1}
结对规则: {结对方式: [自愿选择]}
"""
MOMENT = datetime(2026, 9, 10, 8, 0, tzinfo=pairings.CHINA)
DAY = MOMENT.date()


def version_of(duties: str, key: str = "own") -> SchemeVersion:
    """A scheme with these lines of duties, each 「代号: …, 名称: …, 计数: …」."""
    lines = "\n".join(f"  - {{{line}}}" for line in duties.strip().splitlines())
    text = f"{SCHEME.replace('own', key)}任务:\n{lines}\n"
    content = read_scheme(text)
    scheme, _made = Scheme.objects.get_or_create(
        key=key, defaults={"name": content.name, "issuer": content.issuer, "status": content.status}
    )
    number = scheme.versions.count() + 1
    kept = content.model_dump(mode="json")
    return SchemeVersion.objects.create(scheme=scheme, number=number, text=text, content=kept, taken_at=MOMENT)


def owing(duties: str, *, signed_on: date | None = date(2026, 1, 1), **fields: Any) -> Place:
    """A pairing from 1 January 2026 to the end of 2028, under these duties."""
    place = place_under()
    change(place.pairing.round, duties)
    place.pairing.signed_on, place.pairing.ends_on = signed_on, date(2028, 12, 31)
    for name, value in fields.items():
        setattr(place.pairing, name, value)
    place.pairing.save()
    return place


def change(round: Round, duties: str) -> None:
    """The round is under another version from now on."""
    round.scheme_version = version_of(duties)
    round.save(update_fields=["scheme_version"])


def windows(**asked: Any) -> list[tuple]:
    """Of all duties that are owed: code, period, first day, last day, number."""
    rows = Duty.objects.open().filter(**asked).order_by("obligation", "starts_on", "pk")
    return list(rows.values_list("obligation", "period", "starts_on", "due_on", "least"))
