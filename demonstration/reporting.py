"""What the sources of the two counties tell and no record counts: reported with its source and its days."""

from datetime import date, datetime
from typing import NamedTuple

from demonstration.calendar import Calendar
from organisations.models import Organisation, User
from reports.actions.figures import Of, Said, report
from reports.figures.measures import measures
from reports.figures.wording import read


class Source(NamedTuple):
    """A text, who says so in it, and the days that it speaks of."""

    document: str
    said_by: str
    since: date
    until: date
    figures: tuple[tuple[str, str], ...]


QIANXI = Source(
    "人民网《贵州黔西县：城乡共建新农村党建1+1结对帮扶》，2007年11月8日", "黔西县委组织部",
    date(2007, 1, 1), date(2007, 11, 8),
    (
        ("aid_meetings", "84次"), ("joint_studies", "96次"), ("three_strong", "86次"), ("rules_improved", "114项"),
        ("people_formed", "1015名"), ("technicians_formed", "8800余名"), ("double_training_people", "256名"),
        ("ideas", "178条"), ("paths", "45个"), ("site_funds", "近90万元"), ("culture_funds", "26万元"),
        ("difficulties_infrastructure", "55件"), ("difficulties_life", "244件"), ("poor_members_visited", "147户"),
        ("pupils_supported", "345名"), ("medical_fee_households", "1535户"), ("vegetables", "15万亩"),
        ("fruit_forest", "2.4万亩"), ("breeding_households", "138户"), ("scale_breeding_households", "200余户"),
        ("households_got_rich", "175户"), ("labour_transferred", "6500人"), ("extra_income", "2000余万元"),
    ),
)  # fmt: skip
XINCHENG = Source(
    "新华社《新城区基层党组织互帮互助》，2009年1月12日", "新城区委组织部", date(2008, 1, 1), date(2009, 1, 12),
    (
        ("good_teams", "22个"), ("projects_brought", "20多个"), ("funds_coordinated", "4000余万元"),
        ("service_chains", "300余条"),
    ),
)  # fmt: skip
VINEYARD = Source(
    "新华社《新城区基层党组织互帮互助》，2009年1月12日", "野马图村村委会", date(2008, 1, 1), date(2009, 1, 12),
    (("labour_hired", "70余名"),),
)  # fmt: skip
VINEYARD_VILLAGE = "野马图村"


def load(place: Organisation, by: User, source: Source, at: datetime) -> None:
    for code, written in source.figures:
        measure = measures()[code]
        number, qualifier = read(written, measure.unit)
        since = source.since if measure.adds_up else None
        said = Said(number, qualifier, source.document, source.said_by)
        report(by=by, of=Of(code, place, source.until, since), said=said, at=at)


def load_vineyard(calendar: Calendar, root: Organisation, organiser: User) -> None:
    """Of the one village that the text tells of."""
    village = Organisation.objects.under(root).villages().get(name=VINEYARD_VILLAGE)
    load(village, organiser, VINEYARD, calendar.days_ago(3, 15))
