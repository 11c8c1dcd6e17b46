"""Addresses of what is owed."""

from django.urls import path

from duties import views

urlpatterns = [
    path("duties/", views.my_duties, name="my_duties"),
    path("duties/<int:pk>/", views.duty, name="duty"),
    path("pairings/<int:pk>/duties/", views.pairing_duties, name="pairing_duties"),
    path("rounds/<int:pk>/duties/", views.round_duties, name="round_duties"),
    path("rounds/<int:pk>/duties/matrix/", views.round_matrix, name="duty_matrix"),
    path("rounds/<int:pk>/duties/remind/", views.remind_behind, name="remind_of_duties"),
]
