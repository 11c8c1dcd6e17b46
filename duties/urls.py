"""Addresses of what is owed."""

from django.urls import path

from duties.views import assigning, calendar, changing, duties

urlpatterns = [
    path("duties/", duties.my_duties, name="my_duties"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/assign/", assigning.assign_duty, name="assign_duty"),
    path("duties/<int:pk>/take-back/", assigning.take_back_duty, name="take_back_duty"),
    path("duties/calendar/", calendar.duty_calendar, name="duty_calendar"),
    path("duties/calendar/address/", calendar.make_calendar_link, name="make_calendar_link"),
    path("duties/calendar/withdraw/", calendar.revoke_calendar_link, name="revoke_calendar_link"),
    path("duties/calendar/<str:token>.ics", calendar.duty_feed, name="duty_feed"),
    path("pairings/<int:pk>/duties/", duties.pairing_duties, name="pairing_duties"),
    path("rounds/<int:pk>/duties/", duties.round_duties, name="round_duties"),
    path("rounds/<int:pk>/duties/card/", duties.round_card, name="round_duties_card"),
    path("rounds/<int:pk>/duties/matrix/", duties.round_matrix, name="duty_matrix"),
    path("rounds/<int:pk>/duties/remind/", duties.remind_behind, name="remind_of_duties"),
    path("rounds/<int:pk>/scheme/", changing.round_scheme, name="round_scheme"),
    path("rounds/<int:pk>/duties/suppose/", changing.suppose_duties, name="suppose_duties"),
]
