"""Tokens of private addresses: kept as a keyed hash, so that a copy of the database alone opens nothing."""

import secrets

from django.utils.crypto import salted_hmac

BYTES = 24


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def keyed_hash(purpose: str, token: str) -> str:
    """Keyed by SECRET_KEY; of another purpose the same token has another."""
    return salted_hmac(purpose, token, algorithm="sha256").hexdigest()
