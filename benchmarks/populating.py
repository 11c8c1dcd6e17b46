"""What the statistics tables count beside visits, money and duties: people, households, what was reported and judged.

As many for each village and pairing at every size.
"""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.filling import insert, without_triggers
from funds.models import DisclosedEntry, Disclosure, Objection, Project
from members.floating.halves import half_of
from members.models import (
    FloatingRecord,
    HalfYearReport,
    Household,
    Member,
    PersonPair,
    Secondment,
    Training,
    Zone,
    ZoneHousehold,
    ZoneMember,
)
from organisations.models import Appointment, User
from pairing.actions import take_scheme
from reports.figures.measures import measures
from reports.models import Assessed, Assessment, LeavingAllowance, ReportedFigure, SecretaryPay, Survey, SurveySubject
from visits.models import Diary, DiaryEntry, HouseholdVisit

OF_UNIT, OF_VILLAGE, HOUSEHOLDS, ZONES, ENTRIES, TIMES = 3, 2, 12, 3, 12, 4
PUBLISHED = 250  # of the entries of each village
VILLAGES = """(
    SELECT id, row_number() OVER (ORDER BY id) AS place FROM organisations_organisation WHERE kind = 'village'
) v"""
# Of each village one pairing; of its unit the members; of the village the households.
FIRST_PAIRINGS = "(SELECT DISTINCT ON (village_id) * FROM pairing_pairing ORDER BY village_id, id) p"
NUMBERED = "row_number() OVER (PARTITION BY {0} ORDER BY id) - 1 AS place"
MEMBERS = f"(SELECT *, {NUMBERED.format('organisation_id')} FROM members_member) m"
FAMILIES = f"(SELECT *, {NUMBERED.format('village_id')} FROM members_household) h"


def populate(organiser: User) -> None:
    given = {"user": organiser.pk, "new_year": timezone.localdate().replace(month=1, day=1)}
    with without_triggers():
        people(given)
        elsewhere(given)
        villages(given)
        money(given)
        reported(given)
        judged(organiser, given)


def people(given: dict) -> None:
    """Members on rosters, households, who helps whom, calls at the door, diaries."""
    ranks, marks = "(ARRAY['', 'section', 'general'])[1 + n % 3]".replace("%", "%%"), "'{in_service}'"
    insert(
        Member, f"pairing_pairing p, generate_series(1, {OF_UNIT}) n", given,
        organisation_id="p.unit_id", name="'王志远'", rank=ranks, marks=marks, added_at="%(new_year)s",
    )  # fmt: skip
    insert(
        Member, f"{VILLAGES}, generate_series(1, {OF_VILLAGE}) n", given,
        organisation_id="v.id", name="'李桂兰'", added_at="%(new_year)s",
    )  # fmt: skip
    insert(Household, f"{VILLAGES}, generate_series(1, {HOUSEHOLDS}) n", given, village_id="v.id", head="'赵明'")
    insert(
        PersonPair,
        f"{FIRST_PAIRINGS} JOIN {MEMBERS} ON m.organisation_id = p.unit_id"
        f" JOIN {FAMILIES} ON h.village_id = p.village_id AND h.place %% {OF_UNIT} = m.place",
        given, kind="'cadre_household'", round_id="p.round_id", pairing_id="p.id", unit_id="p.unit_id",
        village_id="p.village_id", helper_member_id="m.id", target_household_id="h.id", state="'active'",
        origin="'roster'", since="%(new_year)s",
    )  # fmt: skip
    insert(
        HouseholdVisit, f"members_personpair pair, generate_series(1, {TIMES}) n", given,
        pair_id="pair.id", round_id="pair.round_id", unit_id="pair.unit_id", village_id="pair.village_id",
        target_household_id="pair.target_household_id", on="%(new_year)s + (pair.id * 7 + n * 80)::int %% 330",
        took_place="true", met="'self'", recorded_by_id="%(user)s",
    )  # fmt: skip
    insert(
        Diary, "pairing_pairing p JOIN members_member m ON m.organisation_id = p.unit_id", given,
        member_id="m.id", round_id="p.round_id", edition="'agency'", begun_by_id="%(user)s",
    )  # fmt: skip
    insert(
        DiaryEntry, f"visits_diary d, generate_series(1, {ENTRIES}) n", given,
        diary_id="d.id", on="%(new_year)s + (d.id + n * 27)::int %% 330", did="'入户'", solved="'修渠'",
        reflection="'常来'", written_by_id="%(user)s",
    )  # fmt: skip


