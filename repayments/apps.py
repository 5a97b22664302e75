from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepaymentsConfig(AppConfig):
    name = "repayments"
    verbose_name = _("Loans and repayments")

    def ready(self):
        from loans import history_words as moves
        from repayments import acts, balances, history_words, overpayments, parts, prints  # noqa: F401  (acts adds this room's acts to the table)
        from repayments.changes import acts as changes  # noqa: F401
        from repayments.changes import parts as changed
        from repayments.checks import CHECKS
        from repayments.claims import parts as claims
        from repayments.collecting import acts as collecting_acts  # noqa: F401
        from repayments.collecting import parts as collecting
        from repayments.fees import parts as fees
        from repayments.half_year import parts as half_year
        from staff import checks, desk, history
        from staff.models import Role
        from staff.parts import register, register_nav
        from staff.web import OFFICE, READERS

        checks.register(*CHECKS)
        history.register(history_words.SENTENCES)
        moves.tell(history_words.MOVES)
        half_year.register()
        claims.register()
        fees.register()
        changed.register()
        desk.register(parts.visits_waiting)
        desk.register(overpayments.on_the_desk, count=overpayments.how_many)
        register_nav(_("Report repayments"), "repayments:receipts", roles=[Role.BANK], order=16)
        register_nav(_("Overpayments"), "repayments:overpayments", roles=[Role.BANK, Role.FINANCE, Role.AUDITOR], order=36)
        register("case.main", order=10, template="repayments/_money.html", context=parts.money)
        desk.register(collecting.waiting)
        register_nav(_("Repayment reminders"), "repayments:reminders", roles=[*OFFICE, Role.AUDITOR], order=33)
        register_nav(_("Overdue loans"), "repayments:arrears", roles=READERS, order=34)
        register("case.main", order=12, template="repayments/_collecting.html", context=collecting.collecting)
        register("case.main", order=50, template="repayments/_planned.html", context=parts.planned)
        register("case.main", order=80, template="repayments/_visits.html", context=parts.visits)
        prints.register()
        balances.register()
