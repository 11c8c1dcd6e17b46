"""Whose turn it is with an agreement: the one place that derives it, for a page as for a list."""

from django.db.models import Case, CharField, FilteredRelation, Q, Value, When

from pairing.states import AgreementState, Side, Turn


def unit_signature() -> FilteredRelation:
    """The unit's signature beside its agreement; at most one, so no row is doubled. Made anew for each query."""
    return FilteredRelation("signatures", condition=Q(signatures__side=Side.UNIT))


def whose_turn() -> Case:
    """Expression over an agreement that `unit_signature` was added to.

    While it is negotiated: who has not confirmed; where nobody has, who edited last, and at first the unit,
    because it must name its leader and department (SH-42). Once both confirmed: both sign, in any order.
    """
    return Case(
        When(state=AgreementState.CONFIRMED, then=Value(Turn.BOTH)),
        When(state=AgreementState.SIGNING, unit_signature__isnull=False, then=Value(Turn.VILLAGE)),
        When(state=AgreementState.SIGNING, then=Value(Turn.UNIT)),
        When(~Q(state=AgreementState.DRAFT), then=Value(Turn.NOBODY)),
        When(unit_confirmed_at__isnull=False, then=Value(Turn.VILLAGE)),
        When(village_confirmed_at__isnull=False, then=Value(Turn.UNIT)),
        When(edited_side=Side.VILLAGE, then=Value(Turn.VILLAGE)),
        default=Value(Turn.UNIT),
        output_field=CharField(),
    )
