"""Who can read assessments and score sheets: whoever checks those below; the assessed and their partners once shown."""

from django.utils.translation import gettext as _

from organisations.audience import Circle, Readers, reaching, readers, readers_of
from organisations.models import Organisation
from pairing.models import Pairing
from reports.models import AdjustmentCase, Assessed, Assessment
from reports.querysets.assessment import READ, SHOWN


@readers_of(Assessed)
def of_assessed(assessed: Assessed) -> Readers:
    pairing = assessed.pairing
    parties: list[Organisation | None] = [pairing.unit, pairing.village] if pairing else [assessed.organisation]
    organiser = assessed.assessment.round.organiser
    found = [reaching(_("Who checks the assessment, and above"), organiser, *parties, permission=READ)]
    if assessed.assessment.state in SHOWN:
        found += shown_to(assessed, parties)
    return Readers(found)


def shown_to(assessed: Assessed, parties: list[Organisation | None]) -> list[Circle]:
    found = [reaching(_("The assessed, and above"), *parties)]
    if assessed.pairing:
        return [*found, *readers(assessed.pairing).circles]
    pairings = Pairing.objects.select_related("unit", "village").order_by()
    sides = [each.village for each in pairings.filter(unit=assessed.organisation)]
    sides += [each.unit for each in pairings.filter(village=assessed.organisation)]
    return [*found, reaching(_("Their partners, and above"), *sides)]


@readers_of(Assessment)
def of_assessment(assessment: Assessment) -> Readers:
    """Whoever reads one of its sheets."""
    found = [reaching(_("Who checks the assessment, and above"), assessment.round.organiser, permission=READ)]
    for assessed in assessment.subjects.related():
        found += of_assessed(assessed).circles
    return Readers(found)


@readers_of(AdjustmentCase)
def of_case(case: AdjustmentCase) -> Readers:
    """The two sides of the pairing, and whoever checks the assessment."""
    checks = reaching(_("Who checks the assessment, and above"), case.pairing.round.organiser, permission=READ)
    return Readers([checks, *readers(case.pairing).circles])
