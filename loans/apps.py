from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoansConfig(AppConfig):
    name = "loans"
    verbose_name = _("Loans")

    def ready(self):
        from applicants import scope
        from loans.models import Loan

        scope.register(
            applicants=lambda bank_id: Loan.objects.filter(bank=bank_id).values("applicant"),
            case_numbers=lambda bank_id: Loan.objects.filter(bank=bank_id).values("number"),
        )