def elsewhere(given: dict) -> None:
    """Trainings, postings, those who work far away."""
    insert(
        Training, VILLAGES, given, organiser_id="v.id", village_id="v.id", title="'果树修剪'", kind="'practical'",
        starts_on="%(new_year)s + (v.place %% 300)::int", ends_on="%(new_year)s + (v.place %% 300)::int",
        sessions="1", persons="30", person_times="30", technicians="2",
    )  # fmt: skip
    insert(
        Secondment, f"{FIRST_PAIRINGS} JOIN {MEMBERS} ON m.organisation_id = p.unit_id AND m.place = 0", given,
        member_id="m.id", kind="'young_cadre'", direction="'down'", sender_id="p.unit_id", host_id="p.village_id",
        since="%(new_year)s",
    )  # fmt: skip
    insert(
        FloatingRecord, f"{FIRST_PAIRINGS} JOIN {MEMBERS} ON m.organisation_id = p.village_id AND m.place = 0", given,
        member_id="m.id", origin_id="p.village_id", destination_id="p.unit_id", leaves_on="%(new_year)s",
        state="'departed'",
    )  # fmt: skip
    half = half_of(timezone.localdate()).before
    insert(
        HalfYearReport, "members_floatingrecord r", given, record_id="r.id", year=str(half.year), half=str(half.half),
        channel="'phone'",
    )  # fmt: skip


