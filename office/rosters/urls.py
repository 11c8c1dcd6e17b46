"""Addresses of the roster import."""

from django.urls import path

from office.rosters import exports, views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.hand_in, name="hand_in_roster"),
    path("template/<slug:key>/", exports.template, name="roster_template"),
    path("export/<slug:key>/", exports.export, name="roster_export"),
    path("<int:pk>/", views.roster_import, name="roster_import"),
    path("<int:pk>/place/", views.choose_place, name="roster_place"),
    path("<int:pk>/apply/", views.apply, name="apply_roster"),
    path("<int:pk>/undo/", views.undo, name="undo_roster"),
    path("<int:pk>/discard/", views.discard, name="discard_roster"),
    path("<int:pk>/again/", views.hand_in_again, name="hand_in_roster_again"),
    path("<int:pk>/file/", views.original, name="roster_file"),
    path("<int:pk>/marked/", views.marked_copy, name="roster_marked_copy"),
    path("<int:pk>/<int:position>/", views.roster_sheet, name="roster_sheet"),
    path("<int:pk>/<int:position>/columns/", views.layout, name="roster_layout"),
    path("<int:pk>/<int:position>/decide/", views.decide, name="decide_roster_cell"),
    path("<int:pk>/<int:position>/<int:number>/", views.roster_row, name="roster_row"),
    path("<int:pk>/<int:position>/<int:number>/leave-out/", views.leave_out, name="leave_out_roster_row"),
]
