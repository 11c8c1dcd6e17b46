"""The figures of periodic reports: each is a query for the rows behind it, which give number and denominator.

Each query reads `subject` - the reports asked for: `id` (of the duty), `line`, `member_id`, `name` (of the member),
`user_id`, `starts_on`, `ends_on`, `begins` and `ends` (the same as moments) - and `reach`: the pairings that each of
them is about, with `unit_id` and `village_id`. It gives `subject_id`, `part` (a kind within the figure, or empty),
`row_id`, `n` and `of`: what the row adds to the number and to its denominator. The same queries draft all reports,
count one anew, and find the rows behind a figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duties.occasions import listed
from organisations.models import Organisation
from pairing.schemes.words import Nature
from visits.states import RECORDED

STEP = Organisation.steplen

# What was done together; of a member that in which their name stands, of an organisation what the other side confirmed.
DONE = f"""JOIN visits_activity a ON a.state IN ({listed(RECORDED)})"""
ACTIVITIES = f"""
    SELECT s.id AS subject_id, a.nature AS part, a.id AS row_id,
        (CASE WHEN s.member_id IS NULL THEN a.state = 'confirmed' ELSE EXISTS (
            SELECT 1 FROM visits_participant who
            WHERE who.activity_id = a.id AND who.name = s.name AND who.role <> 'village'
        ) END)::int AS n, 1 AS of
    FROM subject s JOIN reach ON reach.subject_id = s.id
    {DONE} AND a.pairing_id = reach.pairing_id AND a."on" BETWEEN s.starts_on AND s.ends_on
        AND (s.line = 'organisation_department' OR a.unit_id = reach.unit_id)
"""  # noqa: S608 - our own words
# The same, counted once for each pairing and name before it is laid to all the reports that are about it.
ACTIVITIES_SUMMED = f"""
    WITH span AS MATERIALIZED (
        SELECT DISTINCT reach.pairing_id, s.starts_on, s.ends_on FROM reach JOIN subject s ON s.id = reach.subject_id
    ), done AS MATERIALIZED (
        SELECT span.*, a.unit_id, a.nature, COUNT(*) FILTER (WHERE a.state = 'confirmed') AS n, COUNT(*) AS of
        FROM span {DONE} AND a.pairing_id = span.pairing_id AND a."on" BETWEEN span.starts_on AND span.ends_on
        GROUP BY span.pairing_id, span.starts_on, span.ends_on, a.unit_id, a.nature
    ), went AS MATERIALIZED (
        SELECT span.*, a.unit_id, a.nature, who.name, COUNT(*) AS n
        FROM span {DONE} AND a.pairing_id = span.pairing_id AND a."on" BETWEEN span.starts_on AND span.ends_on
        JOIN visits_participant who ON who.activity_id = a.id AND who.role <> 'village'
        WHERE who.name IN (SELECT name FROM subject WHERE member_id IS NOT NULL)
        GROUP BY span.pairing_id, span.starts_on, span.ends_on, a.unit_id, a.nature, who.name
    )
    SELECT s.id AS subject_id, done.nature AS part,
        CASE WHEN s.member_id IS NULL THEN done.n ELSE COALESCE(went.n, 0) END AS n, done.of
    FROM subject s JOIN reach ON reach.subject_id = s.id
    JOIN done ON done.pairing_id = reach.pairing_id AND done.starts_on = s.starts_on AND done.ends_on = s.ends_on
        AND (s.line = 'organisation_department' OR done.unit_id = reach.unit_id)
    LEFT JOIN went ON went.pairing_id = done.pairing_id AND went.starts_on = done.starts_on
        AND went.ends_on = done.ends_on AND went.unit_id = done.unit_id AND went.nature = done.nature
        AND went.name = s.name
"""  # noqa: S608 - our own words
PAIRINGS = f"""
    SELECT s.id, '', reach.pairing_id, EXISTS (
            SELECT 1 FROM visits_activity a WHERE a.pairing_id = reach.pairing_id
                AND a."on" BETWEEN s.starts_on AND s.ends_on AND a.state IN ({listed(RECORDED)})
        )::int, 1
    FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
"""  # noqa: S608 - our own words
# Of those on the rosters of the unit and of what belongs to it, who took part in something.
PERSONS = f"""
    SELECT DISTINCT unit.subject_id, '', m.id, (who.name IS NOT NULL)::int, 1
    FROM (SELECT DISTINCT subject_id, unit_id FROM reach) unit
    JOIN subject s ON s.id = unit.subject_id AND s.member_id IS NULL
    JOIN above ON above.unit_id = unit.unit_id
    JOIN members_member m ON m.organisation_id = above.organisation_id AND COALESCE(m.left_on, 'infinity') > s.starts_on
        AND m.erased_at IS NULL
    LEFT JOIN (
        SELECT DISTINCT s.id, reach.unit_id, p.name
        FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
        JOIN visits_activity a ON a.pairing_id = reach.pairing_id AND a."on" BETWEEN s.starts_on AND s.ends_on
            AND a.state IN ({listed(RECORDED)}) AND a.unit_id = reach.unit_id
        JOIN visits_participant p ON p.activity_id = a.id AND p.role <> 'village'
    ) who ON who.id = s.id AND who.unit_id = unit.unit_id AND who.name = m.name
