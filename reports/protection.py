"""What the database refuses of the parts of a record that was closed or issued, whoever asks."""

from collections.abc import Sequence

import pgtrigger

from pairing.protection import ROWS


def kept_with(join: str, states: Sequence[str], table: str = "whole") -> list[pgtrigger.Trigger]:
    """Once a statement: nothing is added, changed or taken away where `whole` is in one of the states.

    `join` leads from `touched` to the record as a whole.
    """
    named = ", ".join(f"'{state}'" for state in states)
    return [
        pgtrigger.Trigger(
            name=f"kept_with_its_whole_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"""
                IF EXISTS (SELECT 1 FROM {rows} touched {join} WHERE {table}.state IN ({named})) THEN
                    RAISE EXCEPTION 'pgtrigger: Cannot {verb} parts of what is closed';
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - our own words
        )
        for verb, (operation, referencing, rows) in ROWS.items()
    ]


def changed_beside(states: Sequence[str], *columns: str) -> pgtrigger.Condition:
    """A row that was in one of the states is changed in more than these columns, which follow a merger."""
    old, new = ("to_jsonb({0})" + "".join(f" - '{column}'" for column in columns) for _row in range(2))
    named = ", ".join(f"'{state}'" for state in states)
    return pgtrigger.Condition(f"OLD.state IN ({named}) AND {old.format('OLD')} <> {new.format('NEW')}")
