"""Xincheng: a round under the Shanghai scheme, open now, its cut-offs of 30 April and 1 July still ahead."""

from dataclasses import replace
from datetime import datetime

from demonstration import course, people, reporting, together, workbooks
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from organisations.models import Organisation, User
from pairing.actions import open_round
from pairing.actions.rolling_over import roll_over
from pairing.actions.tagging import tag_pairing
from pairing.actions.task_proposals import issue_task_proposals, prepare_task_proposals
from pairing.models import Round, Scheme, SchemeVersion
from pairing.schemes.terms import default_terms
from pairing.states import Side

OPENED_DAYS_AGO = 20
# The workbook's first units and how far each has come. Of villages 19 to 26 a committee has asked some of one township,
# the others have nobody yet; two units each wait for an answer from villages 13 to 16, whom the later units chose as
# well. The workbook names a second unit for each village 26 rows further down.
FAR = ("signed",) * 3 + ("confirmed", "confirmed by unit", "drafted", "accepted", "accepted") + ("proposed",) * 10
CLASHING = range(38, 42)
SECOND = 26
PARTNERS = {5: (40, "农业技术培训和销售渠道", True), 6: (30, "活动场所设备", False)}  # share, contribution, joined
ANSWERED, OF_COMMITTEE, TRIAL = 16, range(18, 24), range(44, 48)
BEFORE = range(60, 63)  # paired in the round before
TAGS = (["development", "economy"], ["livelihood"], ["organisation", "party_building"])


def load(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    secretaries = people.appoint_contacts(root, since=calendar.days_ago(OPENED_DAYS_AGO).date())
    rows = _rows(root)
    township = rows[OF_COMMITTEE.start][1].parent_path
    chosen = [number for number in OF_COMMITTEE if rows[number][1].parent_path == township]
    committee = together.make_committee(root, [rows[number][0] for number in OF_COMMITTEE], organiser, calendar)
    rows, pairs = _rows(root), {}
    earlier = course.Earlier(calendar, root, organiser, secretaries, calendar.days_ago(OPENED_DAYS_AGO))
    round = _open(calendar, organiser, earlier.load(_scheme(), [rows[number] for number in BEFORE]))
    earlier.renew(round)
    for number, step in enumerate(FAR):
        pair = pairs[number] = Pair(round, *rows[number], secretaries)
        pair.play(step, calendar.days_ago(number % 9 + 1, 14, number))
        if step != "proposed":
            _tag(pair, TAGS[number % len(TAGS)], calendar.days_ago(0, 9, number))
    for number in CLASHING:
        Pair(round, *rows[number], secretaries).play("proposed", calendar.days_ago(1, 16, number))
    for number, (share, part, joins) in PARTNERS.items():
        together.take_partner(pairs[number], rows[number + SECOND][0], share, part, calendar, joins=joins)
    together.answer_otherwise(pairs[ANSWERED], "村里最急的是修缮活动场所，请一并考虑。", calendar)
    together.choose_for_units(round, committee, [rows[number] for number in chosen], calendar)
    together.villagers_choose(calendar, root, organiser, [rows[number] for number in TRIAL], secretaries)
    _offer(secretaries, rows)
    reporting.load(root, organiser, reporting.XINCHENG, calendar.days_ago(3, 15))
    reporting.load_vineyard(calendar, root, organiser)
    return round


def _rows(root: Organisation) -> list[together.Row]:
    """Unit and village of each row of the workbook."""
    parties = {organisation.name: organisation for organisation in Organisation.objects.under(root)}
    pairs = workbooks.pairs(workbooks.XINCHENG, "结对", 1, 2)
    return [(parties[unit], parties[village]) for unit, village, _signed in pairs]


def _tag(pair: Pair, tags: list[str], moment: datetime) -> None:
    tag_pairing(by=pair.secretary(Side.UNIT), pairing=pair.pairing, tags=tags, at=moment)


def _offer(secretaries: dict[int, User], rows: list) -> None:
    """A unit that has not chosen yet, and a village that two units want."""
    people.offer(by=None, user=secretaries[rows[24][0].pk])
    people.offer(by=None, user=secretaries[rows[CLASHING.start][1].pk])


def _scheme() -> SchemeVersion:
    return Scheme.objects.get(key="shanghai").versions.all()[0]


def _open(calendar: Calendar, organiser: User, last: Round) -> Round:
    """The next round from the last, with its directory."""
    opened, version = calendar.days_ago(OPENED_DAYS_AGO), last.scheme_version
    terms = default_terms(version.rules, starts_on=opened.date(), number=last.number + 1)
    terms = replace(terms, name=f"新城区城乡党组织结对帮扶 {opened.year}—{terms.ends_on.year}")
    round = roll_over(by=organiser, round=last, scheme_version=version, terms=terms, at=at(opened.date(), 9))
    round = open_round(by=organiser, round=round, at=at(opened.date(), 10))
    prepare_task_proposals(by=organiser, round=round)
    issue_task_proposals(by=organiser, round=round, at=at(opened.date(), 11))
    return round
