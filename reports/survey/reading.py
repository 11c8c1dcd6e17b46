"""Results as the database gives them: worked out when a survey is closed, then read as they were kept."""

from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from pairing.schemes.survey_words import SubjectKind
from reports.models import Survey, SurveySubject
from reports.survey.results import Mark, Result, result

# Of cells with enough answers alone; a cell is a subject, a question and a channel.
TOTALS = """
    SELECT kind, question, channel, option, sum(number)::bigint
    FROM (
        SELECT subject.kind, answer.question, answer.channel, answer.option, sum(answer.number) AS number,
               sum(sum(answer.number)) OVER (PARTITION BY subject.id, answer.question, answer.channel) AS cell
        FROM reports_surveyanswer answer
        JOIN reports_surveysubject subject ON subject.id = answer.subject_id
        LEFT JOIN reports_surveybatch batch ON batch.id = answer.batch_id
        WHERE subject.survey_id = %(survey)s AND batch.withdrawn_at IS NULL
        GROUP BY subject.id, subject.kind, answer.question, answer.channel, answer.option
    ) marked
    WHERE cell >= %(least)s
    GROUP BY kind, question, channel, option
    ORDER BY kind, question, channel, option
"""

MARKS = """
    UPDATE reports_surveysubject SET marks = found.marks
    FROM (
        SELECT subject, jsonb_agg(jsonb_build_array(question, channel, option, number)
                                  ORDER BY question, channel, option) AS marks
        FROM (
            SELECT answer.subject_id AS subject, answer.question, answer.channel, answer.option,
                   sum(answer.number) AS number
            FROM reports_surveyanswer answer
            JOIN reports_surveysubject own ON own.id = answer.subject_id
            LEFT JOIN reports_surveybatch batch ON batch.id = answer.batch_id
            WHERE own.survey_id = %(survey)s AND batch.withdrawn_at IS NULL
            GROUP BY answer.subject_id, answer.question, answer.channel, answer.option
        ) marked
        GROUP BY subject
    ) found
    WHERE found.subject = reports_surveysubject.id
"""

# What is kept with the subjects asked for, together; a cell is one of each of them.
TOGETHER = """
    SELECT survey, kind, question, channel, option, sum(number)::bigint
    FROM (
        SELECT subject.survey_id AS survey, subject.kind, mark ->> 0 AS question, mark ->> 1 AS channel,
               mark ->> 2 AS option, (mark ->> 3)::int AS number,
               sum((mark ->> 3)::int) OVER (PARTITION BY subject.id, mark ->> 0, mark ->> 1) AS cell
        FROM reports_surveysubject subject CROSS JOIN LATERAL jsonb_array_elements(subject.marks) mark
        WHERE subject.id IN ({subjects})
    ) marked
    JOIN unnest(%s::bigint[], %s::int[]) AS known (id, least) ON known.id = survey
    WHERE cell >= known.least
    GROUP BY survey, kind, question, channel, option
"""
Kinds = dict[tuple[int, str], list[Mark]]


def together(surveys: Collection[Survey], subjects: QuerySet[SurveySubject]) -> Kinds:
    """By survey and kind, what was marked about all these subjects. One statement, however many they are."""
    if not surveys:
        return {}
    sql, given = subjects.order_by().values("pk").query.sql_with_params()
    known = [survey.pk for survey in surveys], [survey.rules.least for survey in surveys]
    found: Kinds = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER.format(subjects=sql), [*given, *known])
        for survey, kind, *mark in cursor.fetchall():
            found[survey, kind].append(tuple(mark))
    return found


def totals(survey: Survey) -> list[list]:
    """Kind, question, channel, option, how often: what is kept when a survey is closed."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"survey": survey.pk, "least": survey.rules.least})
        return [list(row) for row in cursor.fetchall()]


def keep_marks(survey: Survey) -> None:
    """With each subject, what was marked about it: one statement, once nobody can answer any more."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"survey": survey.pk})


def of_kinds(survey: Survey) -> list[tuple[SubjectKind, str, Result]]:
    """Each kind that was asked about, as the scheme calls it, and its result."""
    rules = survey.rules
    marks: dict[str, list[Mark]] = defaultdict(list)
    for kind, *mark in survey.totals:
        marks[kind].append(tuple(mark))  # type: ignore[arg-type]  # stored as a list
    return [(subject.key, subject.name, result(rules, marks[subject.key], least=1)) for subject in rules.subjects]


def of_subject(survey: Survey, subject: SurveySubject) -> Result:
    return result(survey.rules, (tuple(mark) for mark in subject.marks))
