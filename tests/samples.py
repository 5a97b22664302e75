"""One row for every kind of page that needs one: a page with arguments has a line here."""

from datetime import date

from guarantees import actions as guarantees
from loans import confirmation
from loans.models import Loan, PolicyDocument, PolicyRow
from loans.states import State
from repayments.changes import actions as changes
from repayments.models import DunningNotice, Entry, IssuedFile, Reminder, ReminderIssue
from reports.meeting import figures
from reports.models import BuiltReport, ReportFile, UploadedLedger
from reports.periods import period
from staff.models import Delegation, Role, Run
from tests import make
from tests.repayments.claims import made as subsidy
from tests.repayments.half_year import made as half_year


def _run():
    return {"pk": Run.objects.create(kind="sample", asked_on=date(2012, 1, 4)).pk}


def _training_class():
    return {"code": make.trainee().training_class.code}


def _training_year():
    return {"year": make.trainee().training_class.year}


def _case():
    return {"number": make.case_at(State.CONFIRMED).number}


def _return():
    loan = make.case_at(State.RETURNED)
    return {"number": loan.number, "pk": loan.returns.get().pk}


def _person():
    return {"pk": make.person().pk}


def _paper():
    loan = make.case_at(State.REVIEWED)
    make.visited(loan, photos=[make.picture()])
    return {"pk": loan.applicant.papers.get(kind="photo").pk}


def _contracted():
    return {"number": make.case_at(State.CONTRACTED).number}


def _live():
    return {"iou_number": make.case_at(State.LIVE).iou_number}


def _promised():
    return {"number": make.case_at(State.PROMISED).number}


def _settled():
    return {"number": make.case_at(State.SETTLED).number}


def _uploaded_ledger():
    by = make.staff(Role.ADMINISTRATOR)
    run = Run.objects.create(kind="examine_ledger", asked_by=by, asked_on=make.TODAY, state=Run.State.DONE)
    found = {"column": "借据号", "message": "—"}
    rows = [{"sheet": "贷款台账", "row": 5, "errors": [found], "warnings": [found]}]
    outcome = {"accepted": 1, "unchanged": 0, "refused": 1, "warned": 1, "rows": rows, "left_out": 3}
    made = UploadedLedger.objects.create(file_name="台账.xlsx", examination=run, outcome=outcome, uploaded_on=make.TODAY, uploaded_by=by)
    return {"pk": made.pk}


def _half_year():
    return {"pk": half_year.draft().pk}


def _built_report():
    data = figures.as_data(figures.gather(period=period("2011-H2"), on=make.TODAY))
    by = make.staff(Role.LOAN_OFFICER)
    kept = {"checksum": figures.checksum(data), "as_of": date(2011, 12, 31), "built_on": make.TODAY, "built_by": by}
    return BuiltReport.objects.create(kind=figures.KIND, period="2011-H2", figures=data, **kept)


def _report():
    return {"pk": _built_report().pk}


def _report_file():
    return {"pk": ReportFile.objects.create(report=_built_report(), name="报告.pdf", content_type="application/pdf", content=b"%PDF", checksum="0").pk}


def _half_year_print():
    return _half_year() | {"paper": "calls"}


def _half_year_card():
    line = half_year.draft_of_one().lines.get()
    return {"pk": line.ledger_id, "line": line.pk}


def _half_year_file():
    kept = IssuedFile.objects.create(ledger=half_year.draft(), name="台账.csv", content_type="text/csv", content=b"x", checksum="x")
    return {"pk": kept.pk}


# page -> makes what the page is about and gives the address's arguments
def _trainee():
    return {"pk": make.trainee().pk}


def _at(state):
    return lambda: {"number": make.case_at(state).number}


def _receipt():
    loan = make.case_at(State.LIVE)
    return {"number": loan.number, "entry": loan.book_lines.first().entry_id}


def _movement():
    make.fund()
    return {"pk": Entry.objects.latest("pk").pk}


def _plan():
    return {"pk": make.drawn_up_plan().pk}


def _statement():
    return {"pk": make.statement(make.fund(on=date(2011, 12, 20)), "200000", (date(2011, 12, 21), "200000", "注资")).pk}


def _late(*steps):
    """A case that these steps of tests/make.py bring so far, after it fell due."""

    def made():
        make.office_date(make.OVERDUE)
        loan = make.case_at(State.LIVE)
        for step in steps:
            step(loan)
        return {"number": loan.number}

    return made


def _some_back(loan):
    make.recovered(loan, "100")


def _suspended():
    account = make.fund()
    guarantees.suspend(account=account, reason="代偿过多", by=make.staff(Role.DIRECTOR), on=make.TODAY)
    return {"pk": account.pk}


