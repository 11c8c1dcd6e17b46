"""`plan_duties [--on 2026-09-10]`: the duties that should exist on a day, and how far they are."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from duties.counting.count import count_all
from duties.planning import plan
from pairing.actions.scheme_changes import take_over_chosen_versions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

    def handle(self, *, on: date | None, **_options):
        take_over_chosen_versions(by=None, on=timezone.localdate())
        found = plan(on or timezone.localdate())
        changed = count_all(timezone.now())
        self.stdout.write(
            f"added {found.added}, changed {found.changed}, lapsed {found.lapsed}; counted anew {changed}"
        )
