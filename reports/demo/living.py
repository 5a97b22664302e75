"""The demo's living cases: some twenty people of the first days of 2012, each taken as far as waits on somebody's desk.

Everything is written through the actions that a user presses; nothing is put into tables by hand. Dates are after 2011-12-31,
so figures as of that day stay those of the imported book.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from django.db import transaction

from applicants import actions as applicants
from applicants.models import Community, Group, Paper
from guarantees import actions as guarantees
from guarantees import queries as fund
from guarantees.models import FundAccount
from loans import actions as loans
from loans.forms_of_repayment import Form
from loans.models import BorrowerKind, CounterGuarantee, Loan, Stance
from loans.queries import papers_needed
from loans.states import State
from repayments import queries as repayment_queries
from reports.demo import standing_behind, watching
from reports.demo.people import CITY, POSTAL, RURAL, STORIES
from staff.models import Bank, Role, User

HOLIDAY, EVE, MORNING = date(2012, 1, 2), date(2012, 1, 3), date(2012, 1, 4)
RATE = Decimal("9.65")  # the ceiling of 2012-01-04 for two years: benchmark 6.65 and three points
LOOKED_AT_FROM = Decimal(80000)  # above this the reviewer compares the identity card; auditors see that she did
PRACTICE = ("applied", "recommended", "reviewed", "visited", "investigated", "confirmed", "promised", "contracted", "lent")


@cache
def _who(role, bank=None):
    return User.objects.filter(role=role, **({"bank__short_name": bank} if bank else {})).order_by("pk").first()


def _officer(loan=None):
    return (loan and loan.officer) or _who(Role.LOAN_OFFICER)


@transaction.atomic
def begin():
    """Open the demo's living cases, once; with cases of our own in the book already, nothing happens. Returns how many were opened."""
    if Loan.objects.filter(imported=False).exists():
        return 0
    _who.cache_clear()
    standing_behind.mark_communities({story.community for story in STORIES}, on=HOLIDAY)
    opened = [_take(story) for story in STORIES]
    for loan, step in zip(opened, HOW_FAR, strict=True):
        _walk(loan, step)
    _special_cases(opened)
    _nearly_full(_firm())
    _bank_demand()
    watching.begin()
    return Loan.objects.filter(imported=False).count()


HOW_FAR = (
    "applied",  # 许秀兰: the community's words are to be entered
    "confirmed",  # 潘志国: waits for the director, the bank has a condition
    "recommended",  # 戴立新: first review
    "investigated",  # 马凤英: waits for the reviewer
    "promised",  # 宋海波: waits for 邮储
    "recommended",  # 梁桂芝: will be returned for papers
    "reviewed",  # 高志远: the joint visit is to be made
    "visited",  # 冯丽华: opinions of finance and 邮储 are to come
    "visited",  # 孟庆丰: the opinion of 农信社 is to come
    "visited",  # 于淑清: the opinion of 城商行 is to come
    "investigated",  # 任永强: finance is against
    "confirmed",  # 薛玉梅: waits for the director
    "promised",  # 董长林: waits for 农信社
    "promised",  # 姜红艳: waits for 城商行
    "contracted",  # 尹国栋: 邮储 is to pay out
    "contracted",  # 贾秀芹: 农信社 is to pay out
    "contracted",  # 范立军: 城商行 is to pay out
    "lent",  # 石晓东: the first loan of the year
    "applied",  # 韩玉芳: thinks better of it
    "recommended",  # 邹立春: is refused
)


def _take(story):
    officer, community = _who(Role.LOAN_OFFICER), Community.objects.get(name=story.community)
    person = applicants.register_person(
        name=story.name,
        identity_number=story.identity_number,
        phone=story.phone,
        community=community,
        address=f"{story.community}{STORIES.index(story) + 11}号",
        by=officer,
        on=HOLIDAY,
    )
    if story.group == Group.ZERO_EMPLOYMENT_FAMILY:
        applicants.mark_zero_employment(applicant=person, proof="零就业家庭认定表", by=officer, on=HOLIDAY)
        applicants.add_group(applicant=person, group=Group.REGISTERED_UNEMPLOYED, proof="就业失业登记证", by=officer, on=HOLIDAY)
    else:
        applicants.add_group(applicant=person, group=story.group, proof=standing_behind.proof_of(story.group, HOLIDAY), by=officer, on=HOLIDAY)
    person.refresh_from_db()
    return loans.apply(
        applicant=person,
        bank=Bank.objects.get(short_name=story.bank),
        community=community,
        group=story.group,
        project=story.project,
        trade=story.trade,
        amount=story.amount,
        term=24,
        form=story.form,
        place=f"{story.community}{story.project}",
        own_funds=story.amount / 2,
        use="购置设备和流动资金",
        expected_workers=3,
        guarantors=standing_behind.behind(story.name, story.community),
        by=officer,
        on=HOLIDAY,
    )


