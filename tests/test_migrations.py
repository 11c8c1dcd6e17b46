"""The other tests build their tables straight from the models; what `migrate` builds on an empty server is the same."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from config import services

FRESH = f"migrated_{os.getpid()}"
COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default IS NULL
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'django_migrations'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conrelid::regclass::text <> 'django_migrations'
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
TRIGGERS = """
    SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid), prosrc
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""


@pytest.fixture
def migrated():
    """A cursor on a database that `manage.py migrate` has just filled."""
    address = urlsplit(services.database_url())
    server = psycopg2.connect(address._replace(path="/postgres").geturl())
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {FRESH}")
        try:
            url = address._replace(path=f"/{FRESH}").geturl()
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": url}, check=True,
            )  # fmt: skip
            fresh = psycopg2.connect(url)
            with fresh.cursor() as found:
                yield found
            fresh.close()
        finally:
            cursor.execute(f"DROP DATABASE {FRESH}")
    server.close()


@pytest.mark.django_db
def test_migrations_end_where_the_models_stand(migrated):
    for question in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS):
        migrated.execute(question)
        with connection.cursor() as cursor:
            cursor.execute(question)
            assert set(migrated.fetchall()) == set(cursor.fetchall())
