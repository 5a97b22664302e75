from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuaranteesConfig(AppConfig):
    name = "guarantees"
    verbose_name = _("Guarantees")

    def ready(self):
        from guarantees import actions, acts, api, compensation_part, counter_part, desks, history_words, parts, prints  # noqa: F401  (acts adds this room's acts to the table)
        from guarantees.checks import CHECKS
        from guarantees.models import BankAgreement, PromiseDays
        from guarantees.queries import room
        from loans import confirmation, turns
        from loans import history_words as moves
        from repayments import trial
        from staff import checks, desk, history, jobs
        from staff.models import Role
        from staff.parts import register, register_nav, register_tab
        from staff.web import READERS, WHOLE_OFFICE

        confirmation.register(BankAgreement)
        confirmation.register(PromiseDays)
        trial.register(_("Room of the fund at the bank (yuan)"), lambda loan, on: room(loan.bank, on=on))
        checks.register(*CHECKS)
        history.register(history_words.SENTENCES)
        moves.tell(history_words.MOVES)
        desk.register(parts.waiting)
        desk.register(desks.waiting)
        turns.register(compensation_part.turns)
        jobs.register("promises lapse", actions.lapse_due, order=10)
        jobs.register("banks at the limit are suspended", actions.suspend_reached, order=11)
        register_nav(_("Bank's desk"), "guarantees:bank_desk", roles=[Role.BANK], order=15)
        register_nav(_("Guarantee fund"), "guarantees:fund", roles=READERS, order=40, prefix="/fund/")
        register_tab("fund", _("Position"), "guarantees:fund", roles=READERS, order=10)
        register_tab("fund", _("Movements"), "guarantees:movements", roles=READERS, order=20)
        register_tab("fund", _("Bank statements"), "guarantees:statements", roles=WHOLE_OFFICE, order=30)
        register_tab("fund", _("Annual plan"), "guarantees:plans", roles=WHOLE_OFFICE, order=40)
        register_tab("fund", _("Agreements"), "guarantees:agreements", roles=READERS, order=70)
        register_tab("fund", _("What if"), "guarantees:what_if", roles=WHOLE_OFFICE, order=60)
        register("desk.side", order=50, template="guarantees/_room.html", context=parts.room_on_the_desk)
        register("case.main", order=30, template="guarantees/_before_and_after.html", context=parts.room_of_the_case)
        register("case.side", order=10, template="guarantees/_promise.html", context=parts.promise)
        register("case.main", order=15, template="guarantees/_compensation.html", context=compensation_part.part)
        register("help", order=40, template="guarantees/_api_help.html", context=api.help_for_banks)
        register("rules.limits", order=10, template="guarantees/_promise_days.html", context=parts.promise_days)
        prints.register()
        counter_part.register()
