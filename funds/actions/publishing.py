"""Disclosures: prepared, given pictures, published after the supervision committee looked; corrected by a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.names import normal
from core.refusals import Refused
from funds.actions.entering import KEEP
from funds.models import DisclosedEntry, DisclosedFund, Disclosure, DisclosurePicture, DisclosureRules, Fund
from funds.notices import publishing as notices
from funds.publishing.filling import lines_for, snapshot
from funds.publishing.personal import check_public, names_kept_in
from funds.publishing.profiles import LEAST_DAYS, PROFILES
from funds.publishing.states import DisclosureKind, DisclosureState
from funds.publishing.windows import Window, window_of
from office import files
from office.files import Checked
from organisations.history import act
from organisations.models import Organisation, User

MOST_PICTURES = 6
LONGEST = 365  # days
Kind = DisclosurePicture.Kind


@dataclass(frozen=True)
class Text:
    """What is typed for a publication. `lines`: by the key of an entry how everybody reads what it was for."""

    words: str
    hotline: str
    reviewer: str
    reviewed_on: date
    review_words: str = ""
    reason: str = ""
    lines: Mapping[int, str] = field(default_factory=dict)


@act(_("prepared a disclosure"))
def prepare(*, by: User, village: Organisation, window: Window, at: datetime) -> Disclosure:
    """The one that is being prepared for these days; there is one for each period and each correction."""
    by.acting(KEEP, village)
    check_window(window, timezone.localdate(at))
    fresh = {"drafted_at": at, "drafted_by": by, "starts_on": window.starts_on, "ends_on": window.ends_on}
    same = {"village": village, "kind": window.kind, "period": window.period, "title": window.title}
    same |= {"corrects": window.corrects}
    if window.kind == DisclosureKind.MATTER and window.corrects is None:
        same |= {"starts_on": window.starts_on, "ends_on": window.ends_on, "state": DisclosureState.DRAFT}
    return Disclosure.objects.get_or_create(**same, defaults=fresh)[0]


def check_window(window: Window, today: date) -> None:
    if window.kind == DisclosureKind.MATTER:
        if not window.title.strip():
            raise Refused(_("Say in a few words what the major matter is."))
        if window.ends_on > today:
            raise Refused(_("This day lies in the future: publish it once it happened."))
    elif window.ends_on >= today:
        raise Refused(_("This period has not ended yet. Publish a major matter at once, the rest after its end."))
    if window.starts_on > window.ends_on:
        raise Refused(_("The first day must not be after the last."))
    if window.corrects is not None:
        if window.corrects.state == DisclosureState.DRAFT:
            raise Refused(_("This is not published yet; change it where it is prepared."))
        newer = Disclosure.objects.filter(corrects=window.corrects).public().exists()
        if newer:
            raise Refused(_("This disclosure is corrected already; correct the newest one."))


@act(_("added pictures to a disclosure"))
def add_pictures(*, by: User, disclosure: Disclosure, pictures: Sequence[Checked], kind: str, at: datetime) -> None:
    """Pictures while it is prepared, photos of the board once it hangs there."""
    disclosure = locked(by, disclosure)
    if (disclosure.state == DisclosureState.DRAFT) != (kind == Kind.PICTURE):
        raise Refused(_("Pictures belong to what is prepared, photos of the board to what is published."))
    if disclosure.pictures.filter(kind=kind).count() + len(pictures) > MOST_PICTURES:
        raise Refused(_("At most %(number)s pictures belong to one disclosure.") % {"number": MOST_PICTURES})
    DisclosurePicture.objects.bulk_create(
        DisclosurePicture(
            disclosure=disclosure, kind=kind, file=files.keep(picture, by=by), added_at=at, added_by=by
        )
        for picture in pictures
    )  # fmt: skip


@act(_("removed a picture from a disclosure"))
def remove_picture(*, by: User, picture: DisclosurePicture) -> None:
    disclosure = locked(by, picture.disclosure)
    if disclosure.state != DisclosureState.DRAFT:
        raise Refused(_("What is published stays as it is; correct it by a new version."))
    picture.delete()


@act(_("published a disclosure"))
def publish(
    *, by: User, disclosure: Disclosure, text: Text, days: int, key: UUID, at: datetime
) -> Disclosure:  # fmt: skip
    """From here on everybody reads it. Fewer than 15 days are kept as too short, and never count (P-20).

    The same `key` publishes once.
    """
    disclosure = locked(by, disclosure)
    if disclosure.state != DisclosureState.DRAFT:
        if disclosure.key == key:
            return disclosure
        raise Refused(_("What is published stays as it is; correct it by a new version."))
    village, today = disclosure.village, timezone.localdate(at)
    window = window_of(disclosure)
    check_window(window, today)
    check_text(disclosure, text, by=by, today=today)
    if not 1 <= days <= LONGEST:
        raise Refused(_("It stands in public between 1 and %(most)s days.") % {"most": LONGEST})
    funds = list(Fund.objects.filter(holder=village).select_for_update(no_key=True).order_by("pk"))
    lines = lines_for(village, window, dict(text.lines))
    names = names_kept_in(village)
    check_public([disclosure.title, text.words, text.review_words, text.reason], names)
    check_public((each for line in lines for each in (line.words, line.what)), names)
    DisclosedEntry.objects.bulk_create(
        DisclosedEntry(disclosure=disclosure, entry=line.entry, position=position, words=line.words.strip())
        for position, line in enumerate(lines, 1)
    )
    DisclosedFund.objects.bulk_create(
        DisclosedFund(disclosure=disclosure, fund=fund, number=fund.last_number, head=fund.head, **snapshot(fund))
        for fund in funds
        if fund.last_number
    )
    for name in ("words", "hotline", "reviewer", "reviewed_on", "review_words", "reason"):
        setattr(disclosure, name, getattr(text, name))
    disclosure.key, disclosure.published_at, disclosure.published_by = key, at, by
    disclosure.public_from, disclosure.public_until = today, today + timedelta(days=days - 1)
    disclosure.state = DisclosureState.PUBLISHED if days >= LEAST_DAYS else DisclosureState.SHORT
    disclosure.save()
    notices.tell_published(disclosure, at)
    return disclosure


def check_text(disclosure: Disclosure, text: Text, *, by: User, today: date) -> None:
    """Reviewed by somebody else (the supervision committee), with a phone to ask."""
    if not text.reviewer.strip():
        raise Refused(_("Say who of the supervision committee looked at it."))
    if bare(text.reviewer) in {bare(by.name), bare(disclosure.drafted_by.name)}:
        raise Refused(_("Whoever prepares it can't review it: name the member of the supervision committee."))
    if text.reviewed_on > today or text.reviewed_on < disclosure.ends_on:
        raise Refused(_("The supervision committee looks at it after the period, until today."))
    if not text.hotline.strip():
        raise Refused(_("Give a phone by which people can ask."))
    if disclosure.corrects_id and not text.reason.strip():
        raise Refused(_("Give the reason of the correction; everybody will read it."))


def bare(name: str) -> str:
    """A name however it was typed: 　李 桂兰 is 李桂兰."""
    return "".join(normal(name).split())


@act(_("chose the rules on village affairs disclosure"))
def choose_rules(*, by: User, place: Organisation, profile: str, at: datetime) -> DisclosureRules:
    """For all villages below; by whoever organises there."""
    by.acting("round.manage", place)
    if profile not in PROFILES:
        raise Refused(_("Choose one of the rules."))
    values = {"profile": profile, "chosen_at": at, "chosen_by": by}
    return DisclosureRules.objects.update_or_create(place=place, defaults=values)[0]


def locked(by: User, disclosure: Disclosure) -> Disclosure:
    rows = Disclosure.objects.select_for_update(no_key=True, of=("self",))
    disclosure = rows.select_related("village", "drafted_by", "corrects").get(pk=disclosure.pk)
    by.acting(KEEP, disclosure.village)
    return disclosure
