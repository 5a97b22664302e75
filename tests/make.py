"""Things made for a purpose: plain functions, each giving one row that a test needs."""

import base64
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applicants import actions as applicants
from applicants.identity import check_character
from applicants.models import Community, Group
from guarantees import actions as guarantees
from guarantees.actions import plan as plan_actions
from guarantees.actions import statement as statement_actions
from guarantees.actions.checked import Brought, Found
from guarantees.compensation import required
from guarantees.models import AnnualPlan, BankAgreement, FundAccount, RequiredPaper
from guarantees.plans import QUARTERS, Figures, Grid
from guarantees.statement_file import StatementRow
from loans import actions as loans
from loans import lending_rules
from loans.forms_of_repayment import Form
from loans.models import CreditCommunity, PolicyDocument
from loans.queries import papers_needed
from loans.states import State
from repayments import actions as repayments
from repayments.changes import actions as changes_of_loans
from staff.models import Bank, OfficeDate, Role, User
from training.models import Trainee, TrainingClass

TODAY = date(2012, 1, 4)
NAMES = {
    Role.LOAN_OFFICER: "周敏",
    Role.REVIEWER: "李志强",
    Role.DIRECTOR: "陈建国",
    Role.TRAINER: "王芳",
    Role.FINANCE: "郑国华",
    Role.BANK: "孙丽",
    Role.AUDITOR: "马俊",
    Role.ADMINISTRATOR: "赵伟",
}
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

_serial = count(1)


def bank(name="农村信用合作联社", short_name="农信社", **fields):
    """A handling bank; the same one for the same name."""
    if short_name == "农信社":
        fields = {"iou_prefix": "NJ", "contract_prefix": "NXD", "order": 1} | fields
    return Bank.objects.get_or_create(name=name, defaults={"short_name": short_name, **fields})[0]


def user(role=Role.LOAN_OFFICER, name="周敏", **fields):
    """A person who works here; bank staff get a bank where none is named."""
    if role == Role.BANK:
        fields.setdefault("bank", bank())
    fields.setdefault("username", f"{role}{next(_serial)}")
    return User.objects.create(role=role, name=name, **fields)


def office_date(day=TODAY):
    """Let it be this day in the office."""
    OfficeDate.objects.update_or_create(only=True, defaults={"fixed_on": day})
    return day


def browser(person=None):
    """A browser, signed in as this person."""
    return sign_in(Client(), person) if person else Client()


