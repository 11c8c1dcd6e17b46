"""Addresses of satisfaction surveys; those below `answer/` are open to everybody with a slip."""

from django.urls import path

from reports.views import survey, survey_answer, survey_results

urlpatterns = [
    path("surveys/", survey.survey_list, name="surveys"),
    path("surveys/<int:pk>/", survey.survey_page, name="survey"),
    path("surveys/<int:pk>/close/", survey.close, name="close_survey"),
    path("surveys/<int:pk>/file/", survey.file, name="file_survey"),
    path("surveys/<int:pk>/give-up/", survey.give_up, name="give_up_survey"),
    path("surveys/<int:pk>/results/", survey_results.results, name="survey_results"),
    path("surveys/subjects/<int:pk>/", survey_results.subject_page, name="survey_subject"),
    path("surveys/places/<int:pk>/", survey.place_page, name="survey_place"),
    path("surveys/places/<int:pk>/slips/", survey.slips, name="survey_slips"),
    path("surveys/places/<int:pk>/enter/", survey.enter, name="enter_survey_sheets"),
    path("surveys/batches/<int:pk>/withdraw/", survey.withdraw, name="withdraw_survey_sheets"),
    path("rounds/<int:pk>/survey/", survey.of_round, name="round_survey"),
    path("rounds/<int:pk>/survey/open/", survey.open_one, name="open_survey"),
    path("answer/", survey_answer.enter_code, name="survey_code"),
    path("answer/<str:code>/", survey_answer.answer, name="survey_answer"),
]
