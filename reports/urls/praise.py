"""Addresses of on-site meetings, good cases, contests and commendations; what everybody reads follows."""

from django.urls import path

from reports.views import commendations, contests, good_cases, meetings

urlpatterns = [
    path("onsite-meetings/", meetings.meeting_list, name="onsite_meetings"),
    path("onsite-meetings/new/", meetings.new_meeting, name="new_onsite_meeting"),
    path("onsite-meetings/<int:pk>/", meetings.meeting_page, name="onsite_meeting"),
    path("onsite-meetings/<int:pk>/edit/", meetings.edit_meeting, name="edit_onsite_meeting"),
    path("onsite-meetings/<int:pk>/record/", meetings.record_meeting, name="record_onsite_meeting"),
    path("onsite-meetings/<int:pk>/call-off/", meetings.call_off_meeting, name="call_off_onsite_meeting"),
    path("good-cases/", good_cases.case_list, name="good_cases"),
    path("good-cases/new/", good_cases.new_case, name="new_good_case"),
    path("good-cases/<int:pk>/", good_cases.case_page, name="good_case"),
    path("good-cases/<int:pk>/edit/", good_cases.edit_case, name="edit_good_case"),
    path("good-cases/<int:pk>/<slug:step>/", good_cases.case_step, name="good_case_step"),
    path("contests/", contests.contest_list, name="contests"),
    path("contests/new/", contests.new_contest, name="new_contest"),
    path("contests/sheets/<int:pk>/", contests.entry_page, name="contest_entry"),
    path("contests/sheets/<int:pk>/select/", contests.select_entry, name="select_entry"),
    path("contests/sheets/<int:pk>/support/", contests.support_entry, name="support_entry"),
    path("contests/<int:pk>/", contests.contest_page, name="contest"),
    path("contests/<int:pk>/of/<int:party>/", contests.contest_sheet, name="contest_sheet"),
    path("contests/<int:pk>/<slug:step>/", contests.contest_step, name="contest_step"),
    path("notices/comparison/", commendations.area_comparison, name="area_comparison"),
    path("notices/commendation/", commendations.new_commendation, name="new_commendation"),
    path("notices/<int:pk>/commended/", commendations.add_commended, name="add_commended"),
    path("notices/commended/<int:pk>/", commendations.edit_commended, name="edit_commended"),
    path("notices/commended/<int:pk>/remove/", commendations.remove_commended, name="remove_commended"),
    path("open/rounds/<int:pk>/commendations/", commendations.open_commendations, name="open_commendations"),
    path("open/rounds/<int:pk>/cases/", good_cases.open_cases, name="open_cases"),
    path("open/cases/<int:pk>/", good_cases.open_case, name="open_case"),
]
