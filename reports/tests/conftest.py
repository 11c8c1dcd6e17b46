import pytest

from organisations.tests.conftest import signed_in
from pairing.tests.promising import signed_under

__all__ = ["place", "signed_in"]


@pytest.fixture
def place(db):
    """A county whose unit and village have signed."""
    return signed_under("town")[0]
