"""What floating members find difficult goes to their origin, wherever they said so."""

from datetime import datetime

from members.models import FloatingRecord
from pairing.actions.issues import raise_issue
from pairing.models import Issue

TITLE = 60


def pass_on(record: FloatingRecord, words: str, *, source: str, source_words: str, url: str, at: datetime) -> Issue:
    """A difficulty becomes an issue that the origin has to solve. Raised for the member, who may have no account."""
    words = words.strip()
    return raise_issue(
        by=None,
        title=words.splitlines()[0][:TITLE],
        kind=Issue.Kind.LIVELIHOOD,
        at=at,
        organisation=record.origin,
        words=words,
        source=source,
        source_words=source_words,
        source_url=url,
        owner=record.origin,
    )
