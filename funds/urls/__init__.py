"""Addresses of the ledgers, of what is published from them, of projects, of donation channels."""

from funds.urls import channels, ledger, projects, publishing

urlpatterns = [*ledger.urlpatterns, *publishing.urlpatterns, *projects.urlpatterns, *channels.urlpatterns]
