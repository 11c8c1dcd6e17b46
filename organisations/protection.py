"""What the database itself refuses, for any role (design idea 4)."""

import pgtrigger


def append_only(name: str) -> pgtrigger.Protect:
    """Rows are inserted, and never changed or deleted."""
    return pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
