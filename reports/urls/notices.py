"""Addresses of circulars and arrangement notices."""

from django.urls import path

from reports.views import notices, writing

urlpatterns = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/circular/", writing.new_circular, name="new_circular"),
    path("notices/arrangement/", writing.new_arrangement, name="new_arrangement"),
    path("notices/tasks/<int:pk>/remove/", writing.remove_notice_task, name="remove_notice_task"),
    path("notices/<int:pk>/", notices.notice_page, name="notice"),
    path("notices/<int:pk>/edit/", writing.edit_notice, name="edit_notice"),
    path("notices/<int:pk>/word/", notices.notice_word, name="notice_word"),
    path("notices/<int:pk>/receipts/", notices.notice_receipts, name="notice_receipts"),
    path("notices/<int:pk>/read/", notices.confirm_reading, name="confirm_reading"),
    path("notices/<int:pk>/remind/", notices.remind_readers, name="remind_readers"),
    path("notices/<int:pk>/task/", writing.add_notice_task, name="add_notice_task"),
    path("notices/<int:pk>/withdraw/", writing.withdraw_notice, name="withdraw_notice"),
    path("notices/<int:pk>/<slug:step>/", writing.notice_step, name="notice_step"),
]
