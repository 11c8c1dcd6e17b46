"""Addresses of the directory of donation channels and of the deduction sheet."""

from django.urls import path

from funds.views import channels, deduction

urlpatterns = [
    path("channels/", channels.channel_list, name="channels"),
    path("channels/new/", channels.new_channel, name="new_channel"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/edit/", channels.edit_channel, name="edit_channel"),
    path("channels/<int:pk>/end/", channels.end_channel, name="end_channel"),
    path("deductions/", deduction.choose, name="deductions"),
    path("deductions/<int:pk>/", deduction.sheet, name="deduction_sheet"),
]
