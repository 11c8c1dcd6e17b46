"""The first user of an installation: prints the one-time code with which to set a password at /invitation/."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.kinds import Kind
from organisations.models import Organisation, User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the person's name; else the user name")
        parser.add_argument("--at", default="", help="name of the topmost organisation; created where there is none")

    @transaction.atomic
    def handle(self, *, username: str, name: str, at: str, **_options) -> None:
        try:
            invitation = self.invite(username, name, at)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        self.stdout.write(invitation.code)
        self.stdout.write(f"{username}: enter it at /invitation/ until {invitation.expires_at:%Y-%m-%d}.")

    def invite(self, username: str, name: str, at: str):
        now = timezone.now()
        known = User.objects.known_as(username).first()
        if known:
            return actions.reissue(by=None, user=known, at=now)
        return actions.invite(
            by=None,
            name=name or username,
            username=username,
            role="administrator",
            organisation=self.top(at),
            since=timezone.localdate(now),
            at=now,
        )

    def top(self, name: str) -> Organisation:
        roots = Organisation.objects.get_root_nodes()
        if name:
            root = roots.filter(name=name).first()
            return root or actions.add_root(by=None, fields={"name": name, "kind": Kind.COUNTY})
        if roots.count() != 1:
            raise CommandError("Say where with --at NAME: there is not exactly one topmost organisation.")
        return roots.get()
