"""Addresses of disclosures; what everybody reads follows."""

from django.urls import path

from funds.views import checking, feedback, objections, open_round, publishing, supervision
from funds.views import open as public

CSV, JSON = {"form": "csv"}, {"form": "json"}

urlpatterns = [
    path("disclosures/", publishing.disclosure_list, name="disclosures"),
    path("disclosures/<int:pk>/", publishing.disclosure_page, name="disclosure"),
    path("disclosures/<int:pk>/publish/", publishing.publish_draft, name="publish_disclosure"),
    path("disclosures/<int:pk>/correct/", publishing.correct_disclosure, name="correct_disclosure"),
    path("disclosures/<int:pk>/poster/", publishing.poster_page, name="disclosure_poster"),
    path("disclosures/<int:pk>/board/", publishing.add_board_photo, name="add_board_photo"),
    path("disclosures/<int:pk>/pictures/<int:number>/", publishing.disclosure_picture, name="disclosure_picture"),
    path(
        "disclosures/<int:pk>/pictures/<int:number>/remove/",
        publishing.remove_picture,
        name="remove_disclosure_picture",
    ),
    path("organisations/<int:pk>/disclose/", publishing.disclose, name="disclose"),
    path("organisations/<int:pk>/disclose/matter/", publishing.new_matter, name="new_disclosed_matter"),
    path("organisations/<int:pk>/disclosure-rules/", publishing.disclosure_rules, name="disclosure_rules"),
    path("open/check/", checking.open_check, name="open_check"),
    path("open/villages/<int:pk>/", public.open_village, name="open_village"),
    path("open/villages/<int:pk>/entries.csv", public.village_data, CSV, name="open_village_csv"),
    path("open/villages/<int:pk>/entries.json", public.village_data, JSON, name="open_village_json"),
    path("open/rounds/<int:pk>/", open_round.money, name="round_money"),
    path("open/rounds/<int:pk>/villages.csv", open_round.money_data, CSV, name="round_money_csv"),
    path("open/rounds/<int:pk>/villages.json", open_round.money_data, JSON, name="round_money_json"),
    path("open/units/<int:pk>/", open_round.open_giver, name="open_giver"),
    path("open/units/<int:pk>/gifts.csv", open_round.giver_data, CSV, name="open_giver_csv"),
    path("open/units/<int:pk>/gifts.json", open_round.giver_data, JSON, name="open_giver_json"),
    path("open/disclosures/<int:pk>/", public.open_disclosure, name="open_disclosure"),
    path("open/pictures/<int:pk>/", public.open_picture, name="open_picture"),
    path("open/villages/<int:pk>/ask/", objections.ask, name="open_ask"),
    path("open/questions/<str:token>/", objections.own_objection, name="open_objection"),
    path("objections/", objections.objection_list, name="objections"),
    path("objections/<int:pk>/", objections.objection_page, name="objection"),
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/<int:pk>/", feedback.feedback_page, name="feedback"),
    path("pairings/<int:pk>/feedback/", feedback.write_feedback, name="write_feedback"),
    path("gifts/", feedback.gift_list, name="gifts"),
    path("gifts/<int:pk>/name/", feedback.gift_name, name="gift_name"),
    path("money-watch/", supervision.money_watch, name="money_watch"),
    path("money-watch/figures/", supervision.money_figures, name="money_figures"),
    path("money-watch/remind/", supervision.remind_of_disclosure, name="remind_of_disclosure"),
    path("organisations/<int:pk>/money-checks/", supervision.money_checks, name="money_checks"),
]
