"""In which villages and units something happened since: there alone the coverage has to be counted anew.

A changed row touches the place where it is and, by its earlier events, the places where it was; a changed person also
touches the places of whoever helps them or is helped by them. Reads indexes alone, so it costs as much as happened.
"""

from dataclasses import dataclass

from django.db import connection

from members.states import PairState

# What may join a changed person, or a person with a changed plan, to a pair.
JOINED = {
    "helper_member_id": "SELECT id FROM member",
    "helper_household_id": "SELECT id FROM household",
    "target_household_id": "SELECT id FROM household",
    "target_member_id": "SELECT id FROM member UNION SELECT target_member_id FROM planned",
    "target_person_id": "SELECT id FROM person UNION SELECT target_person_id FROM planned",
}
OF_PAIR = "SELECT unit_id, helper_member_id, target_household_id"
STANDING = "\n".join(
    f"UNION ALL {OF_PAIR} FROM members_personpair WHERE state = %(active)s AND {column} IN ({changed})"
    for column, changed in JOINED.items()
)
TOUCHED = f"""
WITH member AS (
    SELECT pgh_obj_id AS id, organisation_id AS place FROM members_memberevent WHERE pgh_obj_id IN (
        SELECT pgh_obj_id FROM members_memberevent WHERE pgh_id > %(members_memberevent)s
    )
), household AS (
    SELECT pgh_obj_id AS id, village_id AS place FROM members_householdevent WHERE pgh_obj_id IN (
        SELECT pgh_obj_id FROM members_householdevent WHERE pgh_id > %(members_householdevent)s
    )
), person AS (
    SELECT pgh_obj_id AS id FROM members_personevent WHERE pgh_id > %(members_personevent)s
), planned AS (
    SELECT target_member_id, target_person_id FROM members_personpair WHERE id IN (
        SELECT pair_id FROM members_hardshipplanevent WHERE pgh_id > %(members_hardshipplanevent)s
    )
), pair AS (
    {OF_PAIR} FROM members_personpairevent WHERE pgh_obj_id IN (
        SELECT pgh_obj_id FROM members_personpairevent WHERE pgh_id > %(members_personpairevent)s
    )
    {STANDING}
)
SELECT TRUE, place FROM household
UNION SELECT TRUE, village_id FROM members_household WHERE id IN (SELECT target_household_id FROM pair)
UNION SELECT FALSE, place FROM member
UNION SELECT FALSE, unit_id FROM pair
UNION SELECT FALSE, organisation_id FROM members_member WHERE id IN (SELECT helper_member_id FROM pair)
"""  # noqa: S608 - our columns


@dataclass(frozen=True)
class Touched:
    villages: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


def touched_since(newest: dict[str, int]) -> Touched:
    """`newest`: by table of events, the newest key of those that are counted already."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {**newest, "active": PairState.ACTIVE.value})
        found = cursor.fetchall()
    villages = frozenset(key for is_village, key in found if is_village)
    return Touched(villages, frozenset(key for is_village, key in found if not is_village))
