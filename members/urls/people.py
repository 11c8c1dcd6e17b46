"""Addresses of members, households and persons, their data in full, its erasure."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
