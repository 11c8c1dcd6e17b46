"""Addresses of the matching."""

from django.urls import path

from pairing.views import matching

urlpatterns = [
    path("rounds/<int:pk>/matching/", matching.matching_runs, name="matching_runs"),
    path("matching/<int:pk>/", matching.matching, name="matching"),
    path("matching/<int:pk>/issue/", matching.issue_matching, name="issue_matching"),
    path("matching/proposals/<int:pk>/", matching.match_proposal, name="match_proposal"),
]
