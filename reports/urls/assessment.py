"""Addresses of assessments and score sheets."""

from django.urls import path

from reports.views import adjusting, assessment, sheets

urlpatterns = [
    path("assessments/", assessment.assessment_list, name="assessments"),
    path("assessments/panel/", assessment.panel, name="assessments_panel"),
    path("assessments/new/", assessment.set_up_assessment, name="set_up_assessment"),
    path("assessments/<int:pk>/", assessment.assessment_page, name="assessment"),
    path("assessments/<int:pk>/rules/", assessment.assessment_rules, name="assessment_rules"),
    path("assessments/<int:pk>/steps/<slug:step>/", assessment.assessment_step, name="assessment_step"),
    path("assessments/<int:pk>/taken/<slug:key>/", assessment.assessment_taken, name="assessment_taken"),
    path("assessments/sheets/<int:pk>/", sheets.assessed_page, name="assessed"),
    path("assessments/sheets/<int:pk>/points/", sheets.give_points, name="give_points"),
    path("assessments/sheets/<int:pk>/adjustment/", adjusting.open_adjustment, name="open_adjustment"),
    path("assessments/adjustments/", adjusting.case_list, name="adjustment_cases"),
    path("assessments/adjustments/<int:pk>/", adjusting.adjustment_case, name="adjustment_case"),
    path("assessments/lines/<int:pk>/adjust/", sheets.adjust_score, name="adjust_score"),
    path("assessments/lines/<int:pk>/appeal/", sheets.appeal_score, name="appeal_score"),
    path("assessments/appeals/<int:pk>/reply/", sheets.reply_appeal, name="reply_appeal"),
]