def sign_in(client, person):
    """This browser is now this person's."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def staff(role, name=None, **fields):
    """The one person of this role that a story needs; the same one every time."""
    if role == Role.BANK:
        fields.setdefault("bank", bank())
    found = User.objects.filter(role=role, is_active=True, **fields).first()
    return found or user(role, name or NAMES[role], **fields)


def identity_number(born=date(1973, 5, 8), sex="M"):
    """A right identity number of the invented area 220399; another one each time."""
    sequence = next(_serial) * 2 % 1000 + (sex == "M")
    body = f"220399{born:%Y%m%d}{sequence:03}"
    return body + check_character(body)


def community(name="茂林镇", **fields):
    """A town of ours; the same one for the same name."""
    return Community.objects.get_or_create(name=name, defaults=fields)[0]


def person(name="潘志国", *, born=date(1973, 5, 8), sex="M", groups=(Group.REGISTERED_UNEMPLOYED,), on=TODAY, **fields):
    """A registered person in these groups."""
    officer = staff(Role.LOAN_OFFICER)
    fields = {"identity_number": identity_number(born, sex), "phone": "13904340001", "community": community(), **fields}
    made = applicants.register_person(name=name, by=officer, on=on, **fields)
    for group in groups:
        applicants.add_group(applicant=made, group=group, proof=proof_of(group, on), proof_number="SL0001", by=officer, on=on)
    return made


def proof_of(group, on=TODAY):
    """A paper that proves this group on this day."""
    return next((proof.paper for proof in lending_rules.in_force(on).proofs if proof.group == group), "证明")


def mortgage(**changes):
    """Something worth having that stands behind a borrower."""
    usual = {"kind": "mortgage", "thing": "住宅一套", "certificate": "双房权证字第1号", "owner": "潘志国", "value": Decimal("80000.00")}
    return loans.Guarantor(**usual | changes)


def civil_servant(name="赵科长", **changes):
    """Somebody on the public payroll who stands behind a borrower."""
    return loans.Guarantor(**{"kind": "civil_servant", "name": name, "identity_number": identity_number(), "employer": "农业局"} | changes)


def credit_community(name="茂林镇", *, since=date(2002, 12, 24), **fields):
    """A community that stands for those it recommends, from a day on."""
    document = PolicyDocument.objects.get_or_create(number="信用社区认定", defaults={"level": "local"})[0]
    CreditCommunity.objects.create(community=community(name), document=document, effective_from=since, standing="in_effect", **fields)
    return community(name)


def enterprise(name="鑫达牧业公司", *, registration_number="91350100M000100Y43", staff_in_post=100, on=TODAY, **fields):
    """A registered labour-intensive enterprise."""
    officer = staff(Role.LOAN_OFFICER)
    made = applicants.register_enterprise(
        name=name, registration_number=registration_number, staff_in_post=staff_in_post, legal_representative="田国鹏", by=officer, on=on, **fields
    )
    applicants.add_group(applicant=made, group=Group.LABOUR_INTENSIVE_FIRM, proof="认定证明", by=officer, on=on)
    return made


def training_class(year=2011, number=1, **fields):
    """A SYB class of this year; the same one for the same number."""
    usual = {"module": TrainingClass.Module.SYB, "year": year, "first_day": date(year, 2 + number, 8), "last_day": date(year, 2 + number, 19)}
    return TrainingClass.objects.get_or_create(code=f"{year}-SYB-{number:02}", defaults=usual | fields)[0]


def trainee(who=None, *, year=2011, number=1, attendance=95, exam=80, plan=75):
    """Somebody who sat in a class, with marks that suffice."""
    who = who or person()
    return Trainee.objects.create(training_class=training_class(year, number), applicant=who, attendance=attendance, exam=exam, plan=plan)


def asked(**changes):
    """What an ordinary application asks for."""
    usual = {
        "bank": bank,
        "community": community,
        "group": Group.REGISTERED_UNEMPLOYED,
        "project": "农机修理部",
        "trade": "修理修配",
        "amount": Decimal("50000.00"),
        "term": 24,
        "form": Form.GRACE_QUARTERLY,
        "place": "茂林镇兴茂街12号",
        "own_funds": Decimal("20000.00"),
        "use": "购置修理设备",
        "expected_workers": 3,
        "guarantors": [mortgage()],
    }
    return {name: value() if callable(value) and name in ("bank", "community") else value for name, value in (usual | changes).items()}


def application(applicant=None, *, by=None, on=TODAY, **changes):
    """A case that was just taken; an ordinary one unless told otherwise."""
    return loans.apply(applicant=applicant or person(on=on), by=by or staff(Role.LOAN_OFFICER), on=on, **asked(**changes))


def papers(loan, *, on=TODAY, but=()):
    """Bring every paper that the case needs, but these."""
    for kind in papers_needed(loan)[1]:
        if kind not in but:
            applicants.attach_paper(applicant=loan.applicant, kind=kind, held="original", case_number=loan.number, by=loan.applied_by, on=on)
    return loan


def visited(loan, *, on=TODAY, **changes):
    """One joint visit, recorded by the loan officer."""
    seen = {
        "visit_day": on,
        "place": "茂林镇兴茂街12号",
        "who_went": "周敏、郑国华、孙丽",
        "premises": "自有,80平方米",
        "trade_seen": "农机修理",
        "own_money": Decimal("20000.00"),
        "expected_income": Decimal("36000.00"),
        "workers": 3,
        "agrees": True,
    }
    return loans.record_visit(loan=loan, by=staff(Role.LOAN_OFFICER), on=on, **(seen | changes))


def opinion(loan, role, *, on=TODAY, **changes):
    """The opinion of one department: for the loan as asked."""
    said = {"stance": "for", "amount": loan.amount_asked, "term_months": loan.term_asked, "reason": "情况属实,同意。"}
    by = staff(role, bank=loan.bank) if role == Role.BANK else staff(role)
    return loans.give_opinion(loan=loan, by=by, on=on, **(said | changes))


def recommended(loan, on=TODAY):
    return loans.recommend(loan=loan, words="为人诚信,同意推荐。", by=staff(Role.LOAN_OFFICER), on=on)


def reviewed(loan, on=TODAY):
    return loans.first_review(loan=papers(loan, on=on), words="材料齐全,符合条件。", micro_profit=True, by=staff(Role.LOAN_OFFICER), on=on)


def investigated(loan, on=TODAY):
    visited(loan, on=on)
    for role in (Role.LOAN_OFFICER, Role.FINANCE, Role.BANK):
        opinion(loan, role, on=on)
    loan.refresh_from_db()
    return loan


def confirmed(loan, on=TODAY):
    return loans.second_review(loan=loan, words="复核无异议。", by=staff(Role.REVIEWER), on=on)


def returned(loan, on=TODAY):
    by = staff(Role.LOAN_OFFICER)
    return loans.return_for_papers(loan=loan, missing=["premises"], wanted="请补房屋租赁合同", answer_by=on + timedelta(10), by=by, on=on)


def refused(loan, on=TODAY):
    return loans.refuse(loan=loan, rule="银发〔2002〕394号", reason="不属于贷款对象。", by=staff(Role.LOAN_OFFICER), on=on)


def withdrawn(loan, on=TODAY):
    return loans.withdraw(loan=loan, reason="本人不再需要。", by=staff(Role.LOAN_OFFICER), on=on)


# --- The fund, the promise, the bank -------------------------------------------------------------------------------------


def fund(balance="200000", *, bank=None, on=TODAY):
    """The part of the fund at a bank, with so much paid in; five times as much may be promised on it."""
    account = FundAccount.objects.get_or_create(bank=bank or globals()["bank"](), defaults={"opened": date(2004, 1, 1)})[0]
    if Decimal(balance):
        paper = {"document": f"双财社〔{on.year}〕{next(_serial)}号", "value_date": on}
        guarantees.pay_in(account=account, amount=Decimal(balance), **paper, by=staff(Role.FINANCE), on=on)
    return account


def agreement(bank, fund="0.8", bank_share="0.2", *, agency="0", from_day=date(2004, 1, 1), **fields):
    """What this bank has agreed to bear from a day on."""
    shares = {"fund_share": Decimal(fund), "bank_share": Decimal(bank_share), "agency_share": Decimal(agency)}
    said = {"document_number": f"双担协〔{from_day.year}〕{next(_serial)}号", "signed": from_day}
    return BankAgreement.objects.create(standing="in_effect", bank=bank, effective_from=from_day, **shares, **(said | fields))


def old_plan(year=2011, *, loans=2, amount="20000", jobs=4):
    """A year's plan as the old ledger has it."""
    drawn_up = {"drawn_up_on": TODAY, "drawn_up_by": staff(Role.ADMINISTRATOR)}
    return AnnualPlan.objects.create(year=year, loans=loans, amount=Decimal(amount), jobs=jobs, imported=True, in_force_from=date(year, 1, 1), **drawn_up)


