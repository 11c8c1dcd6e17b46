"""Addresses of the ledgers and of what is published from them."""

from funds.urls import ledger, publishing

urlpatterns = [*ledger.urlpatterns, *publishing.urlpatterns]
