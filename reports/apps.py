from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from reports import siyb
        from training.queries import trace_loans_with

        trace_loans_with(siyb.loans_of)
