"""Addresses of who helps whom: pairs, coverage, assignment, one's own households."""

from django.urls import path

from members.views import aids, coverage, pairs, villages

urlpatterns = [
    path("my-households/", aids.my_households, name="my_households"),
    path("helper-coverage/", coverage.helper_coverage, name="helper_coverage"),
    path("helper-coverage/households/", coverage.uncovered_households, name="uncovered_households"),
    path("helper-coverage/quotas/", coverage.quota_list, name="quota_list"),
    path("helper-coverage/compositions/", coverage.compositions, name="compositions"),
    path("helper-coverage/remind/", coverage.remind, name="remind_helpers"),
    path("person-pairs/", pairs.pair_list, name="person_pairs"),
    path("person-pairs/<int:pk>/", pairs.pair_page, name="person_pair"),
    path("person-pairs/<int:pk>/end/", pairs.end, name="end_person_pair"),
    path("person-pairs/<int:pk>/replace/", pairs.replace, name="replace_helper"),
    path("person-pairs/<int:pk>/note/", aids.note_aid, name="note_aid"),
    path("person-pairs/<int:pk>/notes/<int:note>/take-back/", aids.withdraw_aid, name="withdraw_aid"),
    path("person-pairs/<int:pk>/wish/", aids.record_wish, name="record_wish"),
    path("person-pairs/<int:pk>/plan/", aids.write_plan, name="write_hardship_plan"),
    path("person-pairs/village/<int:pk>/", villages.village_helpers, name="village_helpers"),
    path("pairings/<int:pk>/persons/", villages.pairing_persons, name="pairing_persons"),
    path("person-pairs/new/<slug:side>/<int:pk>/", pairs.choose_kind, name="choose_pair_kind"),
    path("person-pairs/new/<slug:side>/<int:pk>/<slug:kind>/", pairs.pair_up, name="pair_up"),
]
