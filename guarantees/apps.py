from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuaranteesConfig(AppConfig):
    name = "guarantees"
    verbose_name = _("Guarantees")

    def ready(self):
        from guarantees import acts  # noqa: F401  (adds this room's acts to the table)
        from guarantees.checks import CHECKS
        from staff import checks

        checks.register(*CHECKS)
