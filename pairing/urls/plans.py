"""Addresses of plans, targets, responsibility letters and public commitments."""

from django.urls import path

from pairing.views import letters, plan_papers, plans, promises, public_promises, round_plans, targets

urlpatterns = [
    path("rounds/<int:pk>/plans/", round_plans.round_plans, name="round_plans"),
    path("rounds/<int:pk>/targets/", round_plans.round_targets, name="round_targets"),
    path("board/<int:pk>/promises/", public_promises.public_promises, name="public_promises"),
    path("board/<int:pk>/villages/<int:party>/", public_promises.public_village, name="public_village"),
    path("pairings/<int:pk>/plans/", plans.pairing_plans, name="pairing_plans"),
    path("pairings/<int:pk>/plans/write/<slug:kind>/", plans.write, name="write_plan"),
    path("pairings/<int:pk>/plans/refer/<slug:kind>/", plan_papers.refer_to_plan, name="refer_to_plan"),
    path("pairings/<int:pk>/calendar/", plan_papers.pairing_calendar, name="pairing_calendar"),
    path("pairings/<int:pk>/calendar.ics", plan_papers.pairing_ics, name="pairing_ics"),
    path("pairings/<int:pk>/targets/take/", targets.take_goals, name="take_goals"),
    path("pairings/<int:pk>/targets/add/", targets.add_target, name="add_target"),
    path("pairings/<int:pk>/letters/draw/", letters.draw_letter, name="draw_letter"),
    path("pairings/<int:pk>/promises/write/", promises.write_promise, name="write_promise"),
    path("plans/<int:pk>/", plans.plan_page, name="plan"),
    path("plans/<int:pk>/step/", plans.plan_step, name="plan_step"),
    path("plans/<int:pk>/file/", plan_papers.plan_file, name="plan_file"),
    path("plans/items/<int:pk>/done/", plans.item_done, name="plan_item_done"),
    path("plans/references/<int:pk>/file/", plan_papers.reference_file, name="plan_reference_file"),
    path("targets/<int:pk>/", targets.target_page, name="target"),
    path("targets/<int:pk>/edit/", targets.edit_target, name="edit_target"),
    path("targets/<int:pk>/step/", targets.target_step, name="target_step"),
    path("targets/<int:pk>/years/<int:year>/", targets.target_year, name="target_year"),
    path("targets/<int:pk>/proof/", targets.target_proof, name="target_proof"),
    path("targets/years/<int:pk>/proof/", targets.year_proof, name="target_year_proof"),
    path("letters/<int:pk>/", letters.letter_page, name="letter"),
    path("letters/<int:pk>/sign/", letters.sign_letter, name="sign_letter"),
    path("letters/<int:pk>/void/", letters.void_letter, name="void_letter"),
    path("letters/<int:pk>/word/", letters.letter_word, name="letter_word"),
    path("promises/<int:pk>/", promises.promise_page, name="promise"),
    path("promises/<int:pk>/edit/", promises.edit_promise, name="edit_promise"),
    path("promises/<int:pk>/step/", promises.promise_step, name="promise_step"),
    path("promises/<int:pk>/correct/", promises.correct_promise, name="correct_promise"),
]
