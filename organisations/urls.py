"""Addresses of the directory, the people, their posts, and the history of everything."""

from django.conf import settings
from django.urls import path

from organisations.views import (
    account,
    directory,
    editing,
    figures,
    history,
    mandates,
    people,
    readers,
    records,
    restructuring,
    search,
)

DIRECTORY = [
    path("organisations/", directory.organisation_list, name="organisations"),
    path("villages/", directory.village_list, name="villages"),
    path("units/", directory.unit_list, name="units"),
    path("organisations/<int:pk>/", directory.organisation, name="organisation"),
    path("organisations/<int:pk>/phone/", directory.organisation_phone, name="organisation_phone"),
    path("organisations/<int:pk>/add/", editing.add_organisation, name="add_organisation"),
    path("organisations/<int:pk>/edit/", editing.edit_organisation, name="edit_organisation"),
    path("organisations/<int:pk>/contact/", editing.edit_contact, name="edit_contact"),
    path("organisations/<int:pk>/move/", editing.move_organisation, name="move_organisation"),
    path("organisations/<int:pk>/merge/", restructuring.merge, name="merge_organisation"),
    path("organisations/<int:pk>/split/", restructuring.split, name="split_organisation"),
    path("organisations/<int:pk>/rename/", restructuring.rename, name="rename_organisation"),
    path("organisations/<int:pk>/close/", restructuring.close, name="close_organisation"),
    path("organisations/<int:pk>/reopen/", editing.reopen_organisation, name="reopen_organisation"),
    path("organisations/<int:pk>/names/", editing.add_alias, name="add_alias"),
    path("organisations/<int:pk>/names/<int:alias>/remove/", editing.remove_alias, name="remove_alias"),
    path("organisations/<int:pk>/facts/", editing.edit_facts, name="add_facts"),
    path("organisations/<int:pk>/facts/<int:year>/", editing.edit_facts, name="edit_facts"),
    path("organisations/<int:pk>/needs/", editing.edit_needs, name="edit_needs"),
    path("organisations/<int:pk>/strengths/", editing.edit_strengths, name="edit_strengths"),
]
AROUND = [
    path("units/statistics/", figures.unit_statistics, name="unit_statistics"),
    path("organisations/<int:pk>/facts/compare/", figures.compare_facts, name="compare_facts"),
    path("organisations/<int:pk>/around/", records.organisation_around, name="organisation_around"),
    path("organisations/<int:pk>/links/", records.add_link, name="add_link"),
    path("links/<int:pk>/end/", records.end_link, name="end_link"),
    path("facilities/", records.facility_list, name="facilities"),
    path("organisations/<int:pk>/facilities/", records.add_facility, name="add_facility"),
    path("facilities/<int:pk>/", records.facility, name="facility"),
    path("facilities/<int:pk>/edit/", records.edit_facility, name="edit_facility"),
    path("facilities/<int:pk>/help/", records.add_help, name="add_help"),
    path("facilities/<int:pk>/help/<int:record>/remove/", records.remove_help, name="remove_help"),
    path("organisations/<int:pk>/mandates/", mandates.mandates, name="mandates"),
    path("mandates/<int:pk>/end/", mandates.end_mandate, name="end_mandate"),
    path("successions/", restructuring.succession_list, name="successions"),
    path("successions/<int:pk>/", restructuring.succession, name="succession"),
]
PEOPLE = [
    path("users/", people.user_list, name="users"),
    path("users/invite/", people.invite, name="invite"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/edit/", people.edit_user, name="edit_user"),
    path("users/<int:pk>/phone/", people.user_phone, name="user_phone"),
    path("users/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("users/<int:pk>/code/", people.reissue, name="reissue_code"),
    path("users/<int:pk>/code/revoke/", people.revoke, name="revoke_code"),
    path("users/<int:pk>/suspend/", people.suspend, name="suspend"),
    path("users/<int:pk>/restore/", people.restore, name="restore"),
    path("posts/<int:pk>/end/", people.end_appointment, name="end_appointment"),
    path("posts/<int:pk>/matters/", people.post_matters, name="post_matters"),
    path("posts/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("posts/<int:pk>/hand-over/new/", people.hand_over_to_new, name="hand_over_to_new"),
]
ACCOUNT = [
    path("me/", account.me, name="me"),
    path("me/phone/", account.my_phone, name="my_phone"),
    path("roles/", account.roles, name="roles"),
    path("invitation/", account.invitation, name="invitation"),
]
READING = [
    path("search/", search.search_page, name="search"),
    path("history/<str:label>/<int:pk>/", history.history, name="history"),
    path("readers/<str:label>/<int:pk>/", readers.record_readers, name="readers"),
]
DEMONSTRATION = [path("demo/sign-in/", account.demo_sign_in, name="demo_sign_in")]
urlpatterns = DIRECTORY + AROUND + PEOPLE + ACCOUNT + READING + (DEMONSTRATION if settings.DEMO else [])
