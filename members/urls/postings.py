"""Addresses of secondments, trainings, responsibility zones, service stations, statistics."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
