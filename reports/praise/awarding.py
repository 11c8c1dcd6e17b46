"""The first draft of a commendation list: who, and why, from the comparison of areas or from an assessment (AH-28).

Official papers are written in Chinese, whatever language the reader chose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.dates import chinese_date
from core.periods import words_of
from organisations.models import Organisation
from organisations.querysets import within
from pairing.models import Round
from reports.circulars.drafting import COUNTED, share
from reports.models import Assessed, Assessment
from reports.praise.comparing import Area, Measure, compared
from reports.states import AssessmentState

REASONS = {
    Measure.COVERED: "名录内的村{of}个，有结对单位的{value}个",
    Measure.SIGNED: "结对{of}对，已签订协议{value}份",
    **{Measure(evidence.value): words for evidence, (words, _nothing) in COUNTED.items()},
}
KNOWN = (AssessmentState.SHOWN, AssessmentState.FROZEN)
Why = tuple[Organisation, str]


@dataclass(frozen=True)
class Basis:
    """Of which days; the best by which measure of the comparison, and of which assessment; how many of each."""

    since: date
    until: date
    measure: str = ""
    assessment: Assessment | None = None
    number: int = 3


def title_of(year: int) -> str:
    return f"关于表彰{year}年结对工作先进集体的通报"


def body_of(round: Round, basis: Basis) -> str:
    since, until = chinese_date(basis.since), chinese_date(basis.until)
    return (
        f"根据《{round.rules.name}》和「{round.name}」的安排，对{since}至{until}的结对工作进行了评比。"
        "现对下列集体予以通报表彰。\n希望受到表彰的集体再接再厉，各地各单位对照先进，找准差距，把结对工作做实。"
    )


def proposed(organisation: Organisation, round: Round, basis: Basis) -> list[Why]:
    """Each organisation once; who is best by the records first, then who is best by the assessment."""
    found: dict[int, Why] = {}
    if basis.measure:
        for one, reason in best_areas(organisation, round, basis):
            found[one.pk] = (one, reason)
    if basis.assessment:
        for one, reason in best_assessed(organisation, basis.assessment, basis.number):
            known = found.get(one.pk)
            found[one.pk] = (one, f"{known[1]}；{reason}" if known else reason)
    return list(found.values())


def best_areas(organisation: Organisation, round: Round, basis: Basis) -> Iterator[Why]:
    areas = [area for area in compared(organisation, round, basis.since, basis.until) if area.share(basis.measure) >= 0]
    areas.sort(key=lambda area: (-area.share(basis.measure), -area.shares[basis.measure][1], area.organisation.path))
    for area in areas[: basis.number]:
        yield area.organisation, "；".join(reasons(area, basis.measure))


def reasons(area: Area, measure: str) -> Iterator[str]:
    """What it was chosen by comes first; of the rest only what was reached at least by half."""
    for key in (measure, *(each for each in Measure if each != measure)):
        value, of = area.shares.get(key, (0, 0))
        if of and (key == measure or 2 * value >= of):
            yield f"{REASONS[Measure(key)].format(value=value, of=of)}，占{share(value, of)}"


def best_assessed(organisation: Organisation, assessment: Assessment, number: int) -> Iterator[Why]:
    rows = Assessed.objects.filter(assessment=assessment, score__isnull=False, is_thin=False, is_vetoed=False)
    rows = rows.filter(within([organisation.path], "organisation__path")).exclude(organisation=organisation)
    for one in rows.select_related("organisation").order_by("-score", "organisation__path")[:number]:
        assert one.organisation is not None
        assert one.score is not None
        grade = f"，等次为{one.grade}" if one.grade else ""
        yield one.organisation, f"{words_of(assessment.period)}考核得{one.score.normalize():f}分{grade}"
