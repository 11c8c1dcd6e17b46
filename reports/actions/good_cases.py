"""Good cases: hand in, send back, publish, take off the public page, withdraw (TN-31)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from office import inbox
from office.models.messages import NOTICE
from organisations.history import act, note_capacity
from organisations.models import Appointment, Organisation, User
from pairing.models import Round
from pairing.personal import check_nothing_personal
from reports.circulars.sending import reading_permission
from reports.models import GoodCase, GoodCaseStep
from reports.praise.authors import check_words
from reports.praise.states import GoodCaseState, check_transition

JUDGE = "inspection.manage"
KIND = "good_case"
Verb = GoodCaseStep.Verb


@dataclass(frozen=True)
class Words:
    """What the author writes. `may_be_public`: they agree to a page that everybody reads."""

    title: str
    practice: str
    outcome: str
    lesson: str = ""
    may_be_public: bool = False


@act(_("handed in a good case"))
def hand_in_case(*, by: User, organisation: Organisation, round: Round, words: Words, at: datetime) -> GoodCase:
    """By whoever acts for a unit or village of the round, or reports for a committee of it."""
    post = author_post(by, organisation)
    if not Round.objects.visible_to(by).published().filter(pk=round.pk).exists():
        raise Refused(_("Choose a round that is open."))
    case = GoodCase(organisation=organisation, round=round, submitted_at=at, submitted_by=by)
    keep_words(case, words)
    submitted(case, by, post, at)
    return case


@act(_("handed in a good case again"))
def hand_in_again(*, by: User, case: GoodCase, words: Words, at: datetime) -> GoodCase:
    case = locked(case)
    post = author_post(by, case.organisation)
    check_transition(case.state, GoodCaseState.SUBMITTED, _("Only a case that was sent back is written again."))
    inbox.settle(key=key_of(case, "write"), at=at)
    case.state, case.submitted_at, case.submitted_by = GoodCaseState.SUBMITTED, at, by
    keep_words(case, words)
    submitted(case, by, post, at)
    return case


@act(_("sent a good case back"))
def return_case(*, by: User, case: GoodCase, words: str, at: datetime) -> GoodCase:
    case = locked(case)
    post = by.acting(JUDGE, case.round.organiser)
    check_transition(case.state, GoodCaseState.RETURNED, _("Only a case that waits is sent back."))
    if not words.strip():
        raise Refused(_("Say what is to be written better."))
    case.state = GoodCaseState.RETURNED
    case.save(update_fields=["state"])
    noted(case, Verb.RETURNED, by, post, at, words)
    tell_author(case, gettext_noop("Your good case was sent back with a remark: %(title)s"), "write", at)
    return case


@act(_("published a good case"))
def publish_case(*, by: User, case: GoodCase, remark: str, in_public: bool, at: datetime) -> GoodCase:
    """To everybody of the round; on a public page only where the author agreed. Scanned once more."""
    case = locked(case)
    post = by.acting(JUDGE, case.round.organiser)
    check_transition(case.state, GoodCaseState.PUBLISHED, _("Only a case that waits is published."))
    if in_public and not case.may_be_public:
        raise Refused(_("The author did not agree to a public page."))
    check_words((*case.texts, remark), case.organisation, case.round)
    case.state, case.published_at, case.published_by = GoodCaseState.PUBLISHED, at, by
    case.remark, case.is_public = remark.strip(), in_public
    case.save()
    noted(case, Verb.PUBLISHED, by, post, at, remark)
    tell_author(case, gettext_noop("Your good case was published: %(title)s"), "published", at, kind=NOTICE)
    return case


@act(_("took a good case off the public page"))
def hide_case(*, by: User, case: GoodCase, at: datetime) -> GoodCase:
    """By the author, who takes the consent back, or by the organiser; those of the round go on reading it."""
    case = locked(case)
    post = either_post(by, case)
    if not case.is_public:
        raise Refused(_("It does not stand on a public page."))
    case.is_public = case.may_be_public = False
    case.save(update_fields=["is_public", "may_be_public"])
    noted(case, Verb.HIDDEN, by, post, at)
    return case


@act(_("withdrew a good case"))
def withdraw_case(*, by: User, case: GoodCase, words: str, at: datetime) -> GoodCase:
    """By the author, at any time; what was published by the organiser too."""
    case = locked(case)
    was_out = case.state == GoodCaseState.PUBLISHED
    post = either_post(by, case) if was_out else author_post(by, case.organisation)
    check_transition(case.state, GoodCaseState.WITHDRAWN, _("It was withdrawn already."))
    if was_out and not words.strip():
        raise Refused(_("It was published: say why it is withdrawn."))
    case.state, case.is_public = GoodCaseState.WITHDRAWN, False
    case.save(update_fields=["state", "is_public"])
    noted(case, Verb.WITHDRAWN, by, post, at, words)
    inbox.settle_all([key_of(case, "write"), key_of(case, "judge")], at=at)
    return case


def keep_words(case: GoodCase, words: Words) -> None:
    texts = {name: getattr(words, name).strip() for name in ("title", "practice", "outcome", "lesson")}
    if not all(texts[name] for name in ("title", "practice", "outcome")):
        raise Refused(_("A case has a title, and says what is done and what came of it."))
    check_words(texts.values(), case.organisation, case.round)
    for name, text in texts.items():
        setattr(case, name, text)
    case.may_be_public = words.may_be_public
    case.save()


def submitted(case: GoodCase, by: User, post: Appointment, at: datetime) -> None:
    noted(case, Verb.SUBMITTED, by, post, at)
    inbox.tell(
        organisations=[case.round.organiser], permission=JUDGE, kind=KIND, at=at, body="",
        subject=gettext_noop("A good case waits to be published or sent back: %(title)s"),
        params={"title": case.title}, url=case.get_absolute_url(), key=key_of(case, "judge"),
    )  # fmt: skip


def noted(case: GoodCase, verb: str, by: User, post: Appointment, at: datetime, words: str = "") -> None:
    check_nothing_personal(words)
    GoodCaseStep.objects.create(case=case, verb=verb, words=words.strip(), at=at, by=by, acting_as=post)
    if verb in (Verb.RETURNED, Verb.PUBLISHED):
        inbox.settle(key=key_of(case, "judge"), at=at)


def tell_author(case: GoodCase, subject: str, step: str, at: datetime, kind: str = KIND) -> None:
    inbox.tell(
        organisations=[case.organisation], permission=reading_permission(case.organisation), subject=subject, body="",
        params={"title": case.title}, url=case.get_absolute_url(), kind=kind, key=key_of(case, step), at=at,
    )  # fmt: skip


def key_of(case: GoodCase, step: str) -> str:
    """Of each handing-in anew, so that whoever waits is told again."""
    return f"good_case:{case.pk}:{step}:{int(case.submitted_at.timestamp())}"


def author_post(by: User, organisation: Organisation) -> Appointment:
    return by.acting(reading_permission(organisation), organisation)


def either_post(by: User, case: GoodCase) -> Appointment:
    post = by.capacity(reading_permission(case.organisation), case.organisation)
    post = post or by.capacity(JUDGE, case.round.organiser)
    if post is None:
        raise Refused(_("This is done by whoever wrote the case and by the organiser of the round."))
    note_capacity(post)
    return post


def locked(case: GoodCase) -> GoodCase:
    rows = GoodCase.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "round__organiser").get(pk=case.pk)
