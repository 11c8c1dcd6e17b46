"""Addresses of secondments, trainings, responsibility zones, service stations, statistics."""

from django.urls import path

from members.views import postings, zones

urlpatterns = [
    path("postings/", postings.secondments, name="postings"),
    path("postings/add/", postings.add_secondment, name="add_secondment"),
    path("postings/<int:pk>/", postings.secondment, name="secondment"),
    path("liaisons/", postings.liaisons, name="liaisons"),
    path("liaisons/<int:pk>/end/", postings.end_liaison, name="end_liaison"),
    path("pairings/<int:pk>/liaison/", postings.add_liaison, name="add_liaison"),
    path("trainings/", postings.trainings, name="trainings"),
    path("trainings/add/", postings.add_training, name="add_training"),
    path("trainings/<int:pk>/", postings.training, name="training"),
    path("trainings/<int:pk>/edit/", postings.edit_training, name="edit_training"),
    path("double-trainings/", postings.advancements, name="advancements"),
    path("double-trainings/add/", postings.add_advancement, name="add_advancement"),
    path("people-statistics/", postings.statistics, name="people_statistics"),
    path("zones/", zones.zones, name="zones"),
    path("zones/add/", zones.add_zone, name="add_zone"),
    path("zones/<int:pk>/", zones.zone, name="zone"),
    path("zones/<int:pk>/fill/", zones.fill_zone, name="fill_zone"),
    path("zones/<int:pk>/close/", zones.close_zone, name="close_zone"),
    path("facilities/<int:pk>/services/", zones.centre_services, name="centre_services"),
]
