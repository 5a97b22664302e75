from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoansConfig(AppConfig):
    name = "loans"
    verbose_name = _("Loans")

    def ready(self):
        from applicants import scope
        from loans import clock_parts, confirmation, correcting, history_words, investigations, parts, turns, unconfirmed, waiting
        from loans.finder import found
        from loans.models import AgeLimit, BenchmarkRate, ExcludedTrade, FeeRule, LegalLimit, Loan, PolicyRow, ReferenceRate, StepLimit, lending_rules
        from loans.models.counter import CreditCommunity
        from staff import desk, history, search
        from staff.models import Role
        from staff.parts import register, register_nav
        from staff.web import EVERYONE, READERS

        scope.register(
            applicants=lambda bank_id: Loan.objects.filter(bank=bank_id).values("applicant"),
            case_numbers=lambda bank_id: Loan.objects.filter(bank=bank_id).values("number"),
            sealed=investigations.sealed_papers,
        )
        history.register(history_words.SENTENCES)
        search.register(found)
        desk.register(turns.rows, count=turns.count)
        desk.register(unconfirmed.rows)
        desk.register(waiting.rows, count=waiting.count)
        desk.register(correcting.rows, count=correcting.count)
        for model in (PolicyRow, BenchmarkRate, ReferenceRate, AgeLimit, ExcludedTrade, *lending_rules.ALL, FeeRule, CreditCommunity, StepLimit, LegalLimit):
            confirmation.register(model)
        register_nav(_("Applications and approval"), "loans:cases", roles=READERS, order=20)
        register_nav(_("Loans and repayment"), "loans:lent", roles=READERS, order=30)
        register_nav(_("Rule book"), "loans:rules", roles=EVERYONE, order=75, prefix="/rules/")
        register_nav(_("Communities"), "loans:communities", roles=[Role.ADMINISTRATOR], order=82)
        register("case.main", order=20, template="loans/_investigation.html", context=parts.investigation)
        register("case.main", order=60, template="loans/_application.html", context=parts.application)
        register("case.main", order=65, template="loans/_numbers.html", context=correcting.numbers)
        register("case.main", order=70, template="loans/_returns.html", context=parts.returns)
        register("case.main", order=85, template="loans/_step_times.html", context=clock_parts.steps)
        register("desk.side", order=15, template="loans/_overdue_steps.html", context=clock_parts.on_the_desk)
        register("help", order=30, template="loans/_limits_help.html", context=clock_parts.limits)
        register("case.main", order=90, template="loans/_timeline.html", context=parts.timeline)
        register("case.side", order=20, template="loans/_applicant.html", context=parts.applicant)
        register("case.side", order=25, template="loans/_counter_guarantee.html", context=parts.counter_guarantee)
        register("applicant.actions", order=10, template="loans/_options_link.html", context=parts.options_of)
        register("desk.actions", order=10, template="loans/_options_link.html", context=parts.who_may)
        register("case.side", order=30, template="loans/_rules.html", context=parts.rules)
        register("case.side", order=40, template="loans/_papers.html", context=parts.papers)
        register("case.prints", order=20, template="loans/_prints.html", context=parts.prints)
        register("applicant.main", order=20, template="loans/_cases_of_applicant.html", context=parts.cases_of_applicant)
        register("desk.actions", order=20, template="loans/_take_application.html", context=parts.counter)
