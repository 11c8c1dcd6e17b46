"""Addresses of the people: rosters, who helps whom, floating members, postings."""

from members.urls import assignment, floating, pairs, people, postings

urlpatterns = [
    *people.urlpatterns,
    *pairs.urlpatterns,
    *assignment.urlpatterns,
    *floating.urlpatterns,
    *postings.urlpatterns,
]
