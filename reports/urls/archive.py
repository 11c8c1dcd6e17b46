"""Addresses of archive packages."""

from django.urls import path

from reports.views import archive

urlpatterns = [
    path("archive/", archive.archive_packages, name="archive_packages"),
    path("archive/<int:pk>/", archive.archive_package, name="archive_package"),
    path("archive/<int:pk>/file/", archive.archive_file, name="archive_file"),
    path("archive/<int:pk>/remove/", archive.remove_archive_package, name="remove_archive_package"),
    path("pairings/<int:pk>/archive/", archive.pairing_archive, name="pairing_archive"),
    path("rounds/<int:pk>/archive/", archive.round_archive, name="round_archive"),
]
