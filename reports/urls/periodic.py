"""Addresses of periodic reports."""

from django.urls import path

from reports.views import periodic

urlpatterns = [
    path("reports/periodic/", periodic.my_reports, name="my_reports"),
    path("reports/periodic/panel/", periodic.panel, name="periodic_panel"),
    path("reports/periodic/received/", periodic.received, name="reports_received"),
    path("reports/periodic/accept/", periodic.accept, name="accept_reports"),
    path("reports/periodic/missing/", periodic.missing, name="reports_missing"),
    path("reports/periodic/<int:pk>/", periodic.report_page, name="periodic_report"),
    path("reports/periodic/<int:pk>/figures/", periodic.refresh, name="refresh_report"),
    path("reports/periodic/<int:pk>/figures/<str:figure>/", periodic.report_rows, name="report_rows"),
    path("reports/periodic/<int:pk>/return/", periodic.give_back, name="return_report"),
    path("reports/periodic/<int:pk>/remind/", periodic.remind, name="remind_of_reports"),
    path("reports/periodic/<int:pk>/word/", periodic.report_document, name="report_document"),
    path("duties/<int:pk>/report/", periodic.write_report, name="write_report"),
]
