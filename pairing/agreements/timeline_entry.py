"""One entry of the story of a pairing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    at: datetime
    sentence: object
    detail: str = ""
