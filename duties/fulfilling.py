"""The one button that fulfils a duty: where its record is made."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.templatetags import look
from duties.models import Duty
from duties.states import Standing
from members.nearness import Reader
from pairing.schemes.duty_words import Counted, Subject


@dataclass(frozen=True)
class Owed:
    """A duty as a person reads it on a day. `url` and `action`: the next step, empty where there is none.

    `name`: whom it is counted on, in full where the reader is near, else the family name only (P-35).
    """

    duty: Duty
    today: date
    url: str = ""
    action: str = ""
    name: str = ""

    @property
    def standing(self) -> Standing:
        return self.duty.standing(self.today)

    @property
    def tone(self) -> str:
        return self.duty.tone(self.today)

    @property
    def words(self) -> str:
        if self.duty.is_met:
            return str(Standing.MET.label)
        return look.days_left_words(self.duty.days_left(self.today))

    @property
    def urgency(self) -> tuple:
        return (self.duty.is_met, self.duty.due_on, self.duty.pk)


def step(duty: Duty) -> tuple[str, str]:
    """Address and words of the button."""
    counted = duty.rule.counted if duty.rule else ""
    if counted == Counted.GREETING_LETTER:
        return reverse("greeting_batches"), _("To the letters")
    if counted == Counted.DIARY:
        return reverse("my_diary"), _("To the diary")
    if person := duty.household or duty.member or duty.person_pair:
        return person.get_absolute_url(), _("Look")
    if duty.floating:
        return duty.floating.get_absolute_url(), _("Look")
    if counted == Counted.FLOATING_FORUM:
        return reverse("floating_forums"), _("To the forums")
    if duty.rule and duty.rule.subject == Subject.ORGANISER:
        return reverse("coverage", args=[duty.round_id]), _("To the coverage")
    if duty.organisation:
        return reverse("market_villages", args=[duty.round_id]), _("Find villages")
    if counted == Counted.ACTIVITY:
        return reverse("record_activity", args=[duty.pairing_id]), _("Record an activity")
    if counted in (Counted.PLAN, Counted.LETTER, Counted.COMMITMENT):
        return reverse("pairing_plans", args=[duty.pairing_id]), _("To the plans")
    if counted == Counted.PROJECT:
        return reverse("pairing_projects", args=[duty.pairing_id]), _("To the projects")
    return duty.pairing.get_absolute_url() if duty.pairing else "", _("To the pairing")


def owed(duty: Duty, today: date, reader: Reader | None = None) -> Owed:
    person = duty.household or duty.member
    name = reader.name_of(person) if reader and person else str(duty.subject)
    url, action = ("", "") if duty.is_met else step(duty)
    return Owed(duty, today, url, action, name)
