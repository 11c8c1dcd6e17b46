"""`recount_activities`: what is kept counted of activities, counted anew from them; statistics go by it."""

from django.core.management.base import BaseCommand

from visits.recounting import recount


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options):
        recount()
        self.stdout.write("counted anew")
