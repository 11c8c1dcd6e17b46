"""`verify_ledger`: do all ledgers of aid money still say what was entered? The exit code is 1 where one does not.

What is lost and was acknowledged is named each time, and is no reason for 1. `--kept FILE` compares the lines of a mail
with the ends of ledgers as well, saved as text or as .eml; `-` reads them from the standard input.
"""

import sys
from email import message_from_bytes, policy
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.heads import Head, printed_in
from funds.verifying import remember, verify


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--kept", metavar="FILE", help="a mail with the ends of ledgers, or lines of it")

    def handle(self, *, kept: str | None = None, **_options):
        lines = lines_of(kept) if kept else []
        verdict = verify(timezone.now(), lines)
        remember(verdict)
        for sentence in verdict.sentences:
            self.stdout.write(sentence)
        counted = {"entries": verdict.entries, "funds": verdict.funds, "found": len(verdict.sentences)}
        if verdict.waiting:
            self.stdout.write(_("Not noted outside the database yet: %(number)s funds.") % {"number": verdict.waiting})
        if lines:
            self.stdout.write(_("Compared with %(number)s lines that were kept.") % {"number": len(lines)})
        for sentence in verdict.acknowledged:
            self.stdout.write(sentence)
        if verdict.acknowledged and not verdict.sentences:
            counted["found"] = len(verdict.acknowledged)
            told = _("%(entries)s entries in %(funds)s funds: %(found)s losses are acknowledged.")
            self.stdout.write(told % counted)
            return
        if not verdict.is_sound:
            self.stdout.write(_("%(entries)s entries in %(funds)s funds: %(found)s things do not agree.") % counted)
            sys.exit(1)
        self.stdout.write(_("%(entries)s entries in %(funds)s funds: all are as they were entered.") % counted)


def lines_of(file: str) -> list[Head]:
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    found = printed_in(raw.decode(errors="replace")) or (printed_in(body.get_content()) if body else [])
    if not found:
        raise CommandError(_("There is no line with the end of a ledger in it."))
    return found
