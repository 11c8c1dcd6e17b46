"""Read a roster without a browser: what would happen, or - with --commit - what happened."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.refusals import Refused
from core.roster import Verdict
from office.files import store
from office.models import RosterImport, StoredFile
from office.rosters.actions import check_may
from office.rosters.applying import totals
from office.rosters.reporting import lines_about
from office.rosters.returning import marked_copy
from office.rosters.staging import Choices, stage
from organisations.history import performing
from organisations.models import Organisation, User

# What the history calls it: the same acts as in the browser.
HAND_IN, APPLY = "office.hand_in", "office.apply_roster"


class Command(BaseCommand):
    help = "Imports a roster. Changes nothing without --commit. Exit code 0 only when no row was rejected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", default="", help="only this sheet of the workbook")
        parser.add_argument("--commit", action="store_true", help="apply what is clear; without it nothing is changed")
        parser.add_argument("--errors", type=Path, help="write a copy of the workbook with its doubts marked")
        parser.add_argument("--under", default="", help="name or division code of the organisation the rows go under")
        parser.add_argument("--year", type=int, default=0, help="year of the village facts")
        parser.add_argument("--round", type=int, help="key of the round that imported pairings belong to")
        parser.add_argument("--scheme", default="", help="key of the scheme of a round that has to be created")
        parser.add_argument("--by", default="", help="user name of the person who imports")
        parser.add_argument("--language", default="zh-hans", choices=["zh-hans", "en"])

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            try:
                refused = self.import_file(options)
            except Refused as refusal:
                raise CommandError(str(refusal.sentence)) from refusal
        if refused:
            raise SystemExit(1)

    def import_file(self, options: dict) -> int:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        by = self.person(options["by"])
        with transaction.atomic(), performing(APPLY if options["commit"] else HAND_IN, by):
            roster = self.staged(path, options, by)
            self.report(roster, options)
            count = totals(roster)[Verdict.REJECTED]
            transaction.set_rollback(not options["commit"])
        return count

    def staged(self, path: Path, options: dict, by: User | None) -> RosterImport:
        choices = {name: options[name] for name in ("round", "scheme") if options[name]}
        place = self.place(options["under"])
        if place is not None:
            check_may(by, place)
        file = None
        if options["commit"]:
            file = store(upload=(path.name, path.read_bytes()), by=by, kind=StoredFile.Kind.WORKBOOK)
        roster = RosterImport.objects.create(
            file=file,
            name=path.name[:200],
            place=place,
            year=options["year"],
            options=choices,
            started_by=by,
        )
        stage(roster, path, Choices(options["sheet"], timezone.now() if options["commit"] else None))
        if options["sheet"] and not roster.sheets.exists():
            raise CommandError(_("The workbook has no sheet “%(sheet)s”.") % {"sheet": options["sheet"]})
        return roster

    def report(self, roster: RosterImport, options: dict) -> None:
        for line in lines_about(roster):
            self.stdout.write(line)
        self.stdout.write("")
        if options["errors"]:
            options["errors"].write_bytes(marked_copy(roster, options["file"]))
            self.stdout.write(_("The marked copy is %(path)s.") % {"path": options["errors"]})
        self.stdout.write(
            _("Applied.") if options["commit"] else _("Nothing was changed; --commit applies what is clear.")
        )

    def person(self, username: str) -> User | None:
        if not username:
            return None
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": username})
        return found

    def place(self, words: str) -> Organisation | None:
        if not words:
            return None
        found = list(Organisation.objects.open().filter(Q(name=words) | Q(division_code=words))[:2])
        if len(found) != 1:
            raise CommandError(_("“%(words)s” names no single organisation.") % {"words": words})
        return found[0]
