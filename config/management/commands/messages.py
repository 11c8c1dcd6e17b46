import json

from django.core.management.base import BaseCommand, CommandError

from config import catalogue


class Command(BaseCommand):
    help = "Collect the texts to translate into locale/, without GNU gettext."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--compile", action="store_true", help="only compile what changed")
        only.add_argument("--check", action="store_true", help="fail where a text is missing, unused, fuzzy or broken")
        only.add_argument("--missing", action="store_true", help="print the untranslated texts as JSON")

    def handle(self, *args, compile, check, missing, **options):
        if compile:
            catalogue.compile_missing()
            return
        catalog, wanted = catalogue.read(), catalogue.used()
        if check:
            self._check(catalog, wanted)
        elif missing:
            texts = {"\u0004".join(filter(None, key)): "" for key in catalogue.missing(catalog, wanted)}
            self.stdout.write(json.dumps(texts, ensure_ascii=False, indent=1))
        else:
            catalogue.update(catalog, wanted)
            catalogue.write(catalog)
            catalogue.compile_missing()
            self.stdout.write(f"{len(catalogue.missing(catalog, wanted))} texts to translate.")

    def _check(self, catalog, wanted):
        complaints = [f"missing: {text}" for _context, text in catalogue.missing(catalog, wanted)]
        complaints += [f"unused: {text}" for _context, text in catalogue.unused(catalog, wanted)]
        complaints += catalogue.faulty(catalog)
        if complaints:
            raise CommandError("\n".join([*complaints, f"{len(complaints)} texts are not in order."]))
        self.stdout.write(f"All {len(catalog)} texts are translated.")
