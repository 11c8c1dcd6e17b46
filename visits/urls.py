"""Addresses of what is done together."""

from django.urls import path

from visits.views import activities, calendar, diary, figures, recording, sheets

urlpatterns = [
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", recording.new_activity, name="new_activity"),
    path("activities/calendar/", calendar.activity_calendar, name="activity_calendar"),
    path("organisations/<int:pk>/year/", calendar.village_year, name="village_year"),
    path("activities/statistics/", figures.statistics, name="visit_statistics"),
    path("activities/people/", figures.people_who_went, name="people_who_went"),
    path("activities/<int:pk>/", activities.activity_page, name="activity"),
    path("activities/<int:pk>/sheet/", sheets.activity_sheet, name="activity_sheet"),
    path("pairings/<int:pk>/activities/sheet/", sheets.empty_sheet, name="empty_activity_sheet"),
    path("pairings/<int:pk>/activities/workbook/", sheets.paper_template, name="activity_workbook"),
    path("activities/<int:pk>/edit/", recording.edit_activity, name="edit_activity"),
    path("activities/<int:pk>/confirm/", activities.confirm_activity, name="confirm_activity"),
    path("activities/<int:pk>/return/", activities.return_activity, name="return_activity"),
    path("activities/<int:pk>/cancel/", activities.cancel_activity, name="cancel_activity"),
    path("activities/<int:pk>/missed/", activities.miss_activity, name="miss_activity"),
    path("activities/<int:pk>/evidence/<int:record>/", activities.evidence, name="activity_evidence"),
    path("pairings/<int:pk>/activities/", activities.pairing_activities, name="pairing_activities"),
    path("pairings/<int:pk>/activities/new/", recording.record_activity, name="record_activity"),
    path("diary/", diary.my_diary, name="my_diary"),
    path("diary/new/", diary.new_entry, name="new_diary_entry"),
    path("diary/<int:pk>/booklet/", diary.booklet, name="diary_booklet"),
    path("diary/entries/", figures.diary_entries, name="diary_entries"),
    path("diary/entries/<int:pk>/", diary.entry_page, name="diary_entry"),
    path("diary/entries/<int:pk>/edit/", diary.edit_entry, name="edit_diary_entry"),
    path("diary/entries/<int:pk>/review/", diary.review, name="review_diary_entry"),
    path("diary/entries/<int:pk>/issue/", diary.raise_issue, name="raise_from_diary"),
    path("diaries/", diary.diary_list, name="diaries"),
]
