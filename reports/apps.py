from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from reports import siyb
        from staff import history
        from staff.models import Role
        from staff.parts import register_nav
        from training.queries import trace_loans_with

        trace_loans_with(siyb.loans_of)
        history.register({"ledger.imported": _("%(rows)s rows taken in from %(file)s")})
        register_nav(_("Import of an old ledger"), "reports:import", roles=[Role.ADMINISTRATOR], order=80)
