"""How the villages of Qianxi publish what their aid money did and tell the units: in time, still running, too short, or
not at all; what was asked and answered; which units may be named."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.periods import Period, months, quarters
from demonstration.calendar import Calendar, at
from demonstration.pictures import landscape
from demonstration.play import Pair
from funds.actions import feedback, objections, publishing
from funds.models import Disclosure, DisclosurePicture, Entry
from funds.publishing.profiles import LEAST_DAYS, profile_of
from funds.publishing.states import DisclosureKind
from funds.publishing.windows import of_period
from office import files
from office.models import StoredFile
from organisations.models import User
from pairing.states import Side

# Of the pairs in turn: for how many days a quarter stands in public; None: it is not published.
DAYS = (LEAST_DAYS, LEAST_DAYS, None, LEAST_DAYS, 7, 30)
BY_MONTH, UNREAD = (
    0,
    1,
)  # the place of the pair that published the last month as well, a few days ago; whose feedback waits
NAMED = (0, 1, 3)  # places of pairs whose unit may be named
AFTER = timedelta(days=9)  # between the end of a quarter and its publication
MONTH_AGO, MONTH_DAYS = 3, 20
Pictures = DisclosurePicture.Kind


@dataclass
class Telling:
    """One pair. `waiting`: when which period is published for how many days, the first one first."""

    pair: Pair
    place: int
    calendar: Calendar
    waiting: list[tuple[datetime, Period, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        since, today, days = self.calendar.in_round(120).date(), self.calendar.today, DAYS[self.place]
        ended = [one for one in quarters(since, today) if one.last_day + AFTER < today]
        if days:
            self.waiting = [(at(one.last_day + AFTER, 16), one, DisclosureKind.QUARTER, days) for one in ended]
        month = [one for one in months(since, today) if one.last_day < today - timedelta(days=MONTH_AGO)][-1:]
        if self.place == BY_MONTH:
            moment = self.calendar.days_ago(MONTH_AGO, 16)
            self.waiting += [(moment, one, DisclosureKind.MONTH, MONTH_DAYS) for one in month]

    def until(self, moment: datetime) -> None:
        """Publish what is due before anything of a later moment is entered."""
        while self.waiting and self.waiting[0][0] <= moment:
            self.publish(*self.waiting.pop(0))

    def publish(self, moment: datetime, period: Period, kind: str, days: int) -> None:
        by, village = self.pair.secretary(Side.VILLAGE), self.pair.village
        window = of_period(period, kind, profile_of(village))
        draft = publishing.prepare(by=by, village=village, window=window, at=moment)
        self.picture(draft, by, Pictures.PICTURE, moment)
        text = publishing.Text(
            words="本期收支已逐笔核对，凭证存村委会，欢迎村民查阅。", hotline="0857-4222333", reviewer="杨光明",
            reviewed_on=moment.date(), review_words="情况属实。",
        )  # fmt: skip
        made = publishing.publish(by=by, disclosure=draft, text=text, days=days, key=uuid.uuid4(), at=moment)
        self.picture(made, by, Pictures.BOARD, moment + timedelta(hours=1))

    def picture(self, disclosure: Disclosure, by: User, kind: str, moment: datetime) -> None:
        upload = (f"公开{disclosure.pk}.jpg", landscape(5000 + 2 * disclosure.pk + (kind == Pictures.BOARD)))
        found = files.check(upload=upload, kind=StoredFile.Kind.PICTURE)
        publishing.add_pictures(by=by, disclosure=disclosure, pictures=[found], kind=kind, at=moment)

    def finish(self) -> None:
        """Whatever is left to publish; then the words between village, unit and public."""
        self.until(self.calendar.days_ago(0, 8))
        unit, village = self.pair.secretary(Side.UNIT), self.pair.secretary(Side.VILLAGE)
        if self.place in NAMED:
            for gift in Entry.objects.standing().filter(giver=self.pair.unit, kind__in=["receipt", "goods"]):
                feedback.say_name(by=unit, gift=gift, is_shown=True, at=self.moment(40))
        days = {"starts_on": self.moment(120).date(), "ends_on": self.moment(60).date()}
        if DAYS[self.place] is None:
            feedback.ask_for_feedback(by=unit, pairing=self.pair.pairing, at=self.moment(45), **days)
            self.ask("抽水泵修好了没有？", 40)
        else:
            words = "抽水泵已装好，旱地浇上了水，其余资金按计划使用。"
            sent = feedback.send_feedback(
                by=village, pairing=self.pair.pairing, words=words, at=self.moment(20), **days
            )  # fmt: skip
            if self.place != UNREAD:
                feedback.note_read(by=unit, feedback=sent, at=self.moment(16))
        if self.place == 0:
            asked = self.ask("化肥为什么先记2800元，后来又冲销？", 25)
            words = "票据看错一位，已冲销重记为280元，票据可到村委会查看。"
            objections.answer_objection(by=village, objection=asked, words=words, at=self.moment(22))

    def ask(self, words: str, days: int):
        return objections.raise_objection(
            by=None, village=self.pair.village, kind="question", words=words, key=uuid.uuid4(), at=self.moment(days)
        )  # fmt: skip

    def moment(self, days: int) -> datetime:
        return self.calendar.in_round(days) + timedelta(hours=2)
