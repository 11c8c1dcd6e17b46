"""Pairs from proposals, thousands at once by one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.copying import refresh_statistics
from core.refusals import Refused
from members.actions.assigning import MANAGE, locked
from members.kinds import PairKind, PairOrigin
from members.models import AssignmentRun, PersonPair
from members.states import AssignmentState, PairState
from office import inbox
from organisations.history import act
from organisations.models import Organisation, User
from pairing.states import STANDING

NOTICE_KIND = "assignment"
CHUNK = 10_000
# OFFSET 0: the pairs of a household are looked up by the household. By their kind, which PostgreSQL prefers as long as
# there are few, every pair would be read that this very statement has made.
ISSUE = """
    WITH chosen AS (
        SELECT proposal.id, proposal.household_id, proposal.member_id, household.village_id, member.organisation_id
        FROM members_assignmentproposal AS proposal
        JOIN members_household AS household ON household.id = proposal.household_id AND household.left_on IS NULL
        JOIN members_member AS member ON member.id = proposal.member_id AND member.left_on IS NULL
        WHERE proposal.run_id = %(run)s AND proposal.state = %(proposed)s AND proposal.id = ANY(%(proposals)s::bigint[])
        AND NOT EXISTS (
            SELECT FROM (
                SELECT kind, state FROM members_personpair WHERE target_household_id = household.id OFFSET 0
            ) AS pair
            WHERE kind = %(kind)s AND state = %(active)s
        )
    ), paired AS (
        INSERT INTO members_personpair (
            kind, round_id, pairing_id, unit_id, village_id, helper_member_id, target_household_id, state, origin,
            since, made_by_id, end_reason, end_words
        )
        SELECT %(kind)s, %(round)s, (
            SELECT max(id) FROM pairing_pairing
            WHERE unit_id = organisation_id AND village_id = chosen.village_id AND state = ANY(%(standing)s)
        ), organisation_id, village_id, member_id, household_id, %(active)s, %(origin)s, %(since)s, %(by)s, '', ''
        FROM chosen
        RETURNING id, target_household_id
    )
    UPDATE members_assignmentproposal AS proposal SET state = %(issued)s, pair_id = paired.id
    FROM paired WHERE proposal.run_id = %(run)s AND proposal.household_id = paired.target_household_id
"""


@dataclass(frozen=True)
class Issued:
    done: int
    skipped: int

    @property
    def result(self) -> dict[str, int]:
        return vars(self)


@act(_("paired helpers and households as proposed"))
def issue_assignment(
    *,
    by: User,
    run: AssignmentRun,
    proposals: Sequence[int],
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Issued:
    """What is no longer possible - the household has a helper by now, somebody left - is skipped and marked so.

    All or nothing; `progress` may raise to stop the work.
    """
    run = locked(run)
    by.acting(MANAGE, run.place)
    values = {
        "run": run.pk,
        "round": run.round_id,
        "kind": PairKind.CADRE_HOUSEHOLD.value,
        "origin": PairOrigin.PROPOSED.value,
        "active": PairState.ACTIVE.value,
        "proposed": AssignmentState.PROPOSED.value,
        "issued": AssignmentState.ISSUED.value,
        "standing": [state.value for state in STANDING],
        "since": timezone.localdate(at),
        "by": by.pk,
    }
    done = 0
    with connection.cursor() as cursor:
        for start in range(0, len(proposals), CHUNK):
            cursor.execute(ISSUE, values | {"proposals": list(proposals[start : start + CHUNK])})
            done += cursor.rowcount
            progress(min(start + CHUNK, len(proposals)), len(proposals))
    refresh_statistics((PersonPair, done))
    rest = run.proposals.filter(pk__in=proposals, state=AssignmentState.PROPOSED)
    skipped = rest.update(state=AssignmentState.SKIPPED)
    if not done and not skipped:
        raise Refused(_("Nothing of this can be paired any more; look at the list again."))
    tell_teams(run, proposals, at)
    return Issued(done, skipped)


def tell_teams(run: AssignmentRun, proposals: Sequence[int], at: datetime) -> None:
    """Whoever acts for the teams and units whose people got households, once for each."""
    issued = run.proposals.filter(pk__in=proposals, state=AssignmentState.ISSUED).order_by()
    units = Organisation.objects.filter(pk__in=issued.values("member__organisation"))
    inbox.tell(
        organisations=units,
        permission="unit.act",
        subject=gettext_noop("Households were given to your members and cadres: %(place)s"),
        body=gettext_noop("Each of them finds their households under “My households”."),
        params={"place": run.place.name},
        url=reverse("helper_coverage"),
        kind=inbox.NOTICE,
        key=f"{NOTICE_KIND}:{run.pk}:issued:{at.isoformat()}",
        at=at,
    )
