import pytest

from office.rosters.sheets import described_sheets


@pytest.fixture(autouse=True)
def own_rosters(settings):
    """What lies above is no matter of these tests: its sheets are passed over here as any other roster would be."""
    settings.ROSTER_SHEETS = [name for name in settings.ROSTER_SHEETS if not name.startswith("members.")]
    described_sheets.cache_clear()
    yield
    described_sheets.cache_clear()
