"""T10: what people answered about each kind of subject, by question and channel, with the size of the sample."""

from collections.abc import Iterable

from django.db.models import Count, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.figures import Column, Figure, Line, Table
from reports.models import Survey, SurveySubject
from reports.statistics.frame import Asked, Section, Sheet, Statistic
from reports.survey.reading import together
from reports.survey.results import Mark, result
from reports.survey.states import OVER
from reports.survey.tables import Row, formula, rows_of


class By(TextChoices):
    QUESTION = "question", gettext_lazy("by question and channel")


def build(asked: Asked) -> Sheet:
    """Of the closed surveys of these years; of the subjects that one may read about. Three statements."""
    first, last = asked.form.days()
    surveys = Survey.objects.visible_to(asked.user).filter(state__in=OVER, year__range=(first.year, last.year))
    if asked.form.chosen_round:
        surveys = surveys.filter(round=asked.form.chosen_round)
    known = {survey.pk: survey for survey in surveys.select_related("round").distinct()}
    subjects = SurveySubject.objects.visible_to(asked.user).filter(survey__in=list(known)).order_by()
    subjects = subjects.filter(asked.form.near("organisation"))
    numbers = {(pk, kind): of for pk, kind, of in subjects.values_list("survey", "kind").annotate(Count("pk"))}
    marks = together(known.values(), subjects) if numbers else {}
    sections = [
        section(survey, kind.name, numbers[survey.pk, kind.key], marks.get((survey.pk, kind.key), []))
        for survey in known.values()
        for kind in survey.rules.subjects
        if (survey.pk, kind.key) in numbers
    ]
    nothing = _("No survey of these years is closed, or none that you may read.")
    return Sheet(sections or [Section(_("Satisfaction"), table([], None), nothing=nothing)])


def section(survey: Survey, kind: str, subjects: int, marks: Iterable[Mark]) -> Section:
    """Only cells with enough answers about one subject count, so that no sum gives away another."""
    title = f"{survey.round.name} {survey}: {kind}"
    note = _("About %(number)s subjects. ") % {"number": subjects} + "".join(formula(survey.rules))
    return Section(title, table(list(rows_of(result(survey.rules, marks, least=1))), survey), note=note)


def table(rows: list[Row], survey: Survey | None) -> Table:
    options = survey.rules.options if survey else []
    columns = [
        *(Column(option.name, _("answers")) for option in options),
        Column(_("answers")), Column(_("rate (%)")), Column(_("score")),
    ]  # fmt: skip
    url = survey.get_absolute_url() if survey else ""
    return Table(pgettext("of a survey", "question"), columns, [line_of(row, url, len(options)) for row in rows])


def line_of(row: Row, url: str, options: int) -> Line:
    numbers: list[int | None] = [*row.numbers] if row.numbers else [None] * options
    of = row.answers if row.numbers else None
    figures = [
        *(Figure(number, of) for number in numbers),
        Figure(of), Figure(None, words=said(row.rate)), Figure(None, words=said(row.score)),
    ]  # fmt: skip
    return Line(f"{row.question.name}（{row.channel}）", figures, url)


def said(value: object) -> str:
    return "" if value is None else str(value)


T10 = Statistic(
    "T10", gettext_lazy("Satisfaction"),
    gettext_lazy("Answers, rate and score by question and channel, with the size of the sample and the formula."),
    By, build, reads=(Survey,),
)  # fmt: skip
