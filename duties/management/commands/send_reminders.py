"""`send_reminders [--at 2026-09-10T08:00]`: reminds of what is due; a second run on a day sends nothing."""

from datetime import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from duties.reminding import send_reminders


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--at", type=datetime.fromisoformat, default=None, metavar="YYYY-MM-DDTHH:MM")

    def handle(self, *, at: datetime | None, **_options):
        moment = at or timezone.now()
        told = send_reminders(moment if timezone.is_aware(moment) else timezone.make_aware(moment))
        self.stdout.write(f"told {told} organisations")
