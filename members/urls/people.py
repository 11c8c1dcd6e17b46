"""Addresses of members, households and persons, their data in full, its erasure."""

from django.urls import URLPattern, path

from members.models import Household, Member, Person
from members.views import households, members, persons, privacy, records, retention

KINDS = (("members", "member", Member), ("households", "household", Household), ("persons", "person", Person))


def of_each(start: str, name: str, model) -> list[URLPattern]:
    """What the three rosters have in common."""
    kind = {"model": model}
    return [
        path(f"{start}/<int:pk>/leave/", records.leave_roster, kind, name=f"{name}_leaves"),
        path(f"{start}/<int:pk>/return/", records.return_to_roster, kind, name=f"{name}_returns"),
        path(f"{start}/<int:pk>/in-full/", records.in_full, kind, name=f"{name}_in_full"),
        path(f"{start}/<int:pk>/copy/", privacy.export_person, kind, name=f"{name}_copy"),
        path(f"{start}/<int:pk>/erase/", privacy.erase, kind, name=f"erase_{name}"),
        path(f"{start}/<int:pk>/consent/", privacy.add_consent, kind, name=f"{name}_consent"),
    ]


urlpatterns: list[URLPattern] = [
    path("personal-data/", privacy.personal_data, name="personal_data"),
    path("personal-data/past-retention/", retention.past_retention, name="past_retention"),
    path("personal-data/past-retention/<str:kind>/<int:pk>/", retention.keep, name="keep_longer"),
    path("consents/<int:pk>/withdraw/", privacy.withdraw, name="withdraw_consent"),
    path("consents/<int:pk>/scan/", privacy.consent_scan, name="consent_scan"),
    path("members/", members.member_list, name="members"),
    path("members/new/", members.add_member, name="add_member"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/change/", members.edit_member, name="edit_member"),
    path("members/<int:pk>/register/", members.register_member, name="register_member"),
    path("registrations/<int:pk>/end/", members.end_registration, name="end_registration"),
    path("households/", households.household_list, name="households"),
    path("households/new/", households.add_household, name="add_household"),
    path("households/<int:pk>/", households.household, name="household"),
    path("households/<int:pk>/change/", households.edit_household, name="edit_household"),
    path("households/<int:pk>/survey/", households.survey_household, name="survey_household"),
    path("persons/", persons.person_list, name="persons"),
    path("persons/new/", persons.add_person, name="add_person"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("persons/<int:pk>/change/", persons.edit_person, name="edit_person"),
    *(pattern for kind in KINDS for pattern in of_each(*kind)),
]
