"""Several givers for one project (SH-39): a committee pools, both sides of each pairing that gives agree."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.projects import Plan, check_words, locked, noted, write
from funds.models.project import WHOLE, Project, ProjectShare
from funds.notices import projects as notices
from funds.projects.standing import Verb, check_open
from funds.projects.states import BEFORE, ShareState
from funds.projects.turns import POOL
from organisations.history import act, note_capacity
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, Round
from pairing.states import STANDING, Side

# 区县、工作党委: a township, a unit or a village never pools the money of others.
POOLING = (
    Kind.PREFECTURE,
    Kind.COUNTY,
    Kind.PARTY_COMMITTEE,
    Kind.WORK_COMMITTEE,
    Kind.ORGANS_WORK_COMMITTEE,
)
Shares = Mapping[int, Decimal]  # by the key of the pairing, in per cent


@act(_("planned a pooled project"))
def plan_pooled(
    *, by: User, committee: Organisation, round: Round, plan: Plan, shares: Shares, key: uuid.UUID, at: datetime
) -> Project:
    """`shares` may be empty: a project of the committee itself, such as one of Party building (YD-20)."""
    if known := Project.objects.filter(key=key, planned_by=by).first():
        return known
    project = Project(key=key, round=Round.objects.get(pk=round.pk), committee=committee, planned_side=Side.UNIT)
    check_open(project)
    post = pooling_post(by, committee)
    write(project, plan, timezone.localdate(at))
    project.planned_at, project.planned_by, project.planned_as = at, by, post
    project.save()
    keep_shares(project, shares)
    notices.tell_of(noted(project, Verb.PLANNED, by, post, at))
    return project


@act(_("set the shares of a pooled project"))
def set_shares(*, by: User, project: Project, shares: Shares, at: datetime) -> Project:
    """Whose share stays as it was keeps the answers; everybody else is asked anew."""
    project = locked(project)
    if project.committee is None:
        raise Refused(_("Only a pooled project has shares."))
    check_open(project)
    post = pooling_post(by, project.committee)
    if project.state not in BEFORE:
        raise Refused(_("The project has begun; its shares stay as they were agreed."))
    notices.settle(project, at)
    keep_shares(project, shares)
    notices.tell_of(noted(project, Verb.SHARED, by, post, at))
    return project


@act(_("answered about a share in a project"))
def answer_share(
    *, by: User, share: ProjectShare, side: Side, agrees: bool, words: str = "", at: datetime
) -> ProjectShare:
    """Recorded by the giver itself, or by the village for which the money was meant; never by the committee."""
    project = locked(share.project)
    check_open(project)
    if project.state not in BEFORE:
        raise Refused(_("The project has begun; its shares stay as they were agreed."))
    share = ProjectShare.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "pairing__unit", "pairing__village"
    ).get(pk=share.pk)  # fmt: skip
    party = share.pairing.party(side)
    post = by.capacity(f"{side}.act", party)
    if post is None:
        raise Refused(_("%(name)s answers about this share, not you.") % {"name": party.name})
    note_capacity(post)
    if not agrees:
        check_words(words, _("Say why; the committee will read it."))
    state = ShareState.AGREED if agrees else ShareState.DECLINED
    if getattr(share, f"{side}_state") == state:
        return share
    notices.settle(project, at)
    for name, value in (("state", state), ("answered_at", at), ("answered_by", by)):
        setattr(share, f"{side}_{name}", value)
    share.save()
    notices.tell_of(noted(project, Verb.AGREED if agrees else Verb.DECLINED, by, post, at, words))
    return share


def pooling_post(by: User, committee: Organisation) -> Appointment:
    """A post of the committee itself, of a district or a work committee."""
    post = by.capacity(POOL, committee)
    if committee.kind not in POOLING or post is None:
        raise Refused(_("Only a district or a work committee pools what others give."))
    note_capacity(post)
    return post


def keep_shares(project: Project, shares: Shares) -> None:
    """Of pairings of this round with units or villages below the committee; together they are the whole."""
    if any(share <= 0 for share in shares.values()):
        raise Refused(_("A share is more than 0 and at most 100 per cent."))
    if shares and sum(shares.values()) != WHOLE:
        raise Refused(
            _("The shares sum to %(sum)s per cent; together they have to be 100.") % {"sum": sum(shares.values())}
        )
    assert project.committee is not None
    known = Pairing.objects.filter(pk__in=shares, round=project.round, state__in=STANDING)
    if known.filter(givers_of(project.committee)).count() < len(shares):
        raise Refused(_("Only pairings of this round below the committee give to its project."))
    kept = {share.pairing_id: share for share in project.shares.all()}
    for pk, share in kept.items():
        if shares.get(pk) != share.share:
            share.delete()
    ProjectShare.objects.bulk_create(
        ProjectShare(project=project, pairing_id=pk, share=share)
        for pk, share in shares.items()
        if pk not in kept or kept[pk].share != share
    )


def givers_of(committee: Organisation):
    """A condition on pairings: the unit or the village lies below the committee."""
    return Q(unit__path__startswith=committee.path) | Q(village__path__startswith=committee.path)
