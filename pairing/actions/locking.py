"""One order of locks for everything that two sides do to each other, so that nobody waits in a circle.

First both parties by primary key, then the record; so does a merger of organisations, which begins with holding them.
NO KEY, because a foreign key to a party must stay possible.
"""

from organisations.models import Organisation
from pairing.models import Agreement, Intention, Pairing, Round


def lock_parties(*parties: Organisation) -> None:
    pks = sorted({party.pk for party in parties})
    list(Organisation.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def lock_intention(intention: Intention) -> Intention:
    """The intention as it is now, with its two parties locked."""
    lock_parties(intention.unit, intention.village)
    rows = Intention.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("round__scheme_version", "unit", "village").get(pk=intention.pk)


def lock_pairing(pairing: Pairing) -> Pairing:
    """The pairing as it is now, with its two parties locked."""
    lock_parties(pairing.unit, pairing.village)
    return lock_pairing_alone(pairing)


def lock_pairing_alone(pairing: Pairing) -> Pairing:
    """For a decision on organisations, which holds those that it is about already, and no others."""
    rows = Pairing.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("round__scheme_version", "unit", "village", "intention").get(pk=pairing.pk)


def lock_agreement(agreement: Agreement) -> Agreement:
    """The agreement as it is now; its parties and its pairing are locked first."""
    pairing = lock_pairing(agreement.pairing)
    fresh = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=agreement.pk)
    fresh.pairing = pairing
    return fresh


def fresh_round(round: Round) -> Round:
    return Round.objects.select_related("scheme_version").prefetch_related("milestones").get(pk=round.pk)
