"""One-time codes that can be read from paper: Crockford's alphabet has no I, L, O and U."""

import secrets

from django.utils.crypto import salted_hmac

from core.names import normal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """Like 7K3M-Q0XD: 40 bits, enough for a code that lives two weeks behind a throttle."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def as_printed(typed: str) -> str:
    """What somebody typed from paper: any case, full-width, with or without the hyphen, O for 0, I or L for 1."""
    letters = "".join(sign for sign in normal(typed).upper() if sign.isalnum()).translate(MISREAD)
    return f"{letters[:4]}-{letters[4:]}"


def hashed(code: str) -> str:
    """Keyed by SECRET_KEY, so that a copy of the database alone opens no account."""
    return salted_hmac("organisations.invitation", as_printed(code), algorithm="sha256").hexdigest()
