"""Addresses of inspections."""

from django.urls import path

from reports.views import inspected, inspections

urlpatterns = [
    path("inspections/", inspections.inspection_list, name="inspections"),
    path("inspections/new/", inspections.new_inspection, name="new_inspection"),
    path("inspections/<int:pk>/", inspections.inspection_page, name="inspection"),
    path("inspections/<int:pk>/edit/", inspections.edit_inspection, name="edit_inspection"),
    path("inspections/<int:pk>/draw/", inspections.draw_villages, name="draw_villages"),
    path("inspections/<int:pk>/fill/", inspections.fill_inspection, name="fill_inspection"),
    path("inspections/<int:pk>/<slug:step>/", inspections.inspection_step, name="inspection_step"),
    path("inspected/<int:pk>/", inspected.inspected_village, name="inspected_village"),
    path("inspected/<int:pk>/replace/", inspected.replace_village, name="replace_village"),
    path("inspected/<int:pk>/issue/", inspected.raise_from_inspection, name="raise_from_inspection"),
]
