"""Addresses of aid money."""

from funds.urls import publishing

urlpatterns = [*publishing.urlpatterns]
