from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepaymentsConfig(AppConfig):
    name = "repayments"
    verbose_name = _("Loans and repayments")

    def ready(self):
        from repayments import (
            acts,  # noqa: F401  (adds this room's acts to the table)
            history_words,
        )
        from repayments.checks import CHECKS
        from repayments.half_year import parts
        from staff import checks, history

        checks.register(*CHECKS)
        history.register(history_words.SENTENCES)
        parts.register()
