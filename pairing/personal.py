"""What is shown to everybody holds no number of a person (P-35): asked before anything is published."""

import re

from django.utils.translation import gettext_lazy as _

from core.names import normal
from core.refusals import Refused

# A mobile number, an identity number of 18 or 15 characters, an account number of 16 to 19 digits in groups of four.
NUMBER_OF_A_PERSON = re.compile(
    r"(?<!\d)(?:1\d{2}[ -]?\d{4}[ -]?\d{4}|\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15}"
    r"|\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)"
)


def check_nothing_personal(*texts: str) -> None:
    """Refuse a mobile, identity or account number, in whatever digits it was typed."""
    for text in texts:
        if found := NUMBER_OF_A_PERSON.search(normal(text)):
            raise Refused(
                _("“%(number)s…” looks like the number of a person. Everybody can read this: leave it out.")
                % {"number": found[0][:3]}
            )
