"""Addresses of the issue ledger, of suggestions, and of the board of resources."""

from django.urls import path

from pairing.views import issue_figures, issues, resources, suggestions

urlpatterns = [
    path("issues/", issues.issue_list, name="issues"),
    path("issues/new/", issues.new_issue, name="new_issue"),
    path("issues/statistics/", issue_figures.statistics, name="issue_statistics"),
    path("issues/<int:pk>/", issues.issue_page, name="issue"),
    path("issues/<int:pk>/assign/", issues.assign, name="assign_issue"),
    path("issues/<int:pk>/deadline/", issues.deadline, name="issue_deadline"),
    path("pairings/<int:pk>/issues/", issues.pairing_issues, name="pairing_issues"),
    path("pairings/<int:pk>/issues/new/", issues.raise_in_pairing, name="raise_in_pairing"),
    path("organisations/<int:pk>/issues/new/", issues.raise_about, name="raise_issue"),
    path("suggestions/", suggestions.suggestion_list, name="suggestions"),
    path("suggestions/new/", suggestions.new_suggestion, name="new_suggestion"),
    path("suggestions/<int:pk>/", suggestions.suggestion_page, name="suggestion"),
    path("resources/", resources.board, name="resources"),
    path("resources/list/", resources.entry_list, name="resource_list"),
    path("resources/new/", resources.new_entry, name="new_resource"),
    path("resources/<int:pk>/", resources.entry_page, name="resource"),
    path("resources/<int:pk>/edit/", resources.edit_entry, name="edit_resource"),
    path("resources/<int:pk>/withdraw/", resources.withdraw_entry, name="withdraw_resource"),
    path("resources/needs/<int:pk>/", resources.post_need, name="post_need"),
    path("resources/strengths/<int:pk>/", resources.post_strength, name="post_strength"),
    path("resources/exchanges/<int:pk>/", resources.exchange_page, name="exchange"),
]
