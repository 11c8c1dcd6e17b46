"""Whose turn it is with an agreement: the one place that derives it, for a page as for a list."""

from django.db.models import Case, CharField, FilteredRelation, Q, Value, When

from pairing.states import AgreementState, Side, Turn


def unit_signature() -> FilteredRelation:
    """The unit's signature beside its agreement; at most one, so no row is doubled. Made anew for each query."""
    return FilteredRelation("signatures", condition=Q(signatures__side=Side.UNIT))


def whose_turn() -> Case:
    """Expression over an agreement that `unit_signature` was added to."""
    return Case(
        When(state=AgreementState.DRAFT, then=turn_to_confirm()),
        When(state__in=[AgreementState.CONFIRMED, AgreementState.SIGNING], then=turn_to_sign()),
        default=Value(Turn.NOBODY),
        output_field=CharField(),
    )


def turn_to_confirm() -> Case:
    """Of a draft: who has not confirmed; where nobody has, who edited last, and at first the unit, because it must
    name its leader and department (SH-42)."""
    return Case(
        When(unit_confirmed_at__isnull=False, then=Value(Turn.VILLAGE)),
        When(village_confirmed_at__isnull=False, then=Value(Turn.UNIT)),
        When(edited_side=Side.VILLAGE, then=Value(Turn.VILLAGE)),
        default=Value(Turn.UNIT),
        output_field=CharField(),
    )


def turn_to_sign() -> Case:
    """Once both confirmed: both sign, in any order."""
    return Case(
        When(state=AgreementState.CONFIRMED, then=Value(Turn.BOTH)),
        When(unit_signature__isnull=False, then=Value(Turn.VILLAGE)),
        default=Value(Turn.UNIT),
        output_field=CharField(),
    )
