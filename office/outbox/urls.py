"""Addresses of the outbox, of the robots of groups, and of one's own channels."""

from django.urls import path

from office.outbox import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/resend/", views.resend_all, name="resend_all_outgoing"),
    path("outbox/<int:pk>/", views.outgoing, name="outgoing"),
    path("outbox/<int:pk>/resend/", views.resend, name="resend_outgoing"),
    path("outbox/<int:pk>/give-up/", views.give_up, name="give_up_outgoing"),
    path("channels/groups/", views.group_channels, name="group_channels"),
    path("channels/groups/add/", views.add_group_channel, name="add_group_channel"),
    path("channels/groups/<int:pk>/", views.group_channel, name="group_channel"),
    path("channels/groups/<int:pk>/try/", views.try_group_channel, name="try_group_channel"),
    path("channels/groups/<int:pk>/off/", views.switch_off_group_channel, name="switch_off_group_channel"),
    path("me/channels/", views.my_channels, name="my_channels"),
]
