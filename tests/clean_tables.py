"""Emptying tables after a test with real commits, although they forbid it: triggers sleep meanwhile, and what migrations wrote comes back."""

from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

_REMEMBER = """
DROP SCHEMA IF EXISTS first_rows CASCADE;
CREATE SCHEMA first_rows;
DO $$
DECLARE found text; filled boolean;
BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', found) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE first_rows.%I AS TABLE public.%I', found, found);
        END IF;
    END LOOP;
END $$;
"""

_BRING_BACK = """
DO $$
DECLARE found text; names text;
BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'first_rows' AND tablename <> 'django_migrations' LOOP
        SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) INTO names
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name = found AND is_generated = 'NEVER';
        EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM first_rows.%I', found, names, names, found);
    END LOOP;
END $$;
"""

_plain_flush = DatabaseOperations.execute_sql_flush


def remember_first_rows():
    """Keep what the migrations left in the tables."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER)


def send_everybody_away():
    """End what threads of a test left connected, so that the test database can be dropped."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


def _flush(self, sql_list):
    _plain_flush(self, ["SET LOCAL session_replication_role = replica", *sql_list, _BRING_BACK])


def install():
    DatabaseOperations.execute_sql_flush = _flush
