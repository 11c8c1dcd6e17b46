"""Addresses of the one-form export and of local forms."""

from django.urls import path

from reports.views import one_form

urlpatterns = [
    path("one-form/", one_form.one_form, name="one_form"),
    path("one-form/hand-in/", one_form.hand_in_local_form, name="hand_in_local_form"),
    path("one-form/<int:pk>/", one_form.local_form, name="local_form"),
    path("one-form/<int:pk>/filled/", one_form.filled_local_form, name="filled_local_form"),
    path("one-form/<int:pk>/remove/", one_form.remove_local_form, name="remove_local_form"),
]
