"""Addresses of reported figures and of the statistics tables."""

from django.urls import path

from reports.views import figures, saved_views, statistics

urlpatterns = [
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/pairings/", statistics.statistics_pairings, name="statistics_pairings"),
    path("statistics/entries/", statistics.statistics_entries, name="statistics_entries"),
    path("statistics/<str:table>/", statistics.statistics_table, name="statistics_table"),
    path("statistics/<str:table>/keep/", saved_views.keep_view, name="keep_view"),
    path("statistics/views/<int:pk>/", saved_views.open_view, name="open_view"),
    path("statistics/views/<int:pk>/rename/", saved_views.rename_view, name="rename_view"),
    path("statistics/views/<int:pk>/remove/", saved_views.remove_view, name="remove_view"),
    path("reported-figures/", figures.reported_figures, name="reported_figures"),
    path("reported-figures/new/", figures.report_figure, name="report_figure"),
    path("reported-figures/<int:pk>/", figures.reported_figure, name="reported_figure"),
    path("reported-figures/<int:pk>/correct/", figures.correct_figure, name="correct_figure"),
    path("reported-figures/<int:pk>/withdraw/", figures.withdraw_figure, name="withdraw_figure"),
]
