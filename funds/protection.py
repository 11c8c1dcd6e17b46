"""What the database refuses for the ledger beside what `organisations.protection` does."""

import pgtrigger


def never_emptied(name: str) -> pgtrigger.Trigger:
    """TRUNCATE passes by the triggers of single rows."""
    return pgtrigger.Trigger(
        name=f"{name}_never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot empty a ledger';",
    )
