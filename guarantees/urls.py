from datetime import date

from django.urls import path, register_converter

from guarantees import prints
from guarantees.views import agreements, bank_desk, compensation, fund, plan, recovery, statement, steps, suspension, undo, whatif


class Move:
    """A movement of the fund's money, by its name in the address."""

    regex = "|".join(fund.MOVES)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Month:
    """A month, as 2011-12; given as its first day."""

    regex = r"\d{4}-(0[1-9]|1[0-2])"

    def to_python(self, value):
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value):
        return f"{value:%Y-%m}"


register_converter(Move, "move")
register_converter(Month, "month")

app_name = "guarantees"
urlpatterns = [
    path("fund/", fund.fund, name="fund"),
    path("fund/movements/", fund.list_movements, name="movements"),
    path("fund/movements/excel/", fund.movements_excel, name="movements_excel"),
    path("fund/movements/<int:pk>/reverse/", fund.reverse_movement, name="reverse_movement"),
    path("fund/movements/<int:pk>/voucher.pdf", fund.voucher_pdf, name="voucher_pdf"),
    path("fund/plan/", plan.plans_page, name="plans"),
    path("fund/plan/draw-up/<int:year>/", plan.draw_up, name="draw_up_plan"),
    path("fund/plan/<int:pk>/", plan.plan, name="plan"),
    path("fund/plan/<int:pk>/correct/", plan.correct, name="correct_plan"),
    path("fund/plan/<int:pk>/sign/", plan.sign, name="sign_plan"),
    path("fund/plan/<int:pk>/give-up/", plan.give_up, name="give_up_plan"),
    path("fund/plan/<int:pk>/excel/", plan.excel, name="plan_excel"),
    path("fund/plan/<int:pk>/print.pdf", plan.printed, name="plan_pdf"),
    path("fund/agreements/", agreements.agreements, name="agreements"),
    path("fund/statements/", statement.overview, name="statements"),
    path("fund/statements/<int:pk>/", statement.statement, name="statement"),
    path("fund/statements/<int:pk>/match/", statement.match_again, name="match_statement"),
    path("fund/statements/<int:pk>/print.pdf", statement.printed, name="statement_pdf"),
    path("fund/statements/<int:account>/<month:month>/", statement.enter, name="enter_statement"),
    path("fund/what-if/", whatif.what_if, name="what_if"),
    path("fund/<move:kind>/", fund.move, name="move"),
    path("fund/<move:kind>/preview/", fund.move_preview, name="move_preview"),
    path("bank/", bank_desk.bank_desk, name="bank_desk"),
    path("fund/suspend/", suspension.suspend, name="suspend"),
    path("fund/<int:pk>/lift/", suspension.lift, name="lift"),
    path("cases/<str:number>/approve/", steps.approve, name="approve"),
    path("cases/<str:number>/take-back/", steps.withdraw_promise, name="withdraw_promise"),
    path("cases/<str:number>/contract/", steps.decide_credit, name="decide_credit"),
    path("cases/<str:number>/refuse-credit/", steps.refuse_credit, name="refuse_credit"),
    path("cases/<str:number>/disbursement/", steps.confirm_disbursement, name="confirm_disbursement"),
    path("cases/<str:number>/undo-disbursement/", undo.undo_disbursement, name="undo_disbursement"),
    path("cases/<str:number>/renew-promise/", undo.renew_promise, name="renew_promise"),
    path("cases/<str:number>/demand/", compensation.demand, name="demand"),
    path("cases/<str:number>/demand/papers/", compensation.bring_papers, name="bring_papers"),
    path("cases/<str:number>/demand/check/", compensation.check_papers, name="check_papers"),
    path("cases/<str:number>/demand/sign/", compensation.sign_compensation, name="sign_compensation"),
    path("cases/<str:number>/demand/pay/", compensation.pay_compensation, name="pay_compensation"),
    path("cases/<str:number>/demand/reject/", compensation.reject_demand, name="reject_demand"),
    path("cases/<str:number>/demand/take-back/", compensation.withdraw_demand, name="withdraw_demand"),
    path("cases/<str:number>/compensation/reverse/", compensation.reverse_compensation, name="reverse_compensation"),
    path("cases/<str:number>/recovery/", recovery.record_recovery, name="record_recovery"),
    path("cases/<str:number>/recovery/reverse/", recovery.reverse_recovery, name="reverse_recovery"),
    path("cases/<str:number>/write-off/", recovery.propose_write_off, name="propose_write_off"),
    path("cases/<str:number>/write-off/papers/", recovery.bring_write_off_papers, name="bring_write_off_papers"),
    path("cases/<str:number>/write-off/check/", recovery.check_write_off_papers, name="check_write_off_papers"),
    path("cases/<str:number>/write-off/sign/", recovery.sign_write_off, name="sign_write_off"),
    path("cases/<str:number>/write-off/reject/", compensation.reject_write_off, name="reject_write_off"),
    path("cases/<str:number>/write-off/reverse/", compensation.reverse_write_off, name="reverse_write_off"),
    path("cases/<str:number>/promise.pdf", prints.promise_letter, name="promise_pdf"),
]
