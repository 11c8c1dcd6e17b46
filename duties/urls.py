"""Addresses of what is owed."""

from django.urls import path

from duties import calendar_views, change_views, views

urlpatterns = [
    path("duties/", views.my_duties, name="my_duties"),
    path("duties/<int:pk>/", views.duty, name="duty"),
    path("duties/calendar/", calendar_views.duty_calendar, name="duty_calendar"),
    path("duties/calendar/address/", calendar_views.make_calendar_link, name="make_calendar_link"),
    path("duties/calendar/withdraw/", calendar_views.revoke_calendar_link, name="revoke_calendar_link"),
    path("duties/calendar/<str:token>.ics", calendar_views.duty_feed, name="duty_feed"),
    path("pairings/<int:pk>/duties/", views.pairing_duties, name="pairing_duties"),
    path("rounds/<int:pk>/duties/", views.round_duties, name="round_duties"),
    path("rounds/<int:pk>/duties/card/", views.round_card, name="round_duties_card"),
    path("rounds/<int:pk>/duties/matrix/", views.round_matrix, name="duty_matrix"),
    path("rounds/<int:pk>/duties/remind/", views.remind_behind, name="remind_of_duties"),
    path("rounds/<int:pk>/scheme/", change_views.round_scheme, name="round_scheme"),
    path("rounds/<int:pk>/duties/suppose/", change_views.suppose_duties, name="suppose_duties"),
]
