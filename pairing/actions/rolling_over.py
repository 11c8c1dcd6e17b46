"""The next round from the last: terms proposed by the scheme, directory and task base carried over (SH-05, TN-05)."""

from datetime import datetime

from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from organisations.querysets import OrganisationQuerySet
from pairing.actions.rounds import locked, prepare_round, publish_directory
from pairing.models import Round, SchemeVersion, TaskProposal
from pairing.schemes.terms import RoundTerms
from pairing.states import RoundState, Side

LISTED_AND_FOLLOWERS = """
    WITH RECURSIVE line (organisation) AS (
        SELECT organisation_id FROM pairing_directoryentry WHERE directory_id = %s AND side = %s
        UNION
        SELECT step.successor_id FROM line
        JOIN organisations_successionstep AS step ON step.predecessor_id = line.organisation
        WHERE step.successor_id IS NOT NULL
    )
    SELECT organisation FROM line
"""


@act(_("prepared the next round from the last"))
def roll_over(*, by: User, round: Round, scheme_version: SchemeVersion, terms: RoundTerms, at: datetime) -> Round:
    """A round being prepared, with the directory of the last one as it is today. Opening it asks for renewals.

    The last round stays as it is, running or closed. A constant number of statements.
    """
    last = locked(by, round)
    check_may_follow(last, scheme_version)
    following = prepare_round(by=by, scheme_version=scheme_version, organiser=last.organiser, terms=terms)
    following.previous = last
    following.save(update_fields=["previous"])
    carried = {side: carried_over(last, side) for side in Side}
    publish_directory(by=by, round=following, villages=carried[Side.VILLAGE], units=carried[Side.UNIT], at=at)
    carry_tasks(last, following)
    following.refresh_from_db()
    return following


def check_may_follow(last: Round, scheme_version: SchemeVersion) -> None:
    if last.state == RoundState.DRAFT:
        raise Refused(_("This round has not been opened yet; the next one follows an open or a closed round."))
    following = last.following.first()
    if following is not None:
        raise Refused(_("The next round is prepared already: %(name)s.") % {"name": following.name})
    if scheme_version.scheme_id != last.scheme_version.scheme_id:
        raise Refused(_("The next round goes by the same scheme, as it is or in a newer version."))


def carried_over(last: Round, side: Side) -> OrganisationQuerySet | None:
    """Whom the last directory held on this side, and all who followed; everybody where it had none (a roster)."""
    if last.newest_directory_id is None:
        return None
    followed = RawSQL(LISTED_AND_FOLLOWERS, [last.newest_directory_id, side])  # noqa: S611 - our own words
    return Organisation.objects.filter(pk__in=followed)


def carry_tasks(last: Round, following: Round) -> None:
    """The numbers that were issued last become drafts of the new round."""
    issued = TaskProposal.objects.filter(round=last, issued_at__isnull=False, committee__closed_on=None)
    newest = issued.order_by("committee_id", "side", "-version").distinct("committee_id", "side")
    TaskProposal.objects.bulk_create(
        TaskProposal(
            round=following,
            committee_id=each.committee_id,
            side=each.side,
            suggested=each.suggested,
            suggested_weak=each.suggested_weak,
        )
        for each in newest
    )
