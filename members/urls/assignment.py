"""Addresses of the proposed helpers."""

from django.urls import path

from members.views import assignment

urlpatterns = [
    path("assignments/", assignment.assignments, name="assignments"),
    path("assignments/<int:pk>/", assignment.assignment, name="assignment"),
    path("assignments/<int:pk>/issue/", assignment.issue, name="issue_assignment"),
    path("assignments/proposals/<int:pk>/", assignment.proposal, name="assignment_proposal"),
]
