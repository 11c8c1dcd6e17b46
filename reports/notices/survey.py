"""Who is told of a filed survey: those who were asked about, each of its own result."""

from datetime import datetime

from django.utils.translation import gettext_noop

from office import inbox
from pairing.schemes.survey_words import SubjectKind
from reports.models import Survey

PERMISSIONS = {SubjectKind.TEAM: "unit.act", SubjectKind.PARTY: "village.act"}


def tell_subjects(survey: Survey, at: datetime) -> None:
    subjects = survey.subjects.filter(kind__in=PERMISSIONS).select_related("organisation")
    inbox.tell_each(
        {
            "organisation": subject.organisation, "permission": PERMISSIONS[SubjectKind(subject.kind)],
            "kind": inbox.NOTICE, "at": at, "key": f"survey:{survey.pk}:{subject.kind}",
            "subject": gettext_noop("What people answered in the satisfaction survey of %(year)s"),
            "params": {"year": survey.year}, "url": subject.get_absolute_url(),
        }
        for subject in subjects
    )  # fmt: skip