def _walk(loan, step):
    """Take a case through the office as far as this step."""
    for reached in PRACTICE[1 : PRACTICE.index(step) + 1]:
        _STEPS[reached](Loan.objects.get(pk=loan.pk))


def _recommend(loan):
    loans.recommend(loan=loan, words="为人诚信，有经营能力，同意推荐。", by=_officer(loan), on=HOLIDAY)


def _review(loan):
    for kind in papers_needed(loan)[1]:
        applicants.attach_paper(applicant=loan.applicant, kind=kind, held=Paper.Held.ORIGINAL_SEEN, case_number=loan.number, by=_officer(loan), on=EVE)
    loans.first_review(loan=loan, words="材料齐全，符合条件。", micro_profit=loan.borrower_kind != BorrowerKind.ENTERPRISE, by=_officer(loan), on=EVE)


def _visit(loan):
    bank = _who(Role.BANK, loan.bank.short_name)
    loans.record_visit(
        loan=loan,
        visit_day=EVE,
        place=loan.place,
        who_went="、".join(person.name for person in (_officer(loan), _who(Role.FINANCE), bank)),
        premises="自有门面，水电齐全",
        trade_seen=f"{loan.project},筹备已就绪",
        own_money=loan.own_funds,
        expected_income=loan.amount_asked * Decimal("0.8"),
        workers=loan.expected_workers,
        agrees=True,
        by=_officer(loan),
        on=EVE,
    )
    _say(loan, _officer(loan), "场地、人员落实，情况属实。")


def _say(loan, by, reason, *, stance=Stance.FOR, amount=None, conditions=""):
    loans.give_opinion(
        loan=loan,
        stance=stance,
        amount=loan.amount_asked if amount is None else amount,
        term_months=loan.term_asked,
        conditions=conditions,
        reason=reason,
        by=by,
        on=MORNING if by.role == Role.BANK else EVE,
    )


def _hear_all(loan):
    against, condition = loan.applicant.name == "任永强", loan.applicant.name == "潘志国"
    finance, bank = _who(Role.FINANCE), _who(Role.BANK, loan.bank.short_name)
    if against:
        _say(loan, finance, "同类店铺一条街已有五家，预计收入难以还贷，建议另选项目。", stance=Stance.AGAINST, amount=Decimal(0))
    else:
        _say(loan, finance, "属微利项目，贴息资金已列计划。")
    if condition:
        _say(
            loan,
            bank,
            "自有资金偏少。",
            stance=Stance.CONDITIONAL,
            amount=Decimal(40000),
            conditions="增加一名财政供养人员反担保可至 50,000 元。",
        )
    else:
        _say(loan, bank, "信用记录良好，同意。")


def _confirm(loan):
    if loan.amount_asked >= LOOKED_AT_FROM and loan.borrower_kind == BorrowerKind.INDIVIDUAL:
        applicants.reveal_identity(applicant=loan.applicant, by=_who(Role.REVIEWER), on=MORNING)
    loans.second_review(loan=loan, words="复核无异议，报审定。", by=_who(Role.REVIEWER), on=MORNING)


def _promise(loan):
    guarantees.approve(loan=loan, amount=loan.amount_asked, term=loan.term_asked, remark="同意担保。", by=_who(Role.DIRECTOR), on=MORNING)


def _contract(loan):
    bank = loan.bank
    guarantees.decide_credit(
        loan=loan,
        contract_number=f"{bank.contract_prefix}2012-{loan.pk % 1000:04}",
        contract_date=MORNING,
        rate=RATE,
        by=_who(Role.BANK, bank.short_name),
        on=MORNING,
    )


