"""`python -m benchmarks [--villages 16000] [--pairings 20000] [--import-rows 20000] [--households 200000]
[--activities 5000000] [--entries 5000000] [--recipients 100000] [--members 45132]`

Builds two scratch databases beside the product's own, measures, prints a table, leaves var/bench.json.
`--only pages roll_over` measures these parts; `--pages coverage "plans missing"` the pages with these words in their
name.
"""

import argparse
import os
import sys

from django.conf import settings

from benchmarks.apart import set_up
from config import services

PARTS = (
    "pages", "matching", "roll_over", "households", "import", "visits", "duties", "funds", "periodic", "statistics",
)  # fmt: skip
AT_TWO_SIZES = {"pages", "matching", "roll_over"}


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with services.running():
        set_up()
        findings = _run(options)
    return 0 if all(finding.holds for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--villages", type=int, default=16_000)
    parser.add_argument("--pairings", type=int, default=20_000)
    parser.add_argument("--import-rows", type=int, default=20_000)
    parser.add_argument("--households", type=int, default=200_000)
    parser.add_argument("--activities", type=int, default=5_000_000)
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--recipients", type=int, default=100_000)
    parser.add_argument("--members", type=int, default=45_132, help="who each report once a quarter")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--pages", nargs="+", default=[], metavar="WORDS", help="pages with these words in their name")
    return parser.parse_args()


def _run(options: argparse.Namespace):
    # Only now: their models need Django, which is set up for the running services.
    from benchmarks import (  # noqa: PLC0415
        funding,
        households,
        import_households,
        import_villages,
        owing,
        periodic,
        report,
        tables,
        visiting,
    )
    from benchmarks.scratch import scratch_database  # noqa: PLC0415

    findings = _at_two_sizes(options) if AT_TWO_SIZES & set(options.only) else []
    if "households" in options.only:
        findings += households.measure(options.households)
    if "import" in options.only:
        with scratch_database():
            findings += import_villages.measure(options.import_rows) + import_households.measure(options.households)
    if "visits" in options.only:
        with scratch_database():
            findings += visiting.measure(options.villages, options.pairings, options.activities)
    if "duties" in options.only:
        sizes = (options.villages, options.pairings, options.activities // 10, options.recipients)
        findings += owing.measure(*sizes)
    if "funds" in options.only:
        with scratch_database():
            findings += funding.measure(options.villages, options.pairings, options.entries)
    if "periodic" in options.only:
        findings += periodic.measure(options.villages, options.pairings, options.activities // 10, options.members)
    if "statistics" in options.only:
        sizes = (options.villages, options.pairings, options.activities, options.entries)
        findings += tables.measure(*sizes, options.pages)
    report.show(findings)
    given = {name: size for name, size in vars(options).items() if isinstance(size, int)}
    report.save(findings, settings.VAR_DIR / "bench.json", **given)
    return findings


def _at_two_sizes(options: argparse.Namespace) -> list:
    from benchmarks import sizes  # noqa: PLC0415
    from benchmarks.scratch import scratch_database  # noqa: PLC0415

    with scratch_database():
        small = sizes.measure(options.only, options.pages, villages=26, pairings=67)
    with scratch_database():
        large = sizes.measure(options.only, options.pages, villages=options.villages, pairings=options.pairings)
    return sizes.compare(small, large)


if __name__ == "__main__":
    sys.exit(main())