"""  # noqa: S608 - our own words
OWN_VISITS = """
    SELECT s.id, v.id FROM subject s JOIN members_personpair pair ON pair.helper_member_id = s.member_id
    JOIN visits_householdvisit v ON v.pair_id = pair.id
    UNION
    SELECT s.id, v.id FROM subject s JOIN visits_householdvisit v ON v.recorded_by_id = s.user_id
    WHERE s.member_id IS NOT NULL
    UNION
    SELECT s.id, v.id FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
    JOIN visits_householdvisit v ON v.unit_id = reach.unit_id AND v.village_id = reach.village_id
"""
VISITS = f"""
    SELECT s.id, '', v.id, v.took_place::int, 1
    FROM ({OWN_VISITS}) own (id, visit_id) JOIN subject s USING (id)
    JOIN visits_householdvisit v ON v.id = own.visit_id AND v."on" BETWEEN s.starts_on AND s.ends_on
        AND v.withdrawn_at IS NULL
"""  # noqa: S608 - our own words
HELPED = """
    SELECT s.id, '', pair.id, EXISTS (
            SELECT 1 FROM visits_householdvisit v WHERE v.pair_id = pair.id AND v.took_place
                AND v.withdrawn_at IS NULL AND v."on" BETWEEN s.starts_on AND s.ends_on
        )::int, 1
    FROM (
        SELECT s.id, pair.id FROM subject s JOIN members_personpair pair ON pair.helper_member_id = s.member_id
        UNION
        SELECT s.id, pair.id FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
        JOIN members_personpair pair ON pair.unit_id = reach.unit_id AND pair.village_id = reach.village_id
    ) own (id, pair_id) JOIN subject s USING (id)
    JOIN members_personpair pair ON pair.id = own.pair_id AND pair.target_organisation_id IS NULL
        AND pair.kind <> 'chain' AND pair.since <= s.ends_on AND COALESCE(pair.until, 'infinity') >= s.starts_on
"""
DIARY = """
    SELECT s.id, '', entry.id, (entry.reviewed_at IS NOT NULL)::int, 1
    FROM (
        SELECT s.id, s.member_id FROM subject s WHERE s.member_id IS NOT NULL
        UNION
        SELECT reach.subject_id, m.id FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
        JOIN above ON above.unit_id = reach.unit_id
        JOIN members_member m ON m.organisation_id = above.organisation_id
    ) own (id, member_id) JOIN subject s USING (id)
    JOIN visits_diary diary ON diary.member_id = own.member_id
    JOIN visits_diaryentry entry ON entry.diary_id = diary.id AND entry."on" BETWEEN s.starts_on AND s.ends_on
"""
FINDINGS = f"""
    SELECT s.id, '', found.id, (found.settled_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM visits_findinganswer a WHERE a.finding_id = found.id
        ))::int, 1
    FROM ({OWN_VISITS}) own (id, visit_id) JOIN subject s USING (id)
    JOIN visits_finding found ON found.visit_id = own.visit_id AND found.found_on BETWEEN s.starts_on AND s.ends_on
"""  # noqa: S608 - our own words
ENTRIES = """
    FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
    JOIN funds_fund fund ON fund.pairing_id = reach.pairing_id
    JOIN funds_entry e ON e.fund_id = fund.id AND e.corrects_id IS NULL AND e."on" <= s.ends_on
        AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.corrects_id = e.id)
"""
SENT = f"""
    SELECT s.id, '', e.id, CASE WHEN EXISTS (
            SELECT 1 FROM funds_entry a WHERE a.answers_id = e.id
                AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.corrects_id = a.id)
        ) THEN e.amount ELSE 0 END, e.amount
    {ENTRIES} AND e.kind = 'sent' AND e."on" >= s.starts_on
"""  # noqa: S608 - our own words
RECEIVED = f"""
    SELECT s.id, '', e.id, CASE WHEN e."on" >= s.starts_on THEN e.amount ELSE 0 END, e.amount
    {ENTRIES} AND e.kind = 'receipt'
