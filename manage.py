#!/usr/bin/env python
"""Django's commands, each with the services that it needs: embedded ones are started and stopped around it."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from config import catalogue, embedded_postgres, embedded_redis, environment, services

WITHOUT_SERVICES = {"help", "--help", "version", "--version", "messages", "clauses", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    environment.read_file(services.BASE_DIR / ".env")
    catalogue.compile_missing()
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        with nullcontext() if command in WITHOUT_SERVICES else services.running():
            execute_from_command_line(sys.argv)
    except (embedded_postgres.Unavailable, embedded_redis.Unavailable) as unavailable:
        sys.exit(str(unavailable))


if __name__ == "__main__":
    main()
