"""What is published names nobody in need and holds no number of a person (P-35): asked at the field and by the act."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.masking import mask_name
from core.refusals import Refused
from members.models import Household, Person
from organisations.models import Organisation
from pairing.personal import check_nothing_personal

SHORTEST_NAME = 2


def names_kept_in(village: Organisation) -> set[str]:
    """Heads of households and persons in need on the rosters of the village."""
    heads = Household.objects.filter(village=village, erased_at=None).values_list("head", flat=True)
    persons = Person.objects.filter(village=village, erased_at=None).values_list("name", flat=True)
    return {name for name in (*heads, *persons) if len(name) >= SHORTEST_NAME}


def check_public(texts: Iterable[str], names: set[str]) -> None:
    """Refuse a mobile, identity or account number, and the name of somebody on the rosters of the village."""
    for text in filter(None, texts):
        check_nothing_personal(text)
        found = next((name for name in names if name in text), None)
        if found is not None:
            raise Refused(
                _("“%(name)s” stands on the rosters of the village. Everybody can read this: leave the name out.")
                % {"name": mask_name(found)}
            )
