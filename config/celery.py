import os

from celery import Celery
from django.conf import settings

from config import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Office(Celery):
    """Celery, which has the embedded broker running before it is first talked to."""

    def connection_for_read(self, *args, **kwargs):
        self._have_broker()
        return super().connection_for_read(*args, **kwargs)

    def connection_for_write(self, *args, **kwargs):
        self._have_broker()
        return super().connection_for_write(*args, **kwargs)

    def _have_broker(self):
        if settings.BROKER_IS_EMBEDDED:
            embedded.valkey(settings.DATA_DIR).needed()


app = Office("yidai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
