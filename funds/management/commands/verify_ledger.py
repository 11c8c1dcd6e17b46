"""`verify_ledger`: do all ledgers of aid money still say what was entered? The exit code is 1 where one does not.

What is lost and was acknowledged is named each time, and is no reason for 1."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from funds.verifying import remember, verify


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options):
        verdict = verify(timezone.now())
        remember(verdict)
        for sentence in verdict.sentences:
            self.stdout.write(sentence)
        counted = {"entries": verdict.entries, "funds": verdict.funds, "found": len(verdict.sentences)}
        if verdict.waiting:
            self.stdout.write(_("Not noted outside the database yet: %(number)s funds.") % {"number": verdict.waiting})
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
