"""Addresses of reports, inspections and circulars, meetings and cases, assessments, surveys and statistics."""

from django.urls import URLPattern

from reports.urls import (
    archive,
    assessment,
    change_notes,
    dashboard,
    figures,
    inspections,
    notices,
    one_form,
    pay,
    periodic,
    praise,
    survey,
)

urlpatterns: list[URLPattern] = [
    *archive.urlpatterns,
    *figures.urlpatterns,
    *assessment.urlpatterns,
    *periodic.urlpatterns,
    *pay.urlpatterns,
    *survey.urlpatterns,
    *inspections.urlpatterns,
    *praise.urlpatterns,
    *change_notes.urlpatterns,
    *notices.urlpatterns,
    *dashboard.urlpatterns,
    *one_form.urlpatterns,
]
