"""Applying what is clear of a roster, under lock, judged anew at that moment."""

from collections.abc import Callable
from datetime import datetime

import pghistory
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from core.copying import insert_rows, refresh_statistics
from core.refusals import Refused
from core.roster import Verdict, Work
from office.models import RosterChange, RosterImport
from office.rosters.checking import finish, run, staged_parts, update_results, work_for
from office.rosters.states import RosterState, check_transition
from organisations.models import Organisation


def apply(
    roster: RosterImport,
    *,
    at: datetime,
    everything: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Write the rows that are new or changed. With `everything`, refuse where any row is doubtful or rejected.

    Idempotent: rows that were applied before are found unchanged.
    """
    with transaction.atomic(), pghistory.context(roster=roster.pk):
        lock(roster)
        work, parts = work_for(roster), staged_parts(roster)
        total, done = sum(sum(part.sheet.counts.values()) for part in parts), 0

        def count(rows: int) -> None:
            nonlocal done
            done += rows
            progress(min(done, total), total)

        run(work, parts, update_results, applying=True, progress=count)
        finish(roster, parts, work)
        if everything:
            refuse_unclear(roster)
        conclude(roster, work, at)


def conclude(roster: RosterImport, work: Work, at: datetime) -> None:
    """Keep what was done, so that it can be undone, and where the rows went."""
    keep_changes(roster, work)
    refresh_statistics(*((apps.get_model(name), len(changes.created)) for name, changes in work.changes.items()))
    if work.place is not None:
        roster.place, roster.new_place = work.place, ""  # type: ignore[assignment]
    roster.state, roster.applied_at = RosterState.APPLIED, at
    roster.save(update_fields=["place", "new_place", "state", "applied_at"])


def lock(roster: RosterImport) -> None:
    """One import at a time for a place: names and codes are compared with what is stored."""
    current = RosterImport.objects.select_for_update(of=["self"]).get(pk=roster.pk)
    if current.state != RosterState.APPLYING:
        check_transition(current.state, RosterState.APPLYING)
    if roster.place_id:
        Organisation.objects.select_for_update().get(pk=roster.place_id)


def refuse_unclear(roster: RosterImport) -> None:
    unclear = totals(roster)
    count = unclear[Verdict.DOUBTFUL] + unclear[Verdict.REJECTED]
    if count:
        raise Refused(
            _("%(count)s rows are doubtful or rejected. Decide them first, or apply the clean part.") % {"count": count}
        )


def totals(roster: RosterImport) -> dict[Verdict, int]:
    """How many rows of each verdict, over all sheets."""
    sheets = list(roster.sheets.all())
    return {verdict: sum(sheet.counts.get(verdict.value, 0) for sheet in sheets) for verdict in Verdict}


def keep_changes(roster: RosterImport, work: Work) -> None:
    start = roster.made_changes.count()
    rows = [
        {"roster_id": roster.pk, "position": start + number, "model": model, **vars(changes)}
        for number, (model, changes) in enumerate(work.changes.items())
        if changes.created or changes.updated or changes.deleted
    ]
    insert_rows(RosterChange, rows)
