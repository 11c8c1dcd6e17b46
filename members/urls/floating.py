"""Addresses of floating members: origin and destination desks, check-in, letters."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
