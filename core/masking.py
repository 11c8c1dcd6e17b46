"""How personal data looks to those who need not see it; the one place that decides."""

import re

MASKED_PHONE = re.compile(r"[\d-]*\*{2,}[\d-]*")
ELEVEN_DIGITS = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")


def mask_phone(phone: str) -> str:
    """138****1234; a landline keeps its last four digits."""
    if not phone:
        return ""
    if ELEVEN_DIGITS.fullmatch(phone):
        return ELEVEN_DIGITS.sub(r"\1****\2", phone)
    return "*" * max(len(phone) - 4, 4) + phone[-4:] if len(phone) > 4 else "****"


def is_masked_phone(text: str) -> bool:
    """What `mask_phone` made of a number: it tells nobody's number."""
    return MASKED_PHONE.fullmatch(text) is not None


def mask_name(name: str) -> str:
    """王** - the family name only."""
    return name[:1] + "*" * (len(name) - 1) if name else ""


def mask_phones_in(text: str) -> str:
    """Every mobile number in running text, masked."""
    return ELEVEN_DIGITS.sub(r"\1****\2", text)
