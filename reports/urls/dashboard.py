"""Addresses of the view from above; the figures of the wall are open to everybody, as the wall is."""

from django.urls import path

from reports.views import dashboard

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/money/card/", dashboard.money_card, name="watched_money"),
    path("rounds/<int:pk>/above/", dashboard.round_card, name="round_from_above"),
    path("dashboard/<slug:part>/", dashboard.part, name="dashboard_part"),
    path("board/<int:pk>/wall/figures/", dashboard.wall_figures, name="wall_figures"),
]
