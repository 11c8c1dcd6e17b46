"""`python -m benchmarks [--villages 16000] [--pairings 20000] [--import-rows 20000]`

Builds two scratch databases beside the product's own, measures, prints a table, leaves var/bench.json.
"""

import argparse
import os
import sys

import django
from django.conf import settings

from config import services


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with services.running():
        django.setup()
        settings.ROOT_URLCONF = "benchmarks.urls"
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        findings = _run(options)
    return 0 if all(finding.holds for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--villages", type=int, default=16_000)
    parser.add_argument("--pairings", type=int, default=20_000)
    parser.add_argument("--import-rows", type=int, default=20_000)
    return parser.parse_args()


def _run(options: argparse.Namespace):
    # Only now: their models need Django, which is set up for the running services.
    from benchmarks import import_households, import_villages, pages, report, roll_over  # noqa: PLC0415
    from benchmarks.scratch import scratch_database  # noqa: PLC0415

    with scratch_database():
        small, _findings, few = _pages_and_matching(villages=26, pairings=67)
    with scratch_database():
        large, matched, many = _pages_and_matching(villages=options.villages, pairings=options.pairings)
    with scratch_database():
        findings = pages.compare(small, large) + matched + roll_over.compare(few, many)
        findings += import_villages.measure(options.import_rows) + import_households.measure()
    report.show(findings)
    report.save(
        findings,
        settings.VAR_DIR / "bench.json",
        villages=options.villages,
        pairings=options.pairings,
        import_rows=options.import_rows,
    )
    return findings


def _pages_and_matching(**size: int):
    """Roll-over of the round, every page at this size, then the matching of a second round with its pages."""
    from benchmarks import data, matching, pages, roll_over  # noqa: PLC0415

    user, watch = data.build(**size), matching.Watch()
    rolled, measured = roll_over.measure(user), pages.measure(user)
    run = matching.compute(user, matching.prepare(user), watch)
    pages_of_run = pages.measure(user, matching.addresses(run))
    return measured | pages_of_run, matching.measure(user, run, watch), rolled


if __name__ == "__main__":
    sys.exit(main())
