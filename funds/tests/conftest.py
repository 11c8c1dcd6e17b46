import pytest

from office.tests.conftest import own_media_root
from organisations.tests.conftest import signed_in

assert own_media_root
assert signed_in


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    """Each test has its own file of ends of chains."""
    settings.LEDGER_HEADS = tmp_path / "heads.txt"