def _row_to_confirm():
    row = PolicyRow.objects.in_effect().first()
    waits = confirmation.enter(row=PolicyRow.objects.get(pk=row.pk), replaces=row, by=make.staff(Role.ADMINISTRATOR), on=make.TODAY)
    return {"model": "policyrow", "pk": waits.pk}


def _delegation():
    holder, delegate = make.user(Role.DIRECTOR, "甲"), make.user(Role.REVIEWER, "乙")
    days = {"first_day": make.TODAY, "last_day": make.TODAY, "entered_on": make.TODAY, "entered_by": holder}
    return {"pk": Delegation.objects.create(holder=holder, delegate=delegate, role=holder.role, document="1号", **days).pk}


def _backed():
    loan = make.case_at(State.REVIEWED)
    return {"number": loan.number, "pk": loan.counter_guarantees.get().pk}


def _guarantor():
    loan = make.application(guarantors=[make.civil_servant()])
    return {"pk": loan.counter_guarantees.get().pk}


def _asked_to_extend():
    loan = make.case_at(State.LIVE)
    make.asked_to_extend(loan, on=make.TODAY)
    return {"number": loan.number}


def _consented_to_extend():
    asked = _asked_to_extend()
    loan = Loan.objects.get(**asked)
    changes.consent_extension(loan=loan, bank_day=make.TODAY, bank_paper="农信展1号", by=make.clerk(loan), on=make.TODAY)
    return asked


def _extended():
    loan = make.case_at(State.LIVE)
    make.extended(loan, on=make.TODAY)
    return {"number": loan.number}


def _subsidy_claim():
    half_year.loan()
    return {"pk": subsidy.claim().pk}


def _subsidy_line():
    half_year.loan()
    return {"pk": subsidy.claim().lines.first().pk}


def _subsidy_payment():
    half_year.loan()
    return {"pk": subsidy.paid(subsidy.approved(subsidy.claim()), "345.00").pk}


def _reminder_issue():
    loan = make.case_at(State.LIVE)
    issue = ReminderIssue.objects.create(issued_on=make.TODAY, issued_by=loan.officer)
    said = {"due": date(2012, 3, 21), "rung": "week", "principal": 100, "interest": 1, "text": "—", "phone": "1"}
    Reminder.objects.create(issue=issue, loan=loan, **said, issued_on=make.TODAY, issued_by=loan.officer)
    return {"pk": issue.pk}


def _dunning_notice():
    loan = make.case_at(State.LIVE)
    figures = {"late_since": date(2011, 12, 21), "days": 14, "principal": 100, "pay_by": date(2012, 1, 11)}
    return {"pk": DunningNotice.objects.create(number="双担催〔2012〕1号", loan=loan, **figures, issued_on=make.TODAY, issued_by=loan.officer).pk}


def _misnumbered():
    loan = make.case_at(State.LIVE)
    make.misnumbered(loan)
    return {"number": loan.number}


