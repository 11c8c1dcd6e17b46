"""Slips with one-time codes, and answering with one: without an account, and without a trace of who it was."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.schemes.survey_words import Channel
from reports.actions.survey import Marks, check_marks, check_running, keep, locked
from reports.models import SurveyCode, SurveyPlace
from reports.querysets.survey import MANAGE
from reports.survey.codes import digest_of, new_code
from reports.survey.states import SurveyState


@act(_("printed slips of a survey"))
def print_slips(*, by: User, place: SurveyPlace, at: datetime) -> list[str]:
    """A code for each household that can still answer on paper. Earlier slips that nobody used are void from now on."""
    place = locked(place)
    by.acting(MANAGE, place.survey.round.organiser)
    check_running(place.survey)
    if timezone.localdate(at) > place.survey.until:
        raise Refused(_("The last day for answers is over; slips would be of no use."))
    room = place.room(Channel.PAPER)
    if not room:
        raise Refused(_("Every household drawn for the questionnaire has answered in this village."))
    place.codes.all().delete()
    codes = [new_code() for _number in range(room)]
    SurveyCode.objects.bulk_create(SurveyCode(place=place, digest=digest_of(code)) for code in codes)
    return codes


def open_code(code: str, at: datetime) -> SurveyCode:
    """The code that somebody typed; a refusal that tells nothing of other codes."""
    rows = SurveyCode.objects.select_related("place__survey__round", "place__village")
    found = rows.filter(digest=digest_of(code), place__survey__state=SurveyState.RUNNING).first()
    if found is None:
        raise Refused(_("This code is not known, or it was used already. Compare it with your slip."))
    if timezone.localdate(at) > found.place.survey.until:
        raise Refused(_("The time for answers is over. Thank you all the same."))
    return found


@act(_("answered a satisfaction survey"))
def answer_by_code(*, by: None, code: str, marks: Marks, at: datetime) -> SurveyPlace:
    """The code is gone with it. Nothing that is kept tells when, or with which code, an answer came."""
    found = open_code(code, at)
    place = locked(found.place)
    gone, _by_model = SurveyCode.objects.filter(pk=found.pk).delete()
    if not gone:
        raise Refused(_("This code is not known, or it was used already. Compare it with your slip."))
    if not place.room(Channel.PAPER):
        raise Refused(_("Enough answers of this village are in. Thank you all the same."))
    check_marks(place, 1, marks)
    keep(Channel.PAPER, marks)
    place.add(Channel.PAPER, 1)
    return place