def plan_grid(amount="40000", *, bank=None):
    """A year's plan of one bank: so much in every quarter, all of it for the registered unemployed."""
    quarter = Figures(1, Decimal(amount), 4)
    account = FundAccount.objects.filter(bank=bank or globals()["bank"]()).first() or fund(bank=bank)
    return Grid({(account.bank_id, n): quarter for n in QUARTERS}, {Group.REGISTERED_UNEMPLOYED.value: Figures(4, 4 * Decimal(amount), 16)})


def drawn_up_plan(year=2012, *, on=TODAY, reason="", **grid):
    """A version of a year's plan that waits for its signatures."""
    return plan_actions.draw_up(year=year, grid=plan_grid(**grid), reason=reason, by=staff(Role.LOAN_OFFICER), on=on)


def signed_plan(year=2012, *, on=TODAY, **given):
    """A version of a year's plan in force from this day."""
    plan = drawn_up_plan(year, on=on, **given)
    plan_actions.sign(plan=plan, by=staff(Role.DIRECTOR), on=on)
    return plan_actions.sign(plan=plan, by=staff(Role.FINANCE), on=on)


def statement(account, closing, *lines, month=date(2011, 12, 1), on=TODAY):
    """A bank's statement of a month, entered by finance; lines are (day, signed amount, text)."""
    rows = [StatementRow(at, day, Decimal(amount), text) for at, (day, amount, text) in enumerate(lines, start=1)]
    return statement_actions.enter(account=account, month=month, closing=Decimal(closing), lines=rows, by=staff(Role.FINANCE), on=on)


def clerk(loan):
    """The credit officer of a case's bank."""
    return staff(Role.BANK, bank=loan.bank)


