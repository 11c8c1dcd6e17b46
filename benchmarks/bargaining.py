"""What happens around the pairings of a round: consortia, amendments, choices by committees, contact points."""

from datetime import datetime

from organisations.kinds import Kind
from organisations.models import Organisation
from pairing.figures.helpers import CONTACT_TAGS
from pairing.models import Agreement, Commitment, Intention, Pairing, PairingPartner, Round, SelectionBatch
from pairing.states import PartnerState

OF_A_BATCH = 20


def fill(round: Round, now: datetime) -> None:
    """One of five pairings has a partner beside the lead, one of ten an amendment under way."""
    pairings = list(Pairing.objects.filter(round=round).order_by("pk"))
    partners(round, pairings, now)
    amendments(round)
    batches(round)
    villages = Organisation.objects.villages()
    villages.filter(pk__in=list(villages.values_list("pk", flat=True)[::10])).update(tags=[CONTACT_TAGS[0]])


def partners(round: Round, pairings: list[Pairing], now: datetime) -> None:
    joined = {"state": PartnerState.JOINED, "answered_at": now, "answered_by": round.opened_by}
    PairingPartner.objects.bulk_create(
        [
            PairingPartner(pairing=pairing, unit_id=pairings[i - 1].unit_id, share=30, **joined)
            for i, pairing in enumerate(pairings)
            if i % 5 == 1
        ],
        2_000,
    )


def amendments(round: Round) -> None:
    signed = Agreement.objects.in_force().filter(pairing__round=round).order_by("pk")
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                pairing_id=each.pairing_id,
                number=2,
                amends=each,
                edited_side="unit",
                starts_on=each.starts_on,
                ends_on=each.ends_on,
            )
            for each in list(signed)[::10]
        ],
        2_000,
    )
    money = Commitment.Kind.MONEY
    Commitment.objects.bulk_create(
        [Commitment(agreement=each, kind=money, title="帮扶资金", amount=20_000) for each in made], 2_000
    )


def batches(round: Round) -> None:
    """The open proposals were made by the committees, so many at once."""
    counties = list(Organisation.objects.filter(kind=Kind.COUNTY).order_by("path"))
    open_ones = list(Intention.objects.open().filter(round=round).order_by("pk").values_list("pk", flat=True))
    groups = [open_ones[start : start + OF_A_BATCH] for start in range(0, len(open_ones), OF_A_BATCH)]
    made = SelectionBatch.objects.bulk_create(
        [
            SelectionBatch(round=round, committee=counties[i % len(counties)], area=counties[-1])
            for i in range(len(groups))
        ]
    )
    chosen = [Intention(pk=pk, batch=batch) for batch, group in zip(made, groups, strict=True) for pk in group]
    Intention.objects.bulk_update(chosen, ["batch"], 2_000)
