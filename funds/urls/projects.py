"""Addresses of projects."""

from django.urls import path

from funds.views import pooling, project_parts, projects

urlpatterns = [
    path("projects/", projects.project_list, name="projects"),
    path("projects/new/", projects.new_project, name="new_project"),
    path("projects/pool/", pooling.pool_project, name="pool_project"),
    path("projects/cases/", projects.cases, name="project_cases"),
    path("projects/cases/<int:pk>/", projects.case, name="project_case"),
    path("projects/cases/<int:pk>/photos/<int:record>/", project_parts.case_photo, name="case_photo"),
    path("projects/<int:pk>/", projects.project_page, name="project"),
    path("projects/<int:pk>/edit/", projects.edit_project, name="edit_project"),
    path("projects/<int:pk>/shares/", pooling.project_shares, name="project_shares"),
    path("projects/<int:pk>/shares/<int:record>/", pooling.answer_share, name="answer_share"),
    path("projects/<int:pk>/milestones/", project_parts.add_milestone, name="add_milestone"),
    path("projects/<int:pk>/milestones/<int:record>/", project_parts.reach_milestone, name="reach_milestone"),
    path("projects/<int:pk>/consent/", project_parts.record_consent, name="record_villagers_consent"),
    path("projects/<int:pk>/minutes/", project_parts.minutes, name="villagers_consent_minutes"),
    path("projects/<int:pk>/photos/", project_parts.add_photos, name="add_project_photos"),
    path("projects/<int:pk>/photos/<int:record>/", project_parts.photo, name="project_photo"),
    path("projects/<int:pk>/outcomes/", project_parts.note_outcome, name="note_outcome"),
    path("projects/<int:pk>/outcomes/<int:record>/", project_parts.withdraw_outcome, name="withdraw_outcome"),
    path("pairings/<int:pk>/projects/", projects.pairing_projects, name="pairing_projects"),
    path("pairings/<int:pk>/projects/new/", projects.plan_project, name="plan_project"),
]
