"""The search page, and its suggestions while one types."""

from django.http import HttpResponse
from django.shortcuts import render

from organisations.requests import Request
from organisations.search import RESULTS, SUGGESTIONS, search


def search_page(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    suggesting = bool(request.htmx)
    groups = search(request.user, query, SUGGESTIONS if suggesting else RESULTS)
    template = "organisations/search/suggestions.html" if suggesting else "organisations/search/page.html"
    response = render(request, template, {"search_query": query, "groups": groups})
    return response
