"""What two small counties begin with: their townships, villages and units, and a first round over all of them."""

from collections.abc import Sequence

from demonstration import people
from demonstration.calendar import Calendar
from demonstration.opening import opened_round
from demonstration.play import Pair
from organisations.actions import add_organisation
from organisations.kinds import Kind, Level
from organisations.models import Organisation, User
from pairing.models import Round

Row = tuple[str, str, str, str, str]  # township, village, its secretary; unit, its secretary


def begin(
    calendar: Calendar, root: Organisation, organiser: User, rows: Sequence[Row], *, scheme: str, name: str
) -> tuple[Round, list[Pair]]:
    """A round since March of the year before, and a pair for each row. `name` is what the work is called there."""
    found = [parties(root, *row) for row in rows]
    start = calendar.first_of_march.replace(year=calendar.first_of_march.year - 1)
    secretaries = people.appoint_contacts(root, since=start)
    round = opened_round(root, organiser, start, scheme=scheme, name=name)
    return round, [Pair(round, unit, village, secretaries) for unit, village in found]


def parties(root: Organisation, township: str, village: str, secretary: str, unit: str, branch: str):
    """Unit and village, each with the name of its secretary."""
    town = Organisation.objects.under(root).filter(name=township).first() or add_organisation(
        by=None, parent=root, fields={"name": township, "kind": Kind.TOWNSHIP}
    )
    place = add_organisation(
        by=None, parent=town, fields={"name": village, "kind": Kind.VILLAGE, "contact_name": secretary}
    )
    fields = {"name": unit, "kind": Kind.AGENCY, "level": Level.COUNTY, "contact_name": branch}
    return add_organisation(by=None, parent=root, fields=fields), place
