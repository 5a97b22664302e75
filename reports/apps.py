from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from reports import siyb
        from reports.views import READERS
        from staff import history
        from staff.models import Role
        from staff.parts import register, register_nav, register_tab
        from training.queries import trace_loans_with

        def _linked(user):
            return {} if user.role in READERS else None

        trace_loans_with(siyb.loans_of)
        history.register(
            {
                "ledger.imported": _("%(rows)s rows taken in from %(file)s"),
                "report.built": _("Report of %(period)s built"),
                "report.issued": _("Report issued as %(number)s"),
            }
        )
        register("plan.side", order=10, template="reports/_plan_link.html", context=lambda request, year: {"year": year})
        register("steps.report", order=10, template="reports/_step_times_link.html", context=lambda request, _subject: {})
        register(
            "arrears.actions", order=10, template="reports/_arrears_link.html", context=lambda request, _subject: {} if request.user.role in READERS else None
        )
        register_tab("fund", _("Next twelve months"), "reports:ahead", roles=READERS, order=50)
        register_nav(_("Overview"), "reports:dashboard", roles=READERS, order=15)
        register_nav(_("Joint meeting"), "reports:meetings", roles=READERS, order=60)
        register_nav(_("Reports"), "reports:shelf", roles=READERS, order=80)
        register_nav(_("Step times"), "reports:step_times", roles=[Role.BANK], order=80)
        register_nav(_("Import of an old ledger"), "reports:import", roles=[Role.ADMINISTRATOR], order=80)
