"""Taking over a scheme; preparing, publishing, opening and closing a round; reminding who is behind."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from office import inbox
from organisations.history import act
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.querysets import OrganisationQuerySet
from pairing.agreements import closing, renewals
from pairing.directories import insert_entries, reachable, usual
from pairing.figures.stages import behind, standing_pairings
from pairing.models import Directory, Intention, Milestone, Round, Scheme, SchemeVersion
from pairing.schemes.reading import read_scheme
from pairing.schemes.terms import RoundTerms
from pairing.states import RoundState, Side, check_transition

ACTS_FOR = {Side.UNIT: "unit.act", Side.VILLAGE: "village.act"}
NOT_TYPED = ("newest_directory", "opened_by", "closed_by")
CHOOSE = "round:{round}:choose"


@act(_("took over the scheme"))
def take_scheme(*, by: User | None, text: str, at: datetime) -> SchemeVersion:
    """The scheme of this file, as a new version only where the text differs from the newest one."""
    if by is not None and not by.can("scheme.manage"):
        raise Refused(_("None of your posts allows taking over a scheme."))
    text = text.replace("\r\n", "\n")  # a browser sends the ends of lines its own way
    content = read_scheme(text)
    Scheme.objects.bulk_create(
        [Scheme(key=content.key, name=content.name, issuer=content.issuer, status=content.status)],
        ignore_conflicts=True,
    )
    scheme = Scheme.objects.select_for_update().get(key=content.key)
    newest = scheme.versions.first()
    if newest and newest.text == text:
        return newest
    scheme.name, scheme.issuer, scheme.status = content.name, content.issuer, content.status
    scheme.save()
    number = newest.number + 1 if newest else 1
    kept = content.model_dump(mode="json")
    adapts = newest.adapts if newest else None  # a copy stays a copy
    return SchemeVersion.objects.create(
        scheme=scheme, number=number, text=text, content=kept, taken_at=at, taken_by=by, adapts=adapts
    )


@act(_("prepared the round"))
def prepare_round(*, by: User, scheme_version: SchemeVersion, organiser: Organisation, terms: RoundTerms) -> Round:
    """A round that pins the scheme as it is now (SH-05); it is not yet seen by anybody else."""
    by.acting("round.manage", organiser)
    round = Round(scheme_version=scheme_version, organiser=organiser, **terms.columns())
    round.full_clean(exclude=NOT_TYPED)
    round.save()
    _set_milestones(round, terms)
    return round


@act(_("changed the terms of the round"))
def change_round(*, by: User, round: Round, terms: RoundTerms) -> Round:
    """Terms may be mended, and a deadline moved, until the round is closed. What was agreed keeps its dates."""
    round = locked(by, round)
    if round.state == RoundState.CLOSED:
        raise Refused(_("This round is closed; its terms can't be changed any more."))
    for name, value in terms.columns().items():
        setattr(round, name, value)
    round.full_clean(exclude=NOT_TYPED)
    round.save()
    _set_milestones(round, terms)
    return round


def _set_milestones(round: Round, terms: RoundTerms) -> None:
    round.milestones.exclude(key__in=[step.key for step in terms.milestones]).delete()
    for step in terms.milestones:
        values = {"name": step.name, "on": step.on, "inclusive": step.inclusive}
        Milestone.objects.update_or_create(round=round, key=step.key, defaults=values)


@act(_("published the directory"))
def publish_directory(
    *,
    by: User,
    round: Round,
    at: datetime,
    villages: OrganisationQuerySet | None = None,
    units: OrganisationQuerySet | None = None,
) -> Directory:
    """A new version of the directory: those chosen under the organiser (all of them where none are named), and
    whoever has a partner already (SH-29)."""
    round = locked(by, round)
    if round.state == RoundState.CLOSED:
        raise Refused(_("This round is closed; its directory can't be changed any more."))
    newest = round.directories.aggregate(newest=Max("version"))["newest"] or 0
    directory = Directory.objects.create(round=round, version=newest + 1, published_at=at, published_by=by)
    sides = {side: _listed(round, side, chosen) for side, chosen in ((Side.VILLAGE, villages), (Side.UNIT, units))}
    _check_on_one_side(sides)
    for side, listed in sides.items():
        if not insert_entries(directory, side, listed):
            raise Refused(_EMPTY[side])
    round.newest_directory = directory
    round.save()
    if round.state == RoundState.OPEN:
        _tell_everybody_to_choose(round, directory, at)
    return directory


_EMPTY = {
    Side.VILLAGE: _("No village was chosen. A directory needs at least one; widen the choice or import a roster."),
    Side.UNIT: _("No unit was chosen. A directory needs at least one; widen the choice or import a roster."),
}


def _listed(round: Round, side: Side, chosen: OrganisationQuerySet | None) -> OrganisationQuerySet:
    """Those chosen that may stand on this side, and whoever has a partner there."""
    listed = usual(round, side) if chosen is None else reachable(round, side).filter(pk__in=_keys(chosen))
    free = Q(pk__in=_keys(listed)) & ~engaged(round, side.other)
    return Organisation.objects.filter(free | engaged(round, side))


def _keys(organisations: OrganisationQuerySet) -> QuerySet:
    return organisations.order_by().values("pk")


def _check_on_one_side(sides: dict[Side, OrganisationQuerySet]) -> None:
    """A district may aid or be aided, not both in one directory (SH-06)."""
    twice = sides[Side.UNIT].filter(kind=Kind.COUNTY, pk__in=_keys(sides[Side.VILLAGE]))
    if names := list(twice.values_list("name", flat=True)):
        raise Refused(_("%(names)s can't aid and be aided at once. Choose one side.") % {"names": "、".join(names)})


def engaged(round: Round, side: Side) -> Q:
    """Organisations that stand in a pairing or an open proposal of this round: their line can't be dropped."""
    pairings = standing_pairings(round).order_by()
    proposals = Intention.objects.filter(round=round).open().order_by()
    return Q(pk__in=pairings.values(side)) | Q(pk__in=proposals.values(side))


