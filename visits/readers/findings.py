"""Who can read a finding: whoever sees its visit."""

from organisations.audience import Readers, readers_of
from visits.models import Finding
from visits.readers.household_visits import of_household_visit


@readers_of(Finding)
def of_finding(finding: Finding) -> Readers:
    return of_household_visit(finding.visit)