def promised(loan, on=TODAY, **changes):
    if not FundAccount.objects.filter(bank=loan.bank).exists():
        fund(bank=loan.bank, on=on)
    granted = {"amount": loan.amount_asked, "term": loan.term_asked, "remark": "同意担保。", "by": staff(Role.DIRECTOR)}
    return guarantees.approve(loan=loan, on=on, **(granted | changes)).loan


def contracted(loan, on=TODAY, **changes):
    contract = {"contract_number": f"NXD{on.year}{next(_serial):05}", "contract_date": on, "rate": Decimal("9.65"), "by": clerk(loan)}
    return guarantees.decide_credit(loan=loan, on=on, **(contract | changes))


def disbursed(loan, on=TODAY, **changes):
    slip = {"day": on, "amount": loan.amount_granted, "iou_number": f"NJ{on.year}{next(_serial):05}", "difference_reason": "", "by": clerk(loan)}
    return guarantees.confirm_disbursement(loan=loan, on=on, **(slip | changes))


def repaid(loan, principal, *, on, interest="0", overpaid="0", **changes):
    """One receipt as the bank reports it; the entry."""
    slip = {"reference": f"LS{next(_serial):06}", "value_date": on, "by": clerk(loan)}
    amounts = {"principal": Decimal(principal), "interest": Decimal(interest), "overpaid": Decimal(overpaid)}
    return repayments.receive(loan=loan, on=on, **amounts, **(slip | changes))


def settled(loan, on=TODAY):
    repaid(loan, loan.principal, on=on)
    loan.refresh_from_db()
    return loan


def taken_back(loan, on=TODAY):
    return guarantees.withdraw_promise(loan=loan, reason="借款人放弃。", by=staff(Role.DIRECTOR), on=on)


def lapsed(loan, on=TODAY):
    return guarantees.lapse(loan=loan, by=staff(Role.ADMINISTRATOR), on=loan.promise.valid_until + timedelta(1))


# --- The fund pays for a loan that went wrong, and tries to get it back ------------------------------------------------------
OVERDUE = date(2014, 2, 7)  # a month after an ordinary loan's last day


def demanded(loan, on=OVERDUE, **changes):
    """The bank's demand for all that is owed, with every paper of the check list."""
    brought = [Brought(kind, "共1份") for kind in required(RequiredPaper.For.DEMAND, on=on)]
    said = {"principal": loan.principal, "interest": Decimal(0), "reason": "电话、上门催收三次未还。", "papers": brought, "by": clerk(loan)}
    return guarantees.demand(loan=loan, on=on, **(said | changes))


def checked(loan, on=OVERDUE, **changes):
    """A demand whose papers are in order."""
    papers = demanded(loan, on, **changes).papers.all()
    return guarantees.check_papers(loan=loan, found=[Found(paper.kind, True) for paper in papers], by=staff(Role.LOAN_OFFICER), on=on)


def signed(loan, on=OVERDUE, **changes):
    """A demand with its three signatures."""
    asked = checked(loan, on, **changes)
    for role in (Role.REVIEWER, Role.FINANCE, Role.DIRECTOR):
        guarantees.sign_compensation(loan=loan, words="同意代偿。", by=staff(role), on=on)
    return asked


def compensated(loan, on=OVERDUE, **changes):
    """The loan once the fund has paid for it."""
    signed(loan, on, **changes)
    guarantees.pay_compensation(loan=loan, day=on, document=f"双财代〔{on.year}〕{next(_serial)}号", by=staff(Role.FINANCE), on=on)
    loan.refresh_from_db()
    return loan


def lifted(loan, on=OVERDUE):
    """Promises for the bank of this loan go on, however much the fund paid for it."""
    for role in (Role.FINANCE, Role.DIRECTOR):
        guarantees.sign_lifting(account=loan.bank.fund_account, words="新增贷前联审。", by=staff(role), on=on)
    return loan


def recovered(loan, amount, on=OVERDUE, **changes):
    """Some of it comes back from the borrower."""
    slip = {"source": "borrower", "day": on, "document": f"双追〔{on.year}〕{next(_serial)}号", "by": staff(Role.FINANCE)}
    return guarantees.record_recovery(loan=loan, amount=Decimal(amount), on=on, **(slip | changes))


def write_off_proposed(loan, on=OVERDUE, cause="court_end", **changes):
    """A write-off with its papers, in order."""
    brought = [Brought(kind, "法院裁定1份") for kind in required(RequiredPaper.For.WRITE_OFF, cause, on=on)]
    said = {"cause": cause, "reason": "法院终结执行。", "papers": brought, "by": staff(Role.LOAN_OFFICER)}
    made = guarantees.propose_write_off(loan=loan, on=on, **(said | changes))
    found = [Found(paper.kind, True) for paper in made.papers.all()]
    return guarantees.check_write_off_papers(loan=loan, found=found, by=staff(Role.FINANCE), on=on)


