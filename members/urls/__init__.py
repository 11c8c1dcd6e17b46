"""Addresses of the people: rosters, who helps whom, floating members, postings."""

from members.urls import floating, pairs, people, postings

urlpatterns = [*people.urlpatterns, *pairs.urlpatterns, *floating.urlpatterns, *postings.urlpatterns]