"""
SPENT = f"""
    SELECT s.id, '', e.id, CASE WHEN e.kind = 'spending' AND e."on" >= s.starts_on THEN e.amount ELSE 0 END,
        CASE WHEN e.kind = 'receipt' THEN e.amount ELSE 0 END
    {ENTRIES} AND e.kind IN ('spending', 'receipt')
"""
PROJECTS = """
    SELECT s.id, '', p.id, (p.accepted_at < s.ends)::int, 1
    FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
    JOIN funds_project p ON p.pairing_id = reach.pairing_id AND p.planned_at < s.ends AND p.state <> 'stopped'
"""
ISSUES = """
    SELECT s.id, '', i.id, (i.closed_at < s.ends)::int, 1
    FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
    JOIN pairing_issue i ON i.pairing_id = reach.pairing_id AND i.raised_at < s.ends
        AND COALESCE(i.closed_at, 'infinity') >= s.begins
"""
DUE = """JOIN duties_duty d ON d.round_id = s.round_id AND d.state = 'open'
    AND d.due_on BETWEEN s.starts_on AND s.ends_on"""
OF_DUTY = "s.id, d.id AS duty_id, d.scheme_version_id, d.obligation, (d.done >= d.least)::int AS met"
# What was due in these days, reports themselves left out.
DUTIES = f"""
    SELECT own.id, '', own.duty_id, own.met, 1
    FROM (
        SELECT {OF_DUTY} FROM subject s {DUE} AND d.member_id = s.member_id
        UNION
        SELECT {OF_DUTY} FROM subject s JOIN members_personpair pair ON pair.helper_member_id = s.member_id
        {DUE} AND d.person_pair_id = pair.id
        UNION
        SELECT {OF_DUTY} FROM subject s JOIN reach ON reach.subject_id = s.id AND s.member_id IS NULL
        {DUE} AND d.pairing_id = reach.pairing_id
    ) own
    WHERE NOT EXISTS (
        SELECT 1 FROM reporting WHERE reporting.scheme_version_id = own.scheme_version_id
            AND reporting.obligation = own.obligation
    )
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Source:
    """`model`: of what the rows are; `parts`: how the kinds within the figure are called; `is_money`: in yuan.
    `summed`: the same numbers by subject and part, where they are had for less than row by row."""

    name: Any
    of_words: Any
    sql: str
    model: str
    related: tuple[str, ...] = ()
    parts: Callable[[str], Any] | None = None
    is_money: bool = False
    summed: str = ""

    @property
    def rows(self) -> Any:
        return apps.get_model(self.model).objects


PAIR = ("pairing__unit", "pairing__village")
TARGETS = ("target_household", "target_member", "target_person", "helper_member", "helper_household")
SOURCES: dict[str, Source] = {
    "activities": Source(
        _("Visits and activities"), _("on record of the unit"), ACTIVITIES, "visits.Activity",
        parts=lambda key: Nature(key).label, summed=ACTIVITIES_SUMMED,
    ),
    "pairings": Source(
        _("Pairings in which something was done"), _("pairings"), PAIRINGS, "pairing.Pairing", ("unit", "village")
    ),
    "persons": Source(
        _("Members and cadres who went"), _("on the roster"), PERSONS, "members.Member", ("organisation",)
    ),
    "visits": Source(
        _("Household visits that took place"), _("calls at the door"), VISITS, "visits.HouseholdVisit", ("village",)
    ),
    "helped": Source(
        _("Households and persons visited"), _("helped in pairs"), HELPED, "members.PersonPair", TARGETS
    ),
    "diary": Source(
        _("Diary entries reviewed"), _("entries written"), DIARY, "visits.DiaryEntry",
        ("diary__member", "diary__round__scheme_version"),
    ),
    "findings": Source(
        _("Findings with a measure"), _("findings of visits"), FINDINGS, "visits.Finding", ("visit__village",)
    ),
    "received": Source(
        _("Money received in this period"), _("received up to its end"), RECEIVED, "funds.Entry", ("fund__holder",),
        is_money=True,
    ),
    "sent": Source(
        _("Money sent that the village confirmed"), _("sent in this period"), SENT, "funds.Entry", ("fund__holder",),
        is_money=True,
    ),
    "spent": Source(
        _("Money spent in this period"), _("received up to its end"), SPENT, "funds.Entry", ("fund__holder",),
        is_money=True,
    ),
    "projects": Source(_("Projects accepted by the village"), _("projects"), PROJECTS, "funds.Project", ("place",)),
    "issues": Source(_("Issues closed"), _("on hand in this period"), ISSUES, "pairing.Issue", PAIR),
    "duties": Source(
        _("Duties met"), pgettext_lazy("of a report", "due in this period"), DUTIES, "duties.Duty",
        ("scheme_version__scheme", *PAIR, "member", "person_pair__helper_member"),
    ),
}  # fmt: skip