SAMPLES = {
    **dict.fromkeys(
        (f"repayments:subsidy_{act}" for act in ("claim", "review", "approve", "pay", "return", "recompile", "form_pdf", "form_excel")),
        _subsidy_claim,
    ),
    "repayments:subsidy_open": _subsidy_line,
    "repayments:subsidy_undo_payment": _subsidy_payment,
    "repayments:subsidy_trace": lambda: {"number": half_year.loan().number},
    "repayments:subsidy_trace_pdf": lambda: {"number": half_year.loan().number},
    "repayments:fees_csv": lambda: {"year": 2011},
    "repayments:fees_of_kind": lambda: {"year": half_year.loan().disbursed_on.year, "kind": "guarantee_fee"},
    "repayments:fees_of_loan": lambda: {"year": 2011, "number": half_year.loan().number},
    "repayments:reminder_issue": _reminder_issue,
    "repayments:reminder_letters": _reminder_issue,
    "repayments:reminder_sms": _reminder_issue,
    "repayments:note_collection": _at(State.LIVE),
    "repayments:dun": _at(State.LIVE),
    "repayments:dunning_notice": _dunning_notice,
    "loans:options": _person,
    "loans:counter_guarantee": _at(State.APPLIED),
    "loans:replace_counter_guarantee": _backed,
    "loans:withdraw_counter_guarantee": _backed,
    "loans:guarantor": _guarantor,
    "loans:guarantor_number": _guarantor,
    "repayments:ask_extension": _at(State.LIVE),
    "repayments:consent_extension": _asked_to_extend,
    "repayments:grant_extension": _consented_to_extend,
    "repayments:refuse_extension": _asked_to_extend,
    "repayments:extension_pdf": _extended,
    "repayments:repay_early": _at(State.LIVE),
    "repayments:enter_rate_step": _at(State.LIVE),
    "staff:withdraw_delegation": _delegation,
    "loans:document": lambda: {"pk": PolicyDocument.objects.first().pk},
    "loans:waiting_row": _row_to_confirm,
    "loans:confirm_row": _row_to_confirm,
    "loans:send_row_back": _row_to_confirm,
    "loans:ask_correction": _at(State.LIVE),
    "loans:confirm_correction": _misnumbered,
    "loans:refuse_correction": _misnumbered,
    "repayments:receive": _at(State.LIVE),
    "repayments:receive_row": _at(State.LIVE),
    "repayments:record_visit": _at(State.LIVE),
    "repayments:reverse_receipt": _receipt,
    "repayments:refund": _at(State.LIVE),
    "guarantees:move": lambda: {"kind": "pay-in"},
    "guarantees:move_preview": lambda: {"kind": "pay-in"},
    "guarantees:reverse_movement": _movement,
    "guarantees:voucher_pdf": _movement,
    "guarantees:statement": _statement,
    "guarantees:match_statement": _statement,
    "guarantees:statement_pdf": _statement,
    "guarantees:enter_statement": lambda: {"account": make.fund().pk, "month": date(2011, 12, 1)},
    "guarantees:draw_up_plan": lambda: {"year": 2012},
    "guarantees:plan": _plan,
    "guarantees:correct_plan": _plan,
    "guarantees:sign_plan": _plan,
    "guarantees:give_up_plan": _plan,
    "guarantees:plan_excel": _plan,
    "guarantees:plan_pdf": _plan,
    "guarantees:approve": _at(State.CONFIRMED),
    "guarantees:withdraw_promise": _at(State.PROMISED),
    "guarantees:decide_credit": _at(State.PROMISED),
    "guarantees:refuse_credit": _at(State.PROMISED),
    "guarantees:confirm_disbursement": _at(State.CONTRACTED),
    "guarantees:demand": _at(State.LIVE),
    "guarantees:undo_disbursement": _at(State.LIVE),
    "guarantees:renew_promise": _at(State.CONTRACTED),
    "guarantees:bring_papers": _late(make.demanded),
    "guarantees:check_papers": _late(make.demanded),
    "guarantees:sign_compensation": _late(make.checked),
    "guarantees:pay_compensation": _late(make.signed),
    "guarantees:reject_demand": _late(make.demanded),
    "guarantees:withdraw_demand": _late(make.demanded),
    "guarantees:reverse_compensation": _late(make.compensated),
    "guarantees:record_recovery": _late(make.compensated),
    "guarantees:reverse_recovery": _late(make.compensated, _some_back),
    "guarantees:propose_write_off": _late(make.compensated),
    "guarantees:bring_write_off_papers": _late(make.compensated, make.write_off_proposed),
    "guarantees:check_write_off_papers": _late(make.compensated, make.write_off_proposed),
    "guarantees:sign_write_off": _late(make.compensated, make.write_off_proposed),
    "guarantees:reject_write_off": _late(make.compensated, make.write_off_proposed),
    "guarantees:reverse_write_off": _late(make.compensated, make.written_off),
    "guarantees:lift": _suspended,
    "training:follow_up": _trainee,
    "staff:run": _run,
    "repayments:half_year": _half_year,
    "repayments:half_year_plan": _half_year,
    "repayments:half_year_production": _half_year,
    "repayments:half_year_totals": _half_year,
    "repayments:half_year_check": _half_year,
    "repayments:half_year_issue": _half_year,
    "repayments:half_year_excel": _half_year,
    "repayments:half_year_print": _half_year_print,
    "repayments:half_year_card": _half_year_card,
    "repayments:half_year_paper": _run,
    "repayments:half_year_file": _half_year_file,
    "training:class": _training_class,
    "training:year": _training_year,
    "applicants:person": _person,
    "applicants:identity": _person,
    "applicants:correct": _person,
    "applicants:add_group": _person,
    "applicants:household": _person,
    "applicants:attach": _person,
    "applicants:paper": _paper,
    "loans:return_pdf": _return,
    "api:confirm_disbursement": _contracted,
    "api:report_repayment": _live,
    "guarantees:promise_pdf": _promised,
    "repayments:repayment_plan_pdf": _settled,
    "repayments:settlement_pdf": _settled,
    "reports:imported": _uploaded_ledger,
    "reports:meeting": _report,
    "reports:issue": _report,
    "reports:file": _report_file,
    "reports:report": lambda: {"name": "lending"},
    "reports:taken_file": lambda: {"name": "lending", "extension": "csv"},
    "reports:step_times_file": lambda: {"extension": "csv"},
    "reports:take_in": _uploaded_ledger,
    **{
        f"loans:{page}": _case
        for page in (
            "case",
            "form_pdf",
            "receipt_pdf",
            "recommend",
            "first_review",
            "return_for_papers",
            "complete_papers",
            "record_visit",
            "give_opinion",
            "second_review",
            "send_back",
            "refuse",
            "withdraw",
            "attach",
        )
    },
}

# page -> also send these with a POST, where an empty form is no fair question
__all__ = ("SAMPLES", "make")
