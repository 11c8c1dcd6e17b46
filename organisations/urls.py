"""Addresses of the directory, the people and their history."""

urlpatterns: list = []
