"""Loans of the years before, with their book, for ledgers: plain functions. All lent by the rural bank where no other is named."""

from datetime import date
from decimal import Decimal as D
from itertools import count

from applicants.encryption import blind_index
from applicants.models import Applicant, Community, Group
from guarantees.models import FundAccount
from loans.forms_of_repayment import Form
from loans.models import Loan, Venture
from loans.states import State
from repayments import ledger
from repayments.half_year.actions import build, compile_ledger
from repayments.half_year.period import Period
from repayments.ledger import Posting
from repayments.models import Account, Entry, Instalment, Schedule, Visit
from repayments.schedule import maturity, rows
from repayments.unlending import unlend
from staff.models import Role
from tests import make

H2 = Period(2011, 2)
BOOKED = date(2012, 1, 2)
_next = count(1)


def clerk():
    return make.user(Role.LOAN_OFFICER, "周敏")


def funded(bank, amount="1000000"):
    """A part of the fund at this bank, so that what it lends is guaranteed."""
    FundAccount.objects.create(bank=bank, opened=date(2004, 1, 1))
    money = Posting(Account.FUND, D(amount)), Posting(Account.TREASURY, -D(amount))
    ledger.post(Entry.Kind.PAY_IN, *money, bank=bank, reference="双财〔2004〕1号", value_date=date(2004, 1, 4), on=BOOKED, by=clerk())
    return bank


def borrower(name, by):
    number = f"borrower {next(_next)}"
    person = {"identity_index": blind_index(number), "birth_date": date(1970, 1, 1), "phone": "13904340000"}
    return Applicant.objects.create(name=name, registered_on=BOOKED, registered_by=by, **person)


def loan(lent=date(2010, 7, 5), principal="21000", *, term=24, form=Form.GRACE_QUARTERLY, name="潘志国", bank=None, given=None, **cells):
    """A disbursed loan with its schedule, its venture and its entry; 21,000 lent on 2010-07-05 falls due by 3,000 a quarter from 2011-03-21 on."""
    by, bank, n, amount = clerk(), bank or make.bank(), next(_next), D(principal)
    iou = cells.pop("iou_number", f"NJ2010{n:05}")
    case = Loan.objects.create(
        **{
            "number": f"L{n:06}",
            "state": State.LIVE,
            "state_since": lent,
            "imported": True,
            "applicant": borrower(name, by),
            "group": Group.REGISTERED_UNEMPLOYED,
            "groups": [Group.REGISTERED_UNEMPLOYED],
            "community": Community.objects.get_or_create(name="茂林镇")[0],
            "bank": bank,
            "project": f"{name}修理部",
            "trade": "修理",
            "amount_asked": amount,
            "term_asked": term,
            "form": form,
            "micro_profit": True,
            "rate": D("9"),
            "iou_number": iou,
            "contract_number": f"XD-{iou}",
            "maturity": maturity(lent, term),
            "amount_granted": amount,
            "term_granted": term,
            "principal": amount,
        }
        | dict.fromkeys(("applied_on", "approved_on", "credit_decided_on", "contract_date", "disbursed_on"), lent)
        | dict.fromkeys(("applied_by", "approved_by", "credit_decided_by", "disbursed_by"), by)
        | cells
    )
    schedule(case, rows(form, amount, case.rate, lent, term, given=given), lent)
    Venture.objects.create(loan=case, name=case.project, trade=case.trade, opened=lent, jobs=3)
    money = Posting(Account.PRINCIPAL, amount, case), Posting(Account.BANK_MONEY, -amount)
    ledger.post(Entry.Kind.DISBURSEMENT, *money, bank=bank, reference=iou, value_date=lent, on=BOOKED, by=by)
    return case


def schedule(case, plan, since):
    """The rows that count from a day on."""
    version = case.schedules.count() + 1
    kept = Schedule.objects.create(loan=case, version=version, in_force_from=since, form=case.form, rate=case.rate, made_on=since, made_by=clerk())
    Instalment.objects.bulk_create(
        Instalment(schedule=kept, sequence=row.seq, due=row.due, principal=row.principal, interest=row.interest, balance_after=row.balance_after)
        for row in plan
    )


