"""Addresses of schemes, rounds, directory and board; of the market, pairings and agreements; and the home page."""

urlpatterns: list = []