def villages(given: dict) -> None:
    """Zones, incomes, secretaries and their pay."""
    insert(Zone, f"{VILLAGES}, generate_series(1, {ZONES}) n", given, village_id="v.id", name="n::text", kind="'zone'")
    zones = f"(SELECT *, {NUMBERED.format('village_id')} FROM members_zone) z"
    insert(
        ZoneHousehold, f"{zones} JOIN {FAMILIES} ON h.village_id = z.village_id AND h.place %% {ZONES} = z.place",
        given, zone_id="z.id", household_id="h.id",
    )  # fmt: skip
    secretaries = f"{VILLAGES} JOIN {MEMBERS} ON m.organisation_id = v.id AND m.place = 1"
    insert(ZoneMember, f"members_zone z JOIN {MEMBERS} ON m.organisation_id = z.village_id AND m.place = 1", given,
        zone_id="z.id", member_id="m.id",
    )  # fmt: skip
    insert(User, VILLAGES, given, username="'village-' || v.id", name="'李桂兰'", is_active="true")
    insert(
        Appointment, "organisations_user u JOIN organisations_organisation v ON u.username = 'village-' || v.id", given,
        user_id="u.id", role="'village_secretary'", organisation_id="v.id", since="%(new_year)s",
    )  # fmt: skip
    year = str(given["new_year"].year)
    insert(
        SecretaryPay, f"{secretaries}, pairing_round r", given, round_id="r.id", village_id="v.id", member_id="m.id",
        year=year, entered_by_id="%(user)s", base="36000 + v.place %% 9000", insurance="1200", base_score="100",
        score="90",
    )  # fmt: skip
    insert(
        LeavingAllowance, f"{secretaries}, pairing_round r WHERE v.place %% 4 = 0", given, round_id="r.id",
        village_id="v.id", member_id="m.id", year=year, entered_by_id="%(user)s", left_on="%(new_year)s",
        years_in_a_row="9", years_in_all="9", present_base="2400", regular_years="9", regular_percent="10",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_villagefacts SET collective_income = 50000 + village_id % 90000")
        cursor.execute(
            "UPDATE members_member m SET user_id = a.user_id FROM organisations_appointment a"
            " WHERE a.organisation_id = m.organisation_id AND a.role = 'village_secretary'"
            " AND m.id IN (SELECT max(id) FROM members_member GROUP BY organisation_id)"
        )


def money(given: dict) -> None:
    """Projects, what villages published, what they were asked."""
    insert(
        Project, "pairing_pairing p", given, round_id="p.round_id", pairing_id="p.id", place_id="p.village_id",
        title="'修路'", goal="'通村公路'", due_on="current_date", state="'planned'", level="'village'", kind="'other'",
        field="'roads'", planned_at="now() - interval '100 days'", planned_by_id="%(user)s",
    )  # fmt: skip
    insert(
        Disclosure, VILLAGES, given, village_id="v.id", kind="'matter'", title="'修路'", starts_on="%(new_year)s",
        ends_on="current_date", state="'published'", reviewer="'村监委'", reviewed_on="current_date",
        hotline="'0857-4222333'", published_at="now()", published_by_id="%(user)s", public_from="current_date",
        public_until="current_date + 15", drafted_by_id="%(user)s",
    )  # fmt: skip
    insert(
        DisclosedEntry, "funds_disclosure d JOIN funds_fund f ON f.holder_id = d.village_id"
        f" JOIN funds_entry e ON e.fund_id = f.id AND e.number <= {PUBLISHED}",
        given, disclosure_id="d.id", entry_id="e.id", position="e.number",
    )  # fmt: skip
    insert(
        Objection, f"{VILLAGES} WHERE v.place %% 4 = 0", given, village_id="v.id", kind="'question'",
        words="'为何修路'", raised_at="now() - interval '40 days'", due_on="current_date - 10",
    )  # fmt: skip


def reported(given: dict) -> None:
    """Each measure of each village, this year."""
    post = Appointment.objects.filter(user=given["user"])[0].pk
    for each in measures().values():
        insert(
            ReportedFigure, VILLAGES, given | {"code": each.code, "post": post}, measure="%(code)s", place_id="v.id",
            since="%(new_year)s" if each.adds_up else "NULL::date", until="current_date - 30",
            number="v.place %% 900", qualifier="'exact'", document="'年度总结'", version="1",
            entered_by_id="%(user)s", entered_as_id="%(post)s",
        )  # fmt: skip


def judged(organiser: User, given: dict) -> None:
    """Everybody assessed once; every unit asked about in a survey that is closed."""
    text = (Path(settings.BASE_DIR) / "pairing/schemes/yudu.yaml").read_text(encoding="utf-8")
    rules = take_scheme(by=organiser, text=text, at=timezone.now()).rules
    today: date = timezone.localdate()
    content, asked = rules.assessment.model_dump_json(), rules.survey
    insert(
        Assessment, "pairing_round r", given | {"content": content}, round_id="r.id", period=f"'{today.year}'",
        starts_on="%(new_year)s", ends_on="current_date - 1", content="%(content)s::jsonb", state="'shown'",
        made_by_id="%(user)s",
    )  # fmt: skip
    for side, kind in (("unit", "NOT IN ('village')"), ("village", "= 'village'")):
        source = f"reports_assessment a, organisations_organisation o WHERE o.kind {kind}"
        columns = {"points": "60 + o.id %% 40", "full": "100", "score": "60 + o.id %% 40", "grade": "'良好'"}
        insert(Assessed, source, given, assessment_id="a.id", side=f"'{side}'", organisation_id="o.id", **columns)
    insert(
        Survey, "pairing_round r", given | {"rules": asked.model_dump_json()}, round_id="r.id", year=str(today.year),
        settings="%(rules)s::jsonb", state="'closed'", opened_by_id="%(user)s", closed_at="now()",
        closed_by_id="%(user)s",
    )  # fmt: skip
    marks = [
        (question.key, channel.key, option.key, 5)
        for question in asked.questions
        for channel in asked.channels
        for option in asked.options
    ]
    insert(
        SurveySubject, "reports_survey s, (SELECT DISTINCT unit_id FROM pairing_pairing) p",
        given | {"marks": json.dumps(marks)}, survey_id="s.id", kind=f"'{asked.subjects[0].key}'",
        organisation_id="p.unit_id", marks="%(marks)s::jsonb",
    )  # fmt: skip
