"""Drawing: whom a survey is about, in which villages, and which households are asked. The seed is kept (YD-15).

The lot of a household is the hash of seed and key, so that anybody who knows the seed draws the same again. Those who
are asked by telephone are drawn among those with a number, the others among the rest.
"""

from typing import Any

from django.db import connection

from organisations.kinds import Kind
from organisations.models import OrganisationLink
from pairing.models import Pairing
from pairing.schemes.survey_words import Channel, SubjectKind
from reports.models import Survey, SurveyPlace, SurveySubject

SERVED = (Kind.VILLAGE, Kind.COMMUNITY)
DRAW = """
    INSERT INTO reports_surveyrespondent (place_id, household_id, channel)
    WITH lots AS MATERIALIZED (
        SELECT place.id AS place, home.id AS home, home.phone <> '' AS reached,
               md5(%(seed)s || '-' || home.id) AS lot
        FROM reports_surveyplace place
        JOIN members_household home
          ON home.village_id = place.village_id AND home.left_on IS NULL AND home.erased_at IS NULL
        WHERE place.survey_id = %(survey)s
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY place, reached ORDER BY lot, home) AS turn FROM lots
    ), phoned AS (
        SELECT place, home, lot FROM ranked WHERE reached AND turn <= %(phone)s
    ), others AS (
        SELECT place, home, lot, row_number() OVER (PARTITION BY place ORDER BY lot, home) AS turn
        FROM ranked WHERE NOT (reached AND turn <= %(phone)s)
    )
    SELECT place, home, channel FROM (
        SELECT place, home, lot, 'phone' AS channel FROM phoned
        UNION ALL
        SELECT place, home, lot, CASE WHEN turn <= %(field)s THEN 'field' ELSE 'paper' END
        FROM others WHERE turn <= %(field)s + %(paper)s
    ) drawn ORDER BY place, lot
"""

COUNT = """
    UPDATE reports_surveyplace place
    SET drawn_field = found.field, drawn_paper = found.paper, drawn_phone = found.phone
    FROM (
        SELECT drawn.place_id AS place, count(*) FILTER (WHERE channel = 'field') AS field,
               count(*) FILTER (WHERE channel = 'paper') AS paper, count(*) FILTER (WHERE channel = 'phone') AS phone
        FROM reports_surveyrespondent drawn
        JOIN reports_surveyplace own ON own.id = drawn.place_id AND own.survey_id = %(survey)s
        GROUP BY drawn.place_id
    ) found
    WHERE place.id = found.place
"""


def draw(survey: Survey) -> int:
    """Subjects, villages and households of a new survey, in a fixed number of statements. How many were drawn."""
    rules = survey.rules
    paired = helped(survey)
    about = subjects(survey, paired, {subject.key for subject in rules.subjects})
    places = {village: SurveyPlace(survey=survey, village_id=village) for _unit, village in paired}
    SurveyPlace.objects.bulk_create(places.values(), batch_size=2000)
    link = SurveyPlace.subjects.through
    link.objects.bulk_create(
        [
            link(surveyplace_id=place.pk, surveysubject_id=about[kind, organisation].pk)
            for place, kind, organisation in asked(paired, places)
            if (kind, organisation) in about
        ],
        batch_size=2000,
    )
    quotas = {channel.value: 0 for channel in Channel} | {each.key.value: each.households for each in rules.channels}
    with connection.cursor() as cursor:
        cursor.execute(DRAW, {"survey": survey.pk, "seed": survey.seed, **quotas})
        drawn = cursor.rowcount
        cursor.execute(COUNT, {"survey": survey.pk})
    return drawn


def helped(survey: Survey) -> list[tuple[int, int]]:
    """Unit and village of each pairing of the round; team and village wherever a work team serves one (YD-08)."""
    pairings = Pairing.objects.standing().filter(round=survey.round_id, village__kind=Kind.VILLAGE).order_by()
    served = OrganisationLink.objects.current().filter(
        kind=OrganisationLink.Kind.SERVED, holder__kind=Kind.WORK_TEAM, member__kind__in=SERVED,
        member__path__startswith=survey.round.organiser.path,
    )  # fmt: skip
    return sorted({*pairings.values_list("unit", "village"), *served.order_by().values_list("holder", "member")})


def subjects(survey: Survey, paired: list[tuple[int, int]], kinds: set) -> dict[tuple[Any, int], SurveySubject]:
    wanted = {
        (kind, organisation): SurveySubject(survey=survey, kind=kind, organisation_id=organisation)
        for unit, village in paired
        for kind, organisation in judged(unit, village)
        if kind in kinds
    }
    SurveySubject.objects.bulk_create(wanted.values(), batch_size=2000)
    return wanted


def judged(unit: int, village: int) -> list[tuple[SubjectKind, int]]:
    return [(SubjectKind.TEAM, unit), (SubjectKind.PARTY, village), (SubjectKind.CADRE, unit)]


def asked(paired: list[tuple[int, int]], places: dict[int, SurveyPlace]) -> list[tuple[SurveyPlace, SubjectKind, int]]:
    """About whom each village is asked, each once."""
    found = dict.fromkeys((village, *line) for unit, village in paired for line in judged(unit, village))
    return [(places[village], kind, organisation) for village, kind, organisation in found]
