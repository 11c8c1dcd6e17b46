"""Floating members for tests: two places, a member away from home, and the records that hang on them."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from members.models import FloatingRecord
from members.states import FloatingState
from members.tests import factories
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.tests import factories as pairs
from pairing.tests.factories import CHINA

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=CHINA)
TODAY = NOW.date()
LEFT = date(2025, 3, 1)


def floating(
    origin: Organisation, destination: Organisation | None = None, *, state: str = FloatingState.DEPARTED, **fields: Any
) -> FloatingRecord:
    """Left long ago with everything done, unless asked otherwise."""
    member = fields.pop("member", None) or factories.member(origin)
    values: dict[str, Any] = {"leaves_on": LEFT, "registered_at": NOW, **fields}
    if state == FloatingState.REPORTED_IN:
        placed = {"reported_in_where": "社区", "placement": "territory", "placement_rule": "属地"}
        values = {"reported_in_on": values["leaves_on"], **placed, **values}
    if state in (FloatingState.RETURNED, FloatingState.ENDED):
        values.setdefault("ended_on", TODAY)
    values.setdefault("registered_by", people.user())
    return FloatingRecord.objects.create(member=member, origin=origin, destination=destination, state=state, **values)


def places() -> SimpleNamespace:
    """A village that members leave, a community and a firm where they arrive, in a county with the kite scheme."""
    county = people.county()
    town = people.township(county)
    village, next_village = people.village(town, "寒葱河村"), people.village(town, "东沟村")
    community = people.organisation("朝阳社区", kind="community", parent=county)
    firm = people.organisation("北寒木业", kind="new_economic_org", parent=county)
    round = pairs.round(county, scheme="suifenhe")
    walker = people.user("cadre", village)
    return SimpleNamespace(
        county=county,
        town=town,
        village=village,
        community=community,
        firm=firm,
        round=round,
        version=round.scheme_version,
        member=factories.member(village, "于洪江", user=walker),
        walker=walker,
        secretary=people.user("village_secretary", village),
        other_secretary=people.user("village_secretary", next_village),
        host=people.user("village_secretary", community),
        supervisor=people.user("township_supervisor", town),
        organiser=people.user("organiser", county),
        stranger=people.user("organiser", people.county("白水县")),
    )


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