def written_off(loan, on=OVERDUE):
    """Signed by finance and the director."""
    write_off_proposed(loan, on)
    for role in (Role.FINANCE, Role.DIRECTOR):
        guarantees.sign_write_off(loan=loan, words="同意核销。", by=staff(role), on=on)
    loan.refresh_from_db()
    return loan


STEPS = {  # how a case comes to a state: from which other, by which step
    State.APPLIED: (None, None),
    State.RECOMMENDED: (State.APPLIED, recommended),
    State.RETURNED: (State.RECOMMENDED, returned),
    State.REVIEWED: (State.RECOMMENDED, reviewed),
    State.INVESTIGATED: (State.REVIEWED, investigated),
    State.CONFIRMED: (State.INVESTIGATED, confirmed),
    State.PROMISED: (State.CONFIRMED, promised),
    State.CONTRACTED: (State.PROMISED, contracted),
    State.LIVE: (State.CONTRACTED, disbursed),
    State.SETTLED: (State.LIVE, settled),
    State.COMPENSATED: (State.LIVE, lambda loan, on: lifted(compensated(loan))),  # on its own day: a loan has to be overdue first
    State.RECOVERED: (State.COMPENSATED, lambda loan, on: recovered(loan, loan.principal).loan),
    State.WRITTEN_OFF: (State.COMPENSATED, lambda loan, on: written_off(loan)),
    State.LAPSED: (State.PROMISED, lapsed),
    State.REFUSED: (State.RECOMMENDED, refused),
    State.WITHDRAWN: (State.RECOMMENDED, withdrawn),
}


def case_at(state, *, on=TODAY, **changes):
    """A case that came to this state by the office's own steps, all on one day."""
    before, step = STEPS[state]
    return application(on=on, **changes) if step is None else step(case_at(before, on=on, **changes), on=on)


def picture(name="照片.png"):
    """A small real PNG file."""
    return SimpleUploadedFile(name, base64.b64decode(PNG), content_type="image/png")


# --- After the loan ------------------------------------------------------------------------------------------------------


def asked_to_extend(loan, *, on, months=12, **changes):
    """The borrower's request for an extension, and the guarantors' consent, on record."""
    said = {"months": months, "reason": "货款未收回", "request_day": on, "request_paper": "展申1号", "guarantors_day": on, "guarantors_paper": "同意书1号"}
    return changes_of_loans.ask_extension(loan=loan, by=staff(Role.LOAN_OFFICER), on=on, **(said | changes))


def extended(loan, *, on, months=12):
    """Extended with every consent on one day; the extension."""
    asked_to_extend(loan, on=on, months=months)
    changes_of_loans.consent_extension(loan=loan, bank_day=on, bank_paper="农信展1号", by=clerk(loan), on=on)
    return changes_of_loans.grant_extension(loan=loan, by=staff(Role.DIRECTOR), on=on)


def repaid_early(loan, cause, principal, *, on, interest="0", **changes):
    """A receipt above what is due, with the borrower's choice; the entry."""
    slip = {"reference": f"LS{next(_serial):06}", "value_date": on, "by": clerk(loan)}
    amounts = {"principal": Decimal(principal), "interest": Decimal(interest)}
    return changes_of_loans.repay_early(loan=loan, cause=cause, on=on, **amounts, **(slip | changes))


def repriced(loan, from_day, rate, *, on, document="借款合同第六条"):
    """A dated step of the rate, entered by the bank."""
    return changes_of_loans.enter_rate_step(loan=loan, from_day=from_day, rate=Decimal(rate), document=document, by=clerk(loan), on=on)


def misnumbered(loan, now="NJ201299999", *, which="iou", on=TODAY):
    """The bank says that a number was entered wrongly; the correction waits."""
    return loans.ask_correction(loan=loan, which=which, now=now, reason="录入时看错一位", by=clerk(loan), on=on)


def renumbered(loan, now="NJ201299999", *, which="iou", on=TODAY):
    """The right number, entered by the bank and confirmed by the reviewer."""
    misnumbered(loan, now, which=which, on=on)
    return loans.confirm_correction(loan=loan, which=which, by=staff(Role.REVIEWER), on=on)
