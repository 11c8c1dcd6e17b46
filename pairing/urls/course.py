"""Addresses of what becomes of a signed pairing: amending, renewing, ending; and of the next round."""

from django.urls import path

from pairing.views import amending, ending, pairings, renewing, responsibility

urlpatterns = [
    path("rounds/<int:pk>/next/", renewing.next_round, name="next_round"),
    path("rounds/<int:pk>/renewals/", renewing.renewal_list, name="renewals"),
    path("pairings/<int:pk>/renew/", renewing.renew, name="renew_pairing"),
    path("pairings/<int:pk>/end/", ending.end, name="end_pairing"),
    path("pairings/<int:pk>/reselect/", ending.reselect, name="reselect"),
    path("pairings/<int:pk>/close/", ending.close, name="close_pairing"),
    path("pairings/<int:pk>/responsible/", responsibility.change, name="change_responsible"),
    path("pairings/<int:pk>/story/", pairings.story, name="pairing_story"),
    path("agreements/<int:pk>/amend/", amending.amend, name="amend_agreement"),
    path("agreements/<int:pk>/drop/", amending.drop, name="drop_amendment"),
]
