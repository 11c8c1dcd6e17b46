from visits.states import TRANSITIONS, ActivityState


def test_every_state_is_listed_and_leads_only_to_known_ones():
    for states, ways in TRANSITIONS.items():
        assert set(ways) == set(states)
        assert {then for steps in ways.values() for then in steps} <= set(states)
    assert ActivityState.CONFIRMED not in {
        now for now, steps in TRANSITIONS[ActivityState].items() if "cancelled" in steps
    }
