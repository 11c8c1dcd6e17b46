"""Takes over all scheme files that come with the product. A file that did not change makes no new version."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pairing.actions.rounds import take_scheme
from pairing.schemes.reading import FaultyScheme

SCHEMES = Path(__file__).parents[2] / "schemes"


class Command(BaseCommand):
    help = "Take over the scheme files in pairing/schemes, or those named."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *args, files: list[Path], **options):
        for file in files or sorted(SCHEMES.glob("*.yaml")):
            try:
                version = take_scheme(by=None, text=file.read_text(encoding="utf-8"), at=timezone.now())
            except FaultyScheme as faulty:
                raise CommandError("\n".join([str(file), *faulty.faults])) from faulty
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"{file}: {error}") from error
            self.stdout.write(f"{version.scheme.key}: v{version.number}")
