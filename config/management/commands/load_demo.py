"""Load the demonstration into an empty database: `manage.py load_demo [--today 2026-06-18]`."""

from datetime import date
from io import StringIO

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from demonstration import inspecting, ledger, people, praising, qianxi, suifenhe, workbooks, xincheng, yudu
from demonstration.calendar import Calendar
from demonstration.fulfilling import remind
from demonstration.furnishing import Furnishing
from demonstration.town import Town
from organisations.actions import add_root
from organisations.kinds import Kind, Level
from organisations.models import Organisation, User


class Command(BaseCommand):
    help = "Loads four counties, their rosters, people and rounds, through the product's own verbs."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="the day on which it is started")

    @transaction.atomic
    def handle(self, *, today: date | None, **options):
        if Organisation.objects.exists() or User.objects.exists():
            raise CommandError("The database is not empty; the demonstration would mix with what is there.")
        calendar = Calendar(today or timezone.localdate())
        roots = {name: self.county(name) for name in (people.QIANXI, people.XINCHENG, people.YUDU, people.SUIFENHE)}
        year = calendar.first_of_march.year
        people.make_accounts(people.ORGANISERS, since=calendar.first_of_march)
        workbooks.import_sheets(workbooks.QIANXI, ("帮扶单位", "一类贫困村"), people.QIANXI, year, by="qianxi")
        workbooks.import_sheets(workbooks.XINCHENG, ("单位", "村"), people.XINCHENG, year, by="xincheng")
        call_command("load_schemes", stdout=StringIO())
        people.make_accounts(people.OTHERS, since=calendar.first_of_march)
        for name, county in ((people.QIANXI, qianxi), (people.XINCHENG, xincheng)):
            organiser = User.objects.get(appointments__role="organiser", appointments__organisation=roots[name])
            round = county.load(calendar, roots[name], organiser)
            ledger.Ledger(calendar, round, organiser).load()
            Furnishing(calendar, roots[name], organiser).load()
        Town(calendar, roots[people.QIANXI], User.objects.get(username="qianxi")).load()
        yudu.load(calendar, roots[people.YUDU], User.objects.get(username="yudu"))
        suifenhe.load(calendar, roots[people.SUIFENHE], User.objects.get(username="suifenhe"))
        remind(calendar.days_ago(0, 8, 10))
        inspecting.load(calendar)
        praising.load(calendar)

    def county(self, name: str) -> Organisation:
        return add_root(by=None, fields={"name": name, "kind": Kind.COUNTY, "level": Level.COUNTY})
