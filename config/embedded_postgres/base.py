"""Django's PostgreSQL backend, which first has the embedded server running. Until something asks the database, nothing starts."""

from django.conf import settings
from django.db.backends.postgresql import base

from config import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        embedded.postgres(settings.DATA_DIR).needed()
        return super().get_connection_params()
