"""The product's addresses and the null page: same middleware, session and base template, nothing else."""

from django.shortcuts import render
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def null_page(request):
    return render(request, "base.html")


urlpatterns = [path("null/", null_page, name="null"), *urlpatterns]
