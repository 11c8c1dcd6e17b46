"""A closed round is read only (SH-05): the database refuses every change to what belongs to it, whoever asks.

A round that came with a roster stays correctable, by importing the roster again or by undoing the import.
"""

import pgtrigger

TO_ROUND = {
    "round": "JOIN pairing_round r ON r.id = touched.round_id",
    "pairing": "JOIN pairing_pairing p ON p.id = touched.pairing_id JOIN pairing_round r ON r.id = p.round_id",
    "agreement": (
        "JOIN pairing_agreement a ON a.id = touched.agreement_id "
        "JOIN pairing_pairing p ON p.id = a.pairing_id JOIN pairing_round r ON r.id = p.round_id"
    ),
    "plan": (
        "JOIN pairing_plan a ON a.id = touched.plan_id "
        "JOIN pairing_pairing p ON p.id = a.pairing_id JOIN pairing_round r ON r.id = p.round_id"
    ),
    "target": (
        "JOIN pairing_target a ON a.id = touched.target_id "
        "JOIN pairing_pairing p ON p.id = a.pairing_id JOIN pairing_round r ON r.id = p.round_id"
    ),
}
ROWS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "new_rows"),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        "(SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows)",
    ),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "old_rows"),
}


def kept_with_its_round(through: str = "round", join: str = "") -> list[pgtrigger.Trigger]:
    """Once a statement, however many rows; `through` is the column that leads to the round.

    `join`: how an app above leads there, from `touched` to the round `r`, where its column is not among ours.
    """
    return [
        pgtrigger.Trigger(
            name=f"kept_with_its_round_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"""
                IF EXISTS (
                    SELECT 1 FROM {rows} touched {join or TO_ROUND[through]}
                    WHERE r.state = 'closed' AND NOT r.is_from_roster
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: Cannot {verb} what belongs to a closed round';
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - our own words
        )
        for verb, (operation, referencing, rows) in ROWS.items()
    ]
