from itertools import groupby

from django.core.management.base import BaseCommand, CommandError

from config import clauses


class Command(BaseCommand):
    help = "Per app: which clauses of the source texts have tests that passed when they ran last, and which have none."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        if not clauses.RESULT.exists():
            raise CommandError("No test run is on record: run `make test` first.")
        proved = clauses.proved()
        listed = sorted(clauses.listed(), key=lambda clause: clause.home)
        for home, group in groupby(listed, key=lambda clause: clause.home):
            self._print_app(home, list(group), proved)
        done = sum(clause.id in proved for clause in listed)
        self.stdout.write(f"{done} of {len(listed)} clauses (kinds R, D, S) proved, each test as it ended last.")
        unknown = sorted(set(proved) - {clause.id for clause in clauses.listed(every_kind=True)})
        if unknown:
            raise CommandError(f"Tests name clauses that are not in docs/clauses.tsv: {', '.join(unknown)}")

    def _print_app(self, home, group, proved):
        done = [clause for clause in group if clause.id in proved]
        self.stdout.write(f"{home}: {len(done)} of {len(group)} proved")
        for clause in sorted(group, key=lambda clause: clause.id):
            mark = f"{proved[clause.id]:2} test(s)" if clause in done else "        - "
            self.stdout.write(f"  {mark}  {clause.kind}  {clause.id:7} {clause.requirement[:80]}")
        self.stdout.write("")
