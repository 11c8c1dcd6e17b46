"""The counterpart table (对口帮扶): which district of the city aids which county, set for a round (SH-06)."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from core.roster import Ask, Column, Holds, Line, Sheet, Work
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.querysets import within
from organisations.rosters.directory import Directory, Entry, directory_of, nearest
from organisations.rosters.units import refuse_twice
from pairing.levels import Level
from pairing.models import Pairing
from pairing.rosters import checking, rounds, writing
from pairing.rosters.columns import ENDS_ON, SIGNED_ON, TERM

DISTRICTS = (Kind.COUNTY,)
COLUMNS = (
    Column(
        "unit",
        "对口帮扶区",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=("帮扶区", "支援区", "援助区", "中心城区", "对口区", "结对区", "城区"),
    ),
    Column(
        "village",
        "受援区县",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=("受援县", "受援区", "对口县", "对口区县", "远郊区县", "郊区县", "远郊区", "结对县", "结对区县"),
    ),
    SIGNED_ON,
    TERM,
    ENDS_ON,
)


def check(work: Work, lines: list[Line]) -> None:
    directory, target = directory_of(work), work.memory[rounds.KEY]
    for line in lines:
        district, county = find(directory, line, "unit"), find(directory, line, "village")
        if district is not None and county is not None and not is_refused(work, line, district, county):
            line.plan = checking.wish_of(line, district, county, target)
        checking.judge(line, COUNTERPARTS)


def find(directory: Directory, line: Line, column: str) -> Entry | None:
    name = str(line.values.get(column) or "")
    found = directory.named(name, DISTRICTS) if name else []
    if found:
        checking.read_as(line, column, name, found[0])
        return checking.waits_for(line, column, found[0])
    if name:
        near = nearest(name, [entry for entry in directory.entries if entry.kind in DISTRICTS])
        checking.unknown(
            line, column, N_("No district or county of this name is known here."), [entry.name for entry in near]
        )
    return None


def is_refused(work: Work, line: Line, district: Entry, county: Entry) -> bool:
    if district is county:
        line.doubt(
            "village",
            "itself",
            N_("A district can't be its own counterpart."),
            N_("Correct one of the two names."),
            fatal=True,
        )
        return True
    return refuse_twice(work, line, (id(district), id(county)), column="village")


def export(place: Organisation) -> Iterator[Mapping[str, object]]:
    """The counterparts of the newest round of the place that has any."""
    counterparts = Pairing.objects.filter(within([place.path], "village__path"), level=Level.DISTRICT_COUNTY)
    newest = counterparts.order_by("-round__starts_on", "-round").values("round")[:1]
    rows = counterparts.filter(round__in=newest).standing().select_related("unit", "village")
    for pairing in rows.order_by("unit__path", "village__path").iterator():
        yield {
            "unit": pairing.unit.name,
            "village": pairing.village.name,
            "signed_on": pairing.signed_on,
            "ends_on": pairing.ends_on,
        }


COUNTERPARTS: Sheet = Sheet(
    "counterparts",
    _("counterpart table"),
    "对口帮扶",
    45,
    COLUMNS,
    survey=checking.survey,
    asks=(
        Ask("round", _("Round of the pairings"), rounds.offered_rounds),
        Ask("scheme", _("Scheme of a past round"), rounds.offered_schemes),
    ),
    check=check,
    apply=writing.write,
    export=export,
)
