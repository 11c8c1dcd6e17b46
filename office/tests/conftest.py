import pytest


@pytest.fixture(autouse=True)
def own_media_root(settings, tmp_path):
    """No test leaves files behind."""
    settings.MEDIA_ROOT = tmp_path / "files"
