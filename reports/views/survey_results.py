"""Results of a closed survey: of each kind of subject, and of one; with what stands beside; Word and Excel."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import workbook_response
from core.listing import render_list
from organisations.requests import Request
from reports.listings.survey import SubjectFilter, SubjectTable
from reports.models import Survey, SurveyPlace, SurveySubject
from reports.survey.beside import beside
from reports.survey.document import as_word
from reports.survey.reading import of_kinds, of_subject
from reports.survey.tables import exported, formula, header, rows_of


@require_safe
def results(request: Request, pk: int) -> HttpResponseBase:
    """Tables of the kinds for whoever runs or supervises the survey; below them the subjects that the reader sees."""
    rows = Survey.objects.visible_to(request.user).select_related("round__organiser", "filed_by")
    survey = get_object_or_404(rows, pk=pk)
    if not survey.has_results:
        raise Http404
    is_whole = SurveyPlace.objects.visible_to(request.user).filter(survey=survey).exists()
    kinds = of_kinds(survey) if is_whole else []
    if is_whole and request.GET.get("as") == "xlsx":
        lines = (line for _kind, name, result in kinds for line in exported(result, [name]))
        return workbook_response(str(survey), [_("asked about"), *header(survey.rules)], lines)
    if is_whole and request.GET.get("as") == "docx":
        return as_word(survey, [(name, result) for _kind, name, result in kinds])
    subjects = SurveySubject.objects.visible_to(request.user).filter(survey=survey)
    return render_list(
        request,
        queryset=subjects.select_related("organisation", "survey"),
        filterset_class=SubjectFilter,
        table_class=SubjectTable,
        title=_("Results"),
        template="reports/survey/results.html",
        context={
            "survey": survey,
            "tables": [(name, result, list(rows_of(result))) for _kind, name, result in kinds],
            "rules": survey.rules,
            "formula": formula(survey.rules),
            "beside": beside(survey) if is_whole else {},
        },
    )


@require_safe
def subject_page(request: Request, pk: int) -> HttpResponseBase:
    """One team, Party organisation, or the cadres of one unit."""
    rows = SurveySubject.objects.visible_to(request.user).select_related("organisation", "survey__round__organiser")
    subject = get_object_or_404(rows, pk=pk)
    survey = subject.survey
    if not survey.has_results:
        raise Http404
    found, name = of_subject(survey, subject), survey.rules.subject(subject.kind)
    if request.GET.get("as") == "xlsx":
        return workbook_response(
            subject.organisation.name, [_("asked about"), *header(survey.rules)], exported(found, [name])
        )
    if request.GET.get("as") == "docx":
        return as_word(survey, [(f"{subject.organisation.name}（{name}）", found)])
    shown = {
        "survey": survey,
        "subject": subject,
        "name": name,
        "result": found,
        "rows": list(rows_of(found)),
        "rules": survey.rules,
        "formula": formula(survey.rules),
        "beside": beside(survey, subject),
    }
    return render(request, "reports/survey/subject.html", shown)
