"""Several at once: a consortium, a committee that chooses for its units, an answer by another proposal, and villagers
who chose their unit."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from demonstration import people
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from organisations.actions import add_organisation, keep_needs, move_organisation
from organisations.forms.directory import NeedFormSet
from organisations.kinds import Kind, Resource
from organisations.models import Organisation, User
from pairing.actions import choosing, consortium, market, open_round, prepare_round, publish_directory
from pairing.models import Round, Scheme, VillagersChoice
from pairing.schemes.terms import default_terms
from pairing.states import Side

COMMITTEE = "新城区直属机关工作委员会"
STAFF = people.Account("gongwei", "高云霞", (("committee_staff", COMMITTEE),))
TRIAL_DAYS_AGO = 30  # before the large round, which stays the newest
Row = tuple[Organisation, Organisation]  # unit and village


def make_committee(root: Organisation, units: list[Organisation], organiser: User, calendar: Calendar) -> Organisation:
    """A committee with some of the units below it, and somebody who chooses for them."""
    fields = {"name": COMMITTEE, "kind": Kind.ORGANS_WORK_COMMITTEE}
    committee = add_organisation(by=organiser, parent=root, fields=fields)
    for unit in units:
        move_organisation(by=organiser, organisation=unit, parent=committee)
    people.make_accounts((STAFF,), since=calendar.days_ago(TRIAL_DAYS_AGO).date())
    return people.named(COMMITTEE)


def choose_for_units(round: Round, committee: Organisation, rows: list[Row], calendar: Calendar) -> None:
    """The committee proposes to villages of one township in one act (SH-36)."""
    area = Organisation.objects.get(path=rows[0][1].parent_path)
    units = Organisation.objects.under(committee).in_bulk()
    choosing.propose_batch(
        by=User.objects.get(username=STAFF.username),
        round=round,
        committee=committee,
        area=area,
        pairs=[(units[unit.pk], village) for unit, village in rows],
        words="机关工委所属单位相对集中帮扶，便于统筹资金和项目。",
        at=calendar.days_ago(1, 9, 30),
    )


def take_partner(pair: Pair, unit: Organisation, share: int, contribution: str, calendar: Calendar, *, joins: bool):
    """The lead asks another unit of its village; one joins, one has not answered yet (SH-13)."""
    invited = calendar.days_ago(1, 10)
    partner = consortium.invite_partner(
        by=pair.secretary(Side.UNIT),
        pairing=pair.pairing,
        unit=unit,
        share=Decimal(share),
        contribution=contribution,
        at=invited,
    )
    if joins:
        words = "愿意共同帮扶。"
        consortium.join(by=pair.secretaries[unit.pk], partner=partner, words=words, at=invited + timedelta(hours=5))


def answer_otherwise(pair: Pair, words: str, calendar: Calendar) -> None:
    """The village wants something else; it is the unit's turn."""
    village = pair.secretary(Side.VILLAGE)
    market.counter(by=village, intention=pair.intention, words=words, at=calendar.days_ago(0, 8, 40))


def villagers_choose(
    calendar: Calendar, root: Organisation, organiser: User, rows: list[Row], secretaries: dict[int, User]
) -> Round:
    """A small round under a scheme that knows the choice by villagers (TC-05): one village has chosen."""
    round = _trial_round(calendar, root, organiser, rows)
    unit, village = rows[0]
    secretary = secretaries[village.pk]
    _post_needs(village, secretary)
    held = calendar.days_ago(4)
    record = choosing.Choice(
        needs_posted_on=calendar.days_ago(14).date(),
        held_on=held.date(),
        way=VillagersChoice.Way.REPRESENTATIVES,
        persons_present=36,
        votes=29,
        remark="会议在村部举行，现场唱票。",
    )
    choosing.propose_chosen(
        by=secretary,
        round=round,
        unit=unit,
        village=village,
        choice=record,
        words="村民代表会议选定贵单位，盼能帮助理清发展思路。",
        at=held + timedelta(hours=6),
    )
    return round


def _post_needs(village: Organisation, secretary: User) -> None:
    """One with money, one without (XY-24), as the village enters them on its page."""
    rows = (("硬化进村道路", Resource.FUNDS, True), ("理清发展思路", Resource.INTELLECT, False))
    data: dict[str, Any] = {"needs-TOTAL_FORMS": len(rows), "needs-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {
            f"needs-{number}-{key}": each for key, each in zip(("name", "resource", "takes_money"), row, strict=True)
        }
    formset = NeedFormSet(data, instance=village)
    if not formset.is_valid():
        raise ValueError(formset.errors)
    keep_needs(by=secretary, village=village, formset=formset)


def _trial_round(calendar: Calendar, root: Organisation, organiser: User, rows: list[Row]) -> Round:
    version = Scheme.objects.get(key="article").versions.all()[0]
    opened = calendar.days_ago(TRIAL_DAYS_AGO)
    terms = default_terms(version.rules, starts_on=opened.date())
    terms = replace(terms, name=f"新城区群众「选对」试点 {opened.year}")
    round = prepare_round(by=organiser, scheme_version=version, organiser=root, terms=terms)
    units, villages = (Organisation.objects.filter(pk__in=[row[side].pk for row in rows]) for side in (0, 1))
    publish_directory(by=organiser, round=round, villages=villages, units=units, at=at(opened.date(), 9))
    return open_round(by=organiser, round=round, at=at(opened.date(), 10))
