"""T13: who was assessed, with points, grade and, where the rules give one, the place; each sheet explains its lines."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table
from reports.models import Assessed, Assessment, GivenScore, ScoreAdjustment
from reports.statistics.frame import Asked, Section, Sheet, Statistic


class By(TextChoices):
    ASSESSED = "assessed", gettext_lazy("by who is assessed")


def build(asked: Asked) -> Sheet:
    """Of the assessments whose period ended in these days; of many sheets those of one page."""
    rows: Any = Assessed.objects.visible_to(asked.user).filter(assessment__ends_on__range=asked.form.days())
    if asked.form.chosen_round:
        rows = rows.filter(assessment__round=asked.form.chosen_round)
    near = asked.form.near("organisation", "pairing__unit", "pairing__village")
    ordered = rows.filter(near).order_by("-assessment__ends_on", "side", "organisation__path", "pk")
    keys, page = asked.window(list(ordered.values_list("pk", flat=True).distinct()))
    related = "assessment__round", "organisation", "pairing__unit", "pairing__village"
    found = Assessed.objects.select_related(*related).in_bulk(keys)
    columns = [
        Column(_("Points"), _("full mark")), Column(_("Bonus points")), Column(_("Score")), Column(_("Grade")),
        Column(_("Place among its kind")),
    ]  # fmt: skip
    table = Table(_("who is assessed"), columns, [line_of(found[key]) for key in keys])
    nothing = _("No assessment whose period ended in these days is open to you.")
    return Sheet([Section(_("Assessments"), table, page=page, keys=keys, nothing=nothing)])


def reckoned(_asked: Asked) -> list[tuple]:
    """When each assessment was reckoned: no event tells of it. One statement."""
    return list(Assessment.objects.order_by("pk").values_list("pk", "state", "reckoned_at"))


def line_of(one: Assessed) -> Line:
    url = one.get_absolute_url()
    grade = _("vetoed") if one.is_vetoed else one.grade
    figures = [
        Figure(one.points, one.full, url), Figure(one.bonus, url=url), Figure(one.score, url=url),
        Figure(None, words=grade), Figure(one.place, url=url),
    ]  # fmt: skip
    return Line(f"{one}（{one.assessment.period_words}）", figures, url, one.pk)


T13 = Statistic(
    "T13", gettext_lazy("Assessment"),
    gettext_lazy("Points, bonus, score and grade of each; the sheet behind says what was taken off and why."),
    By, build,
    reads=(Assessment, ScoreAdjustment, GivenScore), stands=reckoned,
)  # fmt: skip
