"""The seams between the apps, named as strings: what upper ones add to the pages and the work of lower ones."""

from django.utils.translation import gettext_lazy as _

# --- Rosters: the sheets that each app can read, lowest app first ---------------------------------
ROSTER_SHEETS = [
    "organisations.rosters.UNITS",
    "organisations.rosters.VILLAGES",
    "organisations.rosters.ORGANISATIONS",
    "pairing.rosters.PAIRINGS",
    "pairing.rosters.COUNTERPARTS",
    *(f"members.rosters.{name}" for name in ("TEAMS", "MEMBERS", "CADRES", "LEADERS", "HOUSEHOLDS", "MEMBER_PAIRS")),
    "visits.rosters.ACTIVITIES",
    "funds.rosters.LEDGER",
    "reports.rosters.FIGURES",
]
# --- What upper apps add to the pages of lower ones ------------------------------------------------
CLOSING_CONDITIONS = [  # before a pairing is closed, where its scheme asks (pairing/agreements/closing.py)
    "pairing.agreements.closing.targets_met",
    "pairing.agreements.closing.plans_made",
    "pairing.agreements.closing.no_open_issues",
]
# Whose page one may read beyond one's own scope.
READABLE_ORGANISATIONS = ["organisations.served.is_linked", "pairing.partners.is_partner"]
SEARCH_GROUPS = [
    "organisations.search.organisations_found",
    "organisations.search.people_found",
    "members.search.members_found",
    "members.search.households_found",
    "members.search.persons_found",
]
# When organisations are merged, split, renamed or closed: who hands over what hangs on them (organisations.actions).
SUCCESSION = [
    "pairing.succession.hand_over",
    "members.succession.hand_over",
    "members.floating.succession.hand_over",
    "visits.succession.hand_over",
    "funds.succession.hand_over",
    "duties.succession.hand_over",
    "reports.succession.hand_over",
]
# Who says when somebody who is helped was last seen (members.actions.seeing).
SEEN_IN = ["members.actions.seeing.last_aid", "visits.doorstep.last_seen"]
# What is open in the hands of a person in a post, before it is handed over.
OPEN_MATTERS = [
    "office.inbox.open_matters",
    "pairing.matters.open_matters",
    "visits.matters.open_matters",
    "duties.matters.open_matters",
    "reports.matters.open_matters",
    "reports.inspection.matters.open_matters",
]
# Panels of an upper app on a page of a lower one: names of the addresses from which the page fetches them.
# What the other side waits for comes first, then what one owes oneself.
HOME_PANELS = [
    "health_panel",
    "activities",
    "funds",
    "my_duties",
    "periodic_panel",
    "my_households",
    "assessments_panel",
    "findings",
    "my_diary",
    "watched_money",
]
PAIRING_PANELS = [
    "pairing_duties", "pairing_fund", "pairing_activities", "pairing_projects", "pairing_persons",
    "pairing_findings", "pairing_floating", "pairing_archive",
]  # fmt: skip
ROUND_ROOMS = [
    ("round_duties", _("Duties")),
    ("round_survey", _("Satisfaction survey")),
    ("round_archive", _("Archive packages")),
]  # pages beside those of a round, and what they are called
PUBLIC_ROOMS = {
    "round": [
        ("round_money", _("What the aid money did")),
        ("open_cases", _("Good cases")),
        ("open_commendations", _("Commendations")),
    ],
    "village": [("open_village", _("What the aid money did"))],
}  # beside their public pages, and what they are called
ROUND_PANELS = ["round_duties_card", "round_from_above"]
WALL_PANELS = ["wall_figures"]  # what the screen on a wall shows beside the coverage of a round
VILLAGE_PANELS = ["village_year"]
FACILITY_PANELS = ["centre_services"]
ROSTER_PANELS = ["visits_at"]  # of a household, member or person: its kind and its number
PAIR_VISIT = "record_pair_visit"  # the form for a visit in a person-to-person pair
FORMS_AHEAD = "choose_form"  # which forms a phone fetches ahead, for where there is no signal

# --- Word templates that staff can replace, each described where its fields are known --------------
WORD_TEMPLATES = [
    "pairing.agreements.documents.AGREEMENT",
    "pairing.plans.letters.LETTER",
    "pairing.figures.task_proposals.TASK_PROPOSAL",
    "members.floating.letters.GREETING",
    "visits.sheets.SHEET",
    "funds.publishing.poster.POSTER",
    "funds.statement.STATEMENT",
    "reports.survey.document.RESULT",
    "reports.periodic.paper.REPORT",
    "reports.circulars.documents.CIRCULAR",
    "reports.circulars.documents.ARRANGEMENT",
    "reports.circulars.documents.COMMENDATION",
    "reports.archive.papers.INDEX",
    "reports.archive.papers.RECORD",
]
# --- The statistics tables of domain §2.2, each from the file that counts it (reports/statistics/frame.py) ----
STATISTICS = [
    "reports.statistics.pairings.T1",
    "reports.statistics.building.T2",
    "reports.statistics.people.T3",
    "reports.statistics.money.T4",
    "reports.statistics.livelihood.T5",
    "reports.statistics.visits.T6",
    "reports.statistics.floating.T7",
    "reports.statistics.secretaries.T8",
    "reports.statistics.people.T9",
    "reports.statistics.satisfaction.T10",
    "reports.statistics.issues.T11",
    "reports.statistics.money.T12",
    "reports.statistics.assessments.T13",
]
