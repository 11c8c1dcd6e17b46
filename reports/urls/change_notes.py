"""Addresses of the notes on the three changes."""

from django.urls import path

from reports.views import change_notes

urlpatterns = [
    path("change-notes/", change_notes.notes_list, name="change_notes"),
    path("change-notes/write/", change_notes.write_notes, name="write_change_notes"),
    path("change-notes/<int:pk>/", change_notes.notes_page, name="change_notes_of"),
]
