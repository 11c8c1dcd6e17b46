"""Suifenhe: a small city under the scheme that reckons what village secretaries are paid.

Its villages, units and people are made up, and so are the amounts; what follows from them the product reckons.
"""

from decimal import Decimal

from demonstration import small
from demonstration.calendar import Calendar, at
from members.actions.members import add_member
from members.kinds import Mark, Rank
from members.models import Member
from organisations.models import Organisation, User
from pairing.models import Round
from reports.actions.pay import enter_leaving, enter_pay

PAIRS = (  # township, village, its secretary; unit, its secretary
    ("阜宁镇", "北寒村", "姜德胜", "绥芬河市商务局", "吕春生"),
    ("阜宁镇", "南寒村", "于长海", "绥芬河市财政局", "栾凤芝"),
    ("阜宁镇", "永胜村", "关玉梅", "绥芬河市农业农村局", "迟广志"),
    ("绥芬河镇", "朝阳村", "朴正宇", "绥芬河市教育局", "鞠洪波"),
)
# For each village and year: the base and what the village earned, in yuan; the score; the subsidy to insurances.
PAID = (
    ((26_000, 180_000, "206.5", 4_200), (27_500, 214_000, "209", 4_600)),
    ((24_000, 65_000, "198", 0), (25_200, 71_500, "203", 4_600)),
    ((25_000, 0, "200", 4_200), (26_000, 38_000, "204.5", 4_600)),
    ((23_500, 42_000, "194", 0), (24_500, 47_000, "201", 0)),
)
FORMER = (  # village, name; years in a row, in all; the single sum, 0: a share each year
    (0, "孙福全", 12, 15, 0),
    (1, "王殿臣", 4, 7, 3_000),
)


def load(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    name = "绥芬河市城乡基层党组织共建共育"
    round, pairs = small.begin(calendar, root, organiser, PAIRS, scheme="suifenhe", name=name)
    start = round.starts_on
    for number, (pair, years) in enumerate(zip(pairs, PAID, strict=True)):
        pair.play("signed", at(start.replace(day=20 + number), 15))
        secretary = on_roster(organiser, pair.village, pair.village.contact_name, "村党支部书记")
        for year, numbers in enumerate(years, start.year):
            paid(calendar, organiser, round, secretary, year, *numbers)
    for number, name, in_a_row, in_all, one_off in FORMER:
        former = on_roster(organiser, pairs[number].village, name, "原村党支部书记")
        enter_leaving(
            by=organiser, round=round, village=former.organisation, member=former, year=start.year + 1,
            left_on=start, years_in_a_row=in_a_row, years_in_all=in_all, one_off=Decimal(one_off),
            one_off_source="市委组织部批复" if one_off else "", at=calendar.days_ago(4),
        )  # fmt: skip
    return round


def on_roster(organiser: User, village: Organisation, name: str, post: str) -> Member:
    fields = {"name": name, "post": post, "rank": Rank.GENERAL, "marks": [Mark.IN_SERVICE], "is_party_member": True}
    return add_member(by=organiser, organisation=village, fields=fields)


def paid(
    calendar: Calendar, organiser: User, round: Round, secretary: Member, year: int,
    base: int, earned: int, score: str, insurance: int,
) -> None:  # fmt: skip
    enter_pay(
        by=organiser, round=round, village=secretary.organisation, member=secretary, year=year, base=Decimal(base),
        base_source=f"市财政局{year}年核定", score=Decimal(score), score_source=f"{year}年绩效考核表",
        earned=Decimal(earned), earned_source="村集体经济账" if earned else "", insurance=Decimal(insurance),
        at=calendar.days_ago(5),
    )  # fmt: skip
