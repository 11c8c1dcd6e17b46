"""One-time codes on slips of paper: they open one answer of a village, and say nothing of who gives it."""

from django.utils.crypto import salted_hmac

from organisations.codes import as_printed, new_code

__all__ = ["digest_of", "new_code"]


def digest_of(code: str) -> str:
    """As typed from paper. Keyed by SECRET_KEY: a copy of the database alone answers nothing."""
    return salted_hmac("reports.survey", as_printed(code), algorithm="sha256").hexdigest()
