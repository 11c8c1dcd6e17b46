"""Who can read what the app keeps, as its `visible_to` decides; the organisations' app loads it on start."""

from reports.readers import archive, assessment, figures, inspection, local_forms, notice, pay, periodic, praise, survey

__all__ = [
    "archive",
    "assessment",
    "figures",
    "inspection",
    "local_forms",
    "notice",
    "pay",
    "periodic",
    "praise",
    "survey",
]
from reports.readers import change_notes

__all__ = ["assessment", "change_notes", "figures", "inspection", "notice", "pay", "periodic", "praise", "survey"]
