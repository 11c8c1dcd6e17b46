"""The first round of a county: its scheme's own dates, and everybody below it in the directory."""

from dataclasses import replace
from datetime import date

from demonstration.calendar import at
from organisations.models import Organisation, User
from pairing.actions import open_round, prepare_round, publish_directory
from pairing.models import Round, Scheme
from pairing.schemes.terms import default_terms


def opened_round(root: Organisation, organiser: User, start: date, *, scheme: str, name: str) -> Round:
    """`name` is what the work is called there; the years of the round follow it."""
    version = Scheme.objects.get(key=scheme).versions.all()[0]
    terms = default_terms(version.rules, starts_on=start)
    terms = replace(terms, name=f"{name} {start.year}—{terms.ends_on.year}")
    round = prepare_round(by=organiser, scheme_version=version, organiser=root, terms=terms)
    below = Organisation.objects.under(root).open()
    publish_directory(by=organiser, round=round, villages=below.villages(), units=below.units(), at=at(start, 9))
    return open_round(by=organiser, round=round, at=at(start, 10))