@act(_("opened the round"))
def open_round(*, by: User, round: Round, at: datetime) -> Round:
    """From now on both sides may choose; everybody in the directory is told, and whoever was paired in the round
    before is asked whether to renew (SH-34)."""
    round = locked(by, round)
    check_transition(RoundState(round.state), RoundState.OPEN, _("This round was opened already."))
    directory = round.newest_directory
    if directory is None:
        raise Refused(_("Publish the directory first: units choose only from it."))
    round.state, round.opened_at, round.opened_by = RoundState.OPEN, at, by
    round.save()
    renewals.ask(round, at)
    _tell_everybody_to_choose(round, directory, at)
    return round


def _tell_everybody_to_choose(round: Round, directory: Directory, at: datetime) -> None:
    """But not those who are asked about a renewal: they choose once it is declined."""
    asked = renewals.with_followers(renewals.open_ones(round)).order_by()
    for side in Side:
        lines = directory.entries.filter(side=side).exclude(organisation__in=asked.values(f"{side}_now")).order_by()
        tell_to_choose(round, side, lines.values("organisation"), at)


TO_CHOOSE = {
    Side.UNIT: gettext_noop("%(round)s has opened: choose a village from the directory."),
    Side.VILLAGE: gettext_noop("%(round)s has opened: look for a unit, or answer those that propose."),
}


def tell_to_choose(round: Round, side: Side, parties, at: datetime) -> None:
    """`parties`: keys of organisations of that side."""
    _tell(round, ACTS_FOR[side], parties, TO_CHOOSE[side], key=CHOOSE.format(round=round.pk), kind="round", at=at)


def _tell(round: Round, permission: str, parties, subject: str, *, key: str, kind: str, at: datetime) -> None:
    inbox.tell(
        organisations=Organisation.objects.filter(pk__in=parties),
        permission=permission,
        subject=subject,
        body="",
        params={"round": round.name},
        url=round.get_absolute_url(),
        kind=kind,
        key=key,
        at=at,
    )


@act(_("closed the round"))
def close_round(*, by: User, round: Round, words: str = "", at: datetime) -> Round:
    """The round becomes read-only (SH-05). Refused with the list of what hangs in the air and what the scheme still
    asks for (QX-06)."""
    round = locked(by, round)
    check_transition(RoundState(round.state), RoundState.CLOSED, _("Only an open round can be closed."))
    closing.check_closable(closing.of_round(round))
    round.state, round.closed_at, round.closed_by, round.closing_words = RoundState.CLOSED, at, by, words
    round.save()
    inbox.settle(key=CHOOSE.format(round=round.pk), at=at)
    return round


@act(_("reminded those that are behind"))
def remind_behind(*, by: User, round: Round, at: datetime, organisation: Organisation | None = None) -> int:
    """A message to each unit and village whose own step is missing, at most one a day. Returns how many are behind."""
    round = locked(by, round)
    if round.state != RoundState.OPEN:
        raise Refused(_("Only in an open round is anybody behind."))
    subjects = {
        Side.UNIT: gettext_noop("A reminder from the organiser: your unit has a step to take in %(round)s."),
        Side.VILLAGE: gettext_noop("A reminder from the organiser: your village has a step to take in %(round)s."),
    }
    key = f"round:{round.pk}:remind:{timezone.localtime(at):%Y-%m-%d}"
    found = behind(round) if organisation is None else behind(round).filter(organisation=organisation)
    among = list(found.values_list("side", "organisation"))
    for side, subject in subjects.items():
        parties = [pk for entry_side, pk in among if entry_side == side]
        _tell(round, ACTS_FOR[side], parties, subject, key=key, kind="reminder", at=at)
    return len(among)


def locked(by: User, round: Round) -> Round:
    """The round as it is now, held until the act is done."""
    round = (
        Round.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organiser", "scheme_version")
        .get(pk=round.pk)
    )
    by.acting("round.manage", round.organiser)
    return round
