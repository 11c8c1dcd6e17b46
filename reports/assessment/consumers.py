"""What other appraisals take over from an assessment: items and scores, who may be commended, check lists."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from organisations.models import Organisation
from pairing.schemes.assessment import CheckList, Consumer, Item
from pairing.schemes.assessment_words import AssessedSide, ConsumerKind, ItemKind
from reports.models import Assessed, Assessment, ScoreLine
from reports.querysets.assessment import AssessedQuerySet

CHUNK = 2000
YES = "√"


def party(assessed: Assessed, side: str) -> Organisation:
    """Whose score it is: of a pairing that has one score, the side that the appraisal is about."""
    if assessed.pairing:
        return assessed.pairing.village if side == AssessedSide.VILLAGE else assessed.pairing.unit
    assert assessed.organisation is not None
    return assessed.organisation


def sheet_of(assessment: Assessment, consumer: Consumer, rows: AssessedQuerySet) -> tuple[list[str], Iterator[list]]:
    """Header and rows of a workbook; `rows` is what the reader may see."""
    rows = of_side(assessment, consumer.side, rows)
    if consumer.kind == ConsumerKind.AWARDS:
        return award_header(), (award_row(each, consumer.side) for each in read(rows))
    items = [item for item in assessment.rules.items if takes(consumer, item, assessment)]
    header = [_("Name of the organisation"), *(f"{item.name}（{item.full.normalize():f}）" for item in items)]
    header += [_("Score of these items, of a hundred"), _("Score of the whole"), _("Grade"), _("Veto")]
    return header, (score_row(each, consumer.side, items) for each in read(rows))


def takes(consumer: Consumer, item: Item, assessment: Assessment) -> bool:
    concerned = item.concerns(consumer.side) or AssessedSide.PAIRING in assessment.rules.assessed
    return item.kind == ItemKind.SCORED and concerned and (not item.taken_by or consumer.key in item.taken_by)


def of_side(assessment: Assessment, side: str, rows: AssessedQuerySet) -> AssessedQuerySet:
    """Where the two sides share one score, that of their pairing."""
    assessed = assessment.rules.assessed
    return rows.filter(side=side if side in assessed else AssessedSide.PAIRING)


def read(rows: AssessedQuerySet) -> Iterator[Assessed]:
    return rows.related().prefetch_related("lines").order_by("organisation__path", "pk").iterator(chunk_size=CHUNK)


def points_of(assessed: Assessed, keys: set[str]) -> tuple[Decimal, Decimal]:
    """Points and full mark of those of the items that apply."""
    lines = [line for line in assessed.lines.all() if line.item in keys and line.applies]
    return sum((line.points for line in lines), Decimal(0)), sum((line.full for line in lines), Decimal(0))


def score_row(assessed: Assessed, side: str, items: list[Item]) -> list[Any]:
    lines: dict[str, ScoreLine] = {line.item: line for line in assessed.lines.all()}
    cells = [lines[item.key].points if item.key in lines and lines[item.key].applies else None for item in items]
    points, full = points_of(assessed, {item.key for item in items})
    share = round(points * 100 / full, 2) if full else None
    return [party(assessed, side).name, *cells, share, assessed.score, assessed.grade, yes(assessed.is_vetoed)]


def award_header() -> list[str]:
    return [_("Name of the organisation"), _("Score of the whole"), _("Grade"), _("May be commended"), _("Why not")]


def award_row(assessed: Assessed, side: str) -> list[Any]:
    why = why_not(assessed)
    return [party(assessed, side).name, assessed.score, assessed.grade, yes(not why), why]


def why_not(assessed: Assessed) -> str:
    """Only the best grade is commended, and nobody after a veto (AH-26)."""
    best = max(assessed.assessment.rules.grades, key=lambda grade: grade.least)
    if assessed.is_vetoed:
        return _("vetoed")
    if assessed.score is None:
        return _("nothing could be assessed")
    if assessed.is_thin:
        return _("too little applies for a grade")
    if assessed.grade != best.name:
        return _("grade below “%(best)s”") % {"best": best.name}
    return ""


def check_list(sheet: CheckList, assessment: Assessment, rows: AssessedQuerySet) -> tuple[list[str], Iterator[list]]:
    """A tick for each heading whose items reach the share that the list asks for (YD-18)."""
    header = [_("Name of the organisation"), *(heading.name for heading in sheet.headings), _("all of them")]
    return header, (check_row(each, sheet) for each in read(of_side(assessment, sheet.side, rows)))


def check_row(assessed: Assessed, sheet: CheckList) -> list[Any]:
    ticks = [ticked(assessed, set(heading.items), sheet.percent) for heading in sheet.headings]
    return [party(assessed, sheet.side).name, *map(yes, ticks), yes(all(ticks))]


def ticked(assessed: Assessed, keys: set[str], percent: int) -> bool:
    points, full = points_of(assessed, keys)
    return bool(full) and points * 100 >= full * percent


def yes(said: bool) -> str:
    return YES if said else ""
