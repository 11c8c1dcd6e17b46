"""Addresses of aid money, of projects, of donation channels."""

from funds.urls import channels, projects, publishing

urlpatterns = [*publishing.urlpatterns, *projects.urlpatterns, *channels.urlpatterns]
