"""The one button that fulfils a duty: where its record is made."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags import look
from duties.models import Duty
from duties.states import Standing
from members.nearness import Reader
from pairing.schemes.duty_words import Counted, Subject

PLANS = ("pairing_plans", gettext_lazy("To the plans"))
# Where the records of a pairing are made.
AT_PAIRING: dict[str, tuple[str, Any]] = {
    Counted.ACTIVITY: ("record_activity", gettext_lazy("Record an activity")),
    Counted.PLAN: PLANS,
    Counted.LETTER: PLANS,
    Counted.COMMITMENT: PLANS,
    Counted.PROJECT: ("pairing_projects", gettext_lazy("To the projects")),
    Counted.SHARED_RECORD: ("pairing_activities", gettext_lazy("To the archive")),
    Counted.FEEDBACK: ("write_feedback", gettext_lazy("Tell the unit")),
}
# What a committee hands in, at an app above.
WRITING: dict[str, tuple[str, Any]] = {
    Counted.CIRCULAR: ("new_circular", gettext_lazy("Write the circular")),
    Counted.ARRANGEMENT: ("new_arrangement", gettext_lazy("Write the notice")),
}


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
    def days_left(self) -> int:
        return self.duty.days_left(self.today)

    @property
    def words(self) -> str:
        if self.duty.is_met:
            return str(Standing.MET.label)
        return look.days_left_words(self.days_left)

    @property
    def urgency(self) -> tuple:
        return (self.duty.is_met, self.duty.due_on, self.duty.pk)


def step(duty: Duty) -> tuple[str, str]:
    """Address and words of the button."""
    counted = duty.rule.counted if duty.rule else ""
    if counted == Counted.GREETING_LETTER:
        return reverse("greeting_batches"), _("To the letters")
    if counted == Counted.REPORT:
        return reverse("write_report", args=[duty.pk]), _("Write the report")
    if counted == Counted.DIARY:
        return reverse("my_diary"), _("To the diary")
    if counted in WRITING:
        name, words = WRITING[counted]
        return reverse(name), str(words)
    if person := duty.household or duty.member or duty.person_pair:
        return person.get_absolute_url(), _("Look")
    if duty.floating:
        return duty.floating.get_absolute_url(), _("Look")
    if counted == Counted.FLOATING_FORUM:
        return reverse("floating_forums"), _("To the forums")
    if counted == Counted.SURVEY:
        return reverse("round_survey", args=[duty.round_id]), _("Look")
    if duty.rule and duty.rule.subject == Subject.ORGANISER:
        return reverse("coverage", args=[duty.round_id]), _("To the coverage")
    if duty.organisation:
        return reverse("market_villages", args=[duty.round_id]), _("Find villages")
    if counted in AT_PAIRING:
        name, words = AT_PAIRING[counted]
        return reverse(name, args=[duty.pairing_id]), str(words)
    if counted == Counted.DISCLOSURE and duty.pairing:
        return reverse("disclose", args=[duty.pairing.village_id]), _("To the disclosure")
    return duty.pairing.get_absolute_url() if duty.pairing else "", _("To the pairing")


def owed(duty: Duty, today: date, reader: Reader | None = None) -> Owed:
    person = duty.household or duty.member
    name = reader.name_of(person) if reader and person else str(duty.subject)
    url, action = ("", "") if duty.is_met else step(duty)
    return Owed(duty, today, url, action, name)
