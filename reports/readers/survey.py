"""Who can read a survey: whoever runs it or supervises its organiser; once closed, each its own result."""

from django.utils.translation import gettext as _

from organisations.audience import Circle, Readers, reaching, readers_of
from organisations.models import Organisation
from reports.models import Survey, SurveyPlace, SurveySubject
from reports.querysets.survey import WATCHING


def watching(organiser: Organisation) -> list[Circle]:
    words = _("Posts that run or supervise surveys of %(name)s") % {"name": organiser.name}
    return [reaching(words, organiser, permission=permission) for permission in WATCHING]


@readers_of(Survey)
def of_survey(survey: Survey) -> Readers:
    circles = watching(survey.round.organiser)
    if survey.has_results:
        judged = Organisation.objects.filter(pk__in=survey.subjects.order_by().values("organisation"))
        circles.append(reaching(_("Posts of those who were asked about, and above"), *judged))
    return Readers(circles)


@readers_of(SurveySubject)
def of_subject(subject: SurveySubject) -> Readers:
    circles = watching(subject.survey.round.organiser)
    if subject.survey.has_results:
        circles.append(reaching(_("Posts of those who were asked about, and above"), subject.organisation))
    return Readers(circles)


@readers_of(SurveyPlace)
def of_place(place: SurveyPlace) -> Readers:
    return Readers(watching(place.survey.round.organiser))