def _lend(loan):
    guarantees.confirm_disbursement(
        loan=loan,
        day=MORNING,
        amount=loan.amount_granted,
        iou_number=f"{loan.bank.iou_prefix}201200001",
        difference_reason="",
        by=_who(Role.BANK, loan.bank.short_name),
        on=MORNING,
    )


_STEPS = {
    "recommended": _recommend,
    "reviewed": _review,
    "visited": _visit,
    "investigated": _hear_all,
    "confirmed": _confirm,
    "promised": _promise,
    "contracted": _contract,
    "lent": _lend,
}


def _special_cases(opened):
    """What does not go straight: papers missing, opinions half in, a withdrawal, a refusal."""
    by_name = {loan.applicant.name: Loan.objects.get(pk=loan.pk) for loan in opened}
    returned, withdrawn, refused = by_name["梁桂芝"], by_name["韩玉芳"], by_name["邹立春"]
    loans.return_for_papers(
        loan=returned,
        missing=[Paper.Kind.PREMISES, Paper.Kind.LICENCE],
        wanted="请补房屋租赁合同和营业执照副本。",
        answer_by=date(2012, 1, 16),
        by=_officer(returned),
        on=EVE,
    )
    _say(by_name["孟庆丰"], _who(Role.FINANCE), "属微利项目，同意。")
    _say(by_name["于淑清"], _who(Role.FINANCE), "属微利项目，同意。")
    loans.withdraw(loan=withdrawn, reason="家人已筹到资金，本人不再申请。", by=_officer(withdrawn), on=EVE)
    loans.refuse(loan=refused, rule="银发〔2002〕394号", reason="所报店铺已转让他人，不属自谋职业。", by=_officer(refused), on=EVE)


def _firm():
    """An enterprise that takes on many laid-off workers asks 城商行 for two million."""
    officer, community = _who(Role.LOAN_OFFICER), Community.objects.get(name="红旗街")
    firm = applicants.register_enterprise(
        name="丰源养殖公司",
        registration_number="2203821000990",
        legal_representative="曲广丰",
        staff_in_post=90,
        phone="13904343001",
        community=community,
        address="红旗街工业园 6 号",
        by=officer,
        on=HOLIDAY,
    )
    applicants.add_group(applicant=firm, group=Group.LABOUR_INTENSIVE_FIRM, proof="劳动密集型小企业认定证明", by=officer, on=HOLIDAY)
    loan = loans.apply(
        applicant=firm,
        bank=Bank.objects.get(short_name=CITY),
        community=community,
        group=Group.LABOUR_INTENSIVE_FIRM,
        borrower_kind=BorrowerKind.ENTERPRISE,
        project="生猪养殖基地扩建",
        trade="养殖业",
        amount=Decimal(2000000),
        term=24,
        form=Form.BULLET_QUARTERLY,
        place="红旗街工业园 6 号",
        own_funds=Decimal(3000000),
        use="扩建猪舍、购置种猪",
        expected_workers=120,
        new_hires=30,
        guarantors=[loans.Guarantor(kind=CounterGuarantee.Kind.MORTGAGE, **standing_behind.MORTGAGED)],
        by=officer,
        on=HOLIDAY,
    )
    _walk(loan, "confirmed")
    return loan


def _nearly_full(firm):
    """Finance moves a part of the fund to the bank that lends most; the firm's promise then nearly fills what is left at 城商行."""
    source, target = (FundAccount.objects.get(bank__short_name=name) for name in (CITY, RURAL))
    guarantees.transfer(source=source, target=target, amount=Decimal(600000), document="双财〔2012〕1号", value_date=MORNING, by=_who(Role.FINANCE), on=MORNING)
    assert firm.amount_asked < fund.room(source.bank, on=MORNING) < firm.amount_asked * Decimal("1.5"), "the promise should nearly fill the room"
    _promise(Loan.objects.get(pk=firm.pk))


def _bank_demand():
    """邮储 demands compensation for the loan that has been overdue for longest."""
    overdue = Loan.objects.filter(bank__short_name=POSTAL, state=State.LIVE, maturity__lt=MORNING).order_by("maturity", "pk").first()
    arrears = repayment_queries.arrears(overdue, MORNING)
    guarantees.demand(
        loan=overdue,
        principal=arrears.amount,
        interest=Decimal("0.00"),
        reason="多次电话、上门催收未果，借款人已停业外出，申请担保基金代偿。",
        by=_who(Role.BANK, POSTAL),
        on=MORNING,
    )
