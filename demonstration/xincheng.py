"""Xincheng: a round under the Shanghai scheme, open now, its cut-offs of 30 April and 1 July still ahead."""

from dataclasses import replace
from datetime import datetime

from demonstration import people, workbooks
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from organisations.models import Organisation, User
from pairing.actions import open_round, prepare_round, publish_directory
from pairing.actions.tagging import tag_pairing
from pairing.actions.task_proposals import issue_task_proposals, prepare_task_proposals
from pairing.models import Round, Scheme
from pairing.states import Side
from pairing.terms import default_terms

OPENED_DAYS_AGO = 20
# The workbook's first units and how far each has come. Villages 19 to 26 have nobody yet; two units each wait for an
# answer from villages 13 to 16, whom the later units of the workbook chose as well.
FAR = ("signed",) * 3 + ("confirmed", "confirmed by unit", "drafted", "accepted", "accepted") + ("proposed",) * 10
CLASHING = range(38, 42)
TAGS = (["development", "economy"], ["livelihood"], ["organisation", "party_building"])


def load(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    secretaries = people.appoint_contacts(root, since=calendar.days_ago(OPENED_DAYS_AGO).date())
    round = _open(calendar, root, organiser)
    parties = {organisation.name: organisation for organisation in Organisation.objects.under(root)}
    rows = [(parties[unit], parties[village]) for unit, village, _ in workbooks.pairs(workbooks.XINCHENG, "结对", 1, 2)]
    for number, (step, (unit, village)) in enumerate(zip(FAR, rows, strict=False)):
        pair = Pair(round, unit, village, secretaries)
        pair.play(step, calendar.days_ago(number % 9 + 1, 14, number))
        if step != "proposed":
            _tag(pair, TAGS[number % len(TAGS)], calendar.days_ago(0, 9, number))
    for number in CLASHING:
        unit, village = rows[number]
        Pair(round, unit, village, secretaries).play("proposed", calendar.days_ago(1, 16, number))
    _offer(secretaries, rows)
    return round


def _tag(pair: Pair, tags: list[str], moment: datetime) -> None:
    tag_pairing(by=pair.secretary(Side.UNIT), pairing=pair.pairing, tags=tags, at=moment)


def _offer(secretaries: dict[int, User], rows: list) -> None:
    """A unit that has not chosen yet, and a village that two units want."""
    people.offer(by=None, user=secretaries[rows[24][0].pk])
    people.offer(by=None, user=secretaries[rows[CLASHING.start][1].pk])


def _open(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    version = Scheme.objects.get(key="shanghai").versions.all()[0]
    opened = calendar.days_ago(OPENED_DAYS_AGO)
    terms = default_terms(version.rules, starts_on=opened.date())
    terms = replace(terms, name=f"新城区城乡党组织结对帮扶 {opened.year}—{terms.ends_on.year}")
    round = prepare_round(by=organiser, scheme_version=version, organiser=root, terms=terms)
    below = Organisation.objects.under(root).open()
    publish_directory(
        by=organiser, round=round, villages=below.villages(), units=below.units(), at=at(opened.date(), 9)
    )
    round = open_round(by=organiser, round=round, at=at(opened.date(), 10))
    prepare_task_proposals(by=organiser, round=round)
    issue_task_proposals(by=organiser, round=round, at=at(opened.date(), 11))
    return round
