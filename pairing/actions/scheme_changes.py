"""Another version of the scheme for a running round: decided in the open, in force from a chosen day on."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from core.refusals import Refused
from office import inbox
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.rounds import ACTS_FOR, locked
from pairing.figures.stages import standing_pairings
from pairing.models import Round, SchemeChange, SchemeVersion
from pairing.models.scheme_change import in_force
from pairing.schemes.scheme import SchemeText
from pairing.states import RoundState, Side

CHANGED = gettext_noop("From %(day)s on, %(round)s goes by another version of its scheme: see what changes and why.")
KIND = "scheme change"


def possible_versions(round: Round) -> QuerySet[SchemeVersion]:
    """Those of its own scheme, of the text that it adapts, and of copies of either."""
    own = round.scheme_version
    texts = {own.scheme_id, *([own.adapts.scheme_id] if own.adapts else [])}
    of_text = Q(scheme__in=texts) | Q(adapts__scheme__in=texts)
    return SchemeVersion.objects.filter(of_text).select_related("scheme").order_by("scheme", "-number")


@act(_("chose another version of the scheme for the round"))
def choose_version(
    *, by: User, round: Round, version: SchemeVersion, from_day: date, words: str, at: datetime
) -> SchemeChange:
    """From `from_day` on, today or later. The same decision once more is the one that was made. Both sides are told."""
    round = locked(by, round)
    if round.state != RoundState.OPEN:
        raise Refused(_("Only an open round takes another version of its scheme."))
    today, words = timezone.localdate(at), words.strip()
    held = in_force(round)
    last = round.scheme_changes.last()
    if last and (last.version_id, last.from_day, last.words) == (version.pk, from_day, words):
        return last
    if not words:
        raise Refused(_("Say why the round goes by another version."))
    if not today <= from_day <= round.ends_on:
        raise Refused(_("Choose a day from today on until the end of the round; what has begun stays as it was."))
    if not possible_versions(round).filter(pk=version.pk).exists():
        raise Refused(_("This version belongs to another scheme. Choose one of the list."))
    if held[-1].version.pk == version.pk:
        raise Refused(_("The round goes by this version already."))
    if lost := _lost(round.rules, version.rules):
        sentence = _("This version lacks %(names)s, which records of the round may name. Add them to it first.")
        raise Refused(sentence % {"names": "、".join(lost)})
    post = by.acting("round.manage", round.organiser)
    before = next(each.version for each in held if each.covers(today))
    made = SchemeChange.objects.create(
        round=round, before=before, version=version, from_day=from_day, words=words,
        decided_at=at, decided_by=by, decided_as=post,
    )  # fmt: skip
    tell_both_sides(made, at)
    if from_day == today:
        _take_over(today, Q(pk=round.pk))
    return made


def _lost(before: SchemeText, after: SchemeText) -> list[str]:
    """What records name by its code, and the other version does not know: kinds of activity, modes, tags, goals."""

    def named(rules: SchemeText) -> dict[tuple, str]:
        lists: tuple[list, ...] = (rules.activity_kinds, rules.pairing.modes, rules.tags, rules.goals)
        return {(number, each.key): each.name for number, parts in enumerate(lists) for each in parts}

    kept = named(after)
    return [name for code, name in named(before).items() if code not in kept]


def tell_both_sides(made: SchemeChange, at: datetime) -> None:
    """One message for each unit and village of a pairing of the round that stands."""
    standing = standing_pairings(made.round).order_by()
    for side in Side:
        inbox.tell(
            organisations=Organisation.objects.filter(pk__in=standing.values(side)),
            permission=ACTS_FOR[side],
            subject=CHANGED,
            body="",
            params={"round": made.round.name, "day": chinese_date(made.from_day)},
            url=f"{made.round.get_absolute_url()}#scheme-versions",
            kind=inbox.NOTICE,
            key=f"scheme-change:{made.pk}",
            at=at,
        )


@act(_("went by the version of the scheme that was chosen for this day"))
def take_over_chosen_versions(*, by: User | None, on: date) -> int:
    """Each open round goes by the version chosen for that day. Returns how many changed; one statement."""
    return _take_over(on, Q())


def _take_over(on: date, which: Q) -> int:
    chosen = SchemeChange.objects.filter(round=OuterRef("pk"), from_day__lte=on).order_by("-pk")
    rounds = Round.objects.filter(which, state=RoundState.OPEN).annotate(chosen=Subquery(chosen.values("version")[:1]))
    return (
        rounds.filter(chosen__isnull=False)
        .exclude(scheme_version=Subquery(chosen.values("version")[:1]))
        .update(scheme_version=Subquery(chosen.values("version")[:1]))
    )
