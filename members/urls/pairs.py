"""Addresses of who helps whom: pairs, coverage, assignment, one's own households."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