def repaid(case, day, principal, interest="0", *, on=BOOKED):
    """A receipt of this value date."""
    principal, interest = D(principal), D(interest)
    money = (
        Posting(Account.BANK_MONEY, principal + interest),
        Posting(Account.PRINCIPAL, -principal, case),
        Posting(Account.INTEREST, -interest, case),
    )
    return ledger.post(Entry.Kind.RECEIPT, *money, bank=case.bank, reference=f"R{next(_next):06}", value_date=day, on=on, by=clerk())


def reversed_(entry, *, on=BOOKED):
    return ledger.reverse(entry, on=on, by=clerk(), reason="记错")


def compensated(case, day, principal, interest="0", *, bank="0", agency="0", on=BOOKED):
    """Fund and agency pay the bank what it does not bear itself of principal and interest; the borrower from then on owes the fund."""
    principal, interest, own, agency = D(principal), D(interest), D(bank), D(agency)
    paid = principal - own + interest
    money = (
        Posting(Account.FUND, -(paid - agency)),
        Posting(Account.AGENCY_SHARE, -agency),
        Posting(Account.OWED_TO_FUND, paid, case),
        Posting(Account.PRINCIPAL, -principal, case),
        Posting(Account.BANK_MONEY, paid),
        Posting(Account.BANK_SHARE, own, case),
        Posting(Account.COMPENSATED_INTEREST, -interest, case),
    )
    return ledger.post(Entry.Kind.COMPENSATION, *money, bank=case.bank, reference=f"D{next(_next):06}", value_date=day, on=on, by=clerk())


def recovered(case, day, amount, *, on=BOOKED):
    money = Posting(Account.FUND, D(amount)), Posting(Account.OWED_TO_FUND, -D(amount), case)
    return ledger.post(Entry.Kind.RECOVERY, *money, bank=case.bank, reference=f"Z{next(_next):06}", value_date=day, on=on, by=clerk())


def written_off(case, day, amount, *, on=BOOKED):
    """What is owed to the fund is given up."""
    money = Posting(Account.OWED_TO_FUND, -D(amount), case), Posting(Account.WRITTEN_OFF, D(amount), case)
    return ledger.post(Entry.Kind.WRITE_OFF, *money, bank=case.bank, reference=f"H{next(_next):06}", value_date=day, on=on, by=clerk())


def extended(case, plan, since):
    """The rows that count from a day on, and the maturity that moved with them."""
    schedule(case, plan, since)
    case.maturity = plan[-1].due
    case.save()


def undone(case, *, on=BOOKED):
    """The disbursement was a mistake: as guarantees.actions.undo_disbursement leaves it."""
    return unlend(loan=case, reason="录错借款人", by=clerk(), on=on)


def visited(case, day, business=Visit.Business.NORMAL, workers=3):
    return Visit.objects.create(loan=case, visit_day=day, business=business, workers=workers, recorded_on=day, recorded_by=clerk())


def compiled(period=H2):
    """What a ledger compiled now would keep."""
    _ledger, found = compile_ledger(period=period, by=None, on=period.next.first)
    return found


def lines(period=H2):
    """{IOU: line} of a ledger compiled now."""
    return {line.iou: line for line in compiled(period).lines}


def line(case, period=H2):
    """The line of one loan in a ledger compiled now."""
    return lines(period)[case.iou_number]


def draft(period=H2, by=None, on=date(2012, 1, 4)):
    """A draft of the book as it stands."""
    return build(period=period, by=by or clerk(), on=on)


def issued(period=H2, on=date(2012, 1, 4)):
    """A ledger as an issue leaves it, but without its papers, which take their time."""
    ledger = draft(period, on=on)
    ledger.number, ledger.issued_on, ledger.issued_by = f"双担台〔2012〕{next(_next)}号", on, make.staff(Role.DIRECTOR)
    ledger.save()
    return ledger


def draft_of_one():
    """A draft with one line."""
    loan()
    return draft()
