"""What has to be watched in the demo: a step over its limit, a signature lent, one collection due today and one promise to pay that was broken."""

from datetime import date
from decimal import Decimal

from applicants import actions as applicants
from applicants.identity import check_character
from applicants.models import Community, Group
from loans import actions as loans
from loans.forms_of_repayment import Form
from loans.models import CounterGuarantee, Loan
from repayments import queries as repayments
from repayments.collecting.actions import note_collection
from reports.demo.people import RURAL
from staff.actions import delegate_signature
from staff.models import Bank, Role, User

BEFORE, HOLIDAY, EVE, MORNING = date(2011, 12, 26), date(2012, 1, 2), date(2012, 1, 3), date(2012, 1, 4)
BACK = date(2012, 1, 13)
BODY = "22039919690715752"  # invented, as 220399 does not exist
COMMUNITY = "红旗街"


def begin():
    """Everything on the days before the first morning; called once, with the living cases."""
    officer, other = User.objects.filter(role=Role.LOAN_OFFICER).order_by("pk")[:2]
    _waits_too_long(Community.objects.get(name=COMMUNITY))
    _lends_the_signature(officer, other)
    _collected(officer)


def _waits_too_long(community):
    """田桂荣 asked before New Year; the community's recommendation has not come within its three working days."""
    took = {"by": community.officer, "on": BEFORE}
    person = applicants.register_person(
        name="田桂荣", identity_number=BODY + check_character(BODY), phone="13904342031", community=community, address=f"{COMMUNITY}58号", **took
    )
    applicants.add_group(applicant=person, group=Group.REGISTERED_UNEMPLOYED, proof="就业失业登记证", **took)
    person.refresh_from_db()
    loans.apply(
        applicant=person,
        bank=Bank.objects.get(short_name=RURAL),
        community=community,
        group=Group.REGISTERED_UNEMPLOYED,
        project="豆腐坊",
        trade="食品加工",
        amount=Decimal(40000),
        term=24,
        form=Form.GRACE_QUARTERLY,
        place=f"{COMMUNITY}58号",
        own_funds=Decimal(20000),
        use="购置豆浆机、冷柜",
        expected_workers=2,
        guarantors=[loans.Guarantor(kind=CounterGuarantee.Kind.CREDIT_COMMUNITY, reason=f"{COMMUNITY}推荐")],
        **took,
    )


def _lends_the_signature(holder, delegate):
    """The one officer is away for training; the other signs for her until she is back."""
    administrator = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()
    paper = {"document": "双担授〔2012〕1号", "reason": "参加省厅业务培训"}
    delegate_signature(holder=holder, delegate=delegate, first_day=MORNING, last_day=BACK, **paper, by=administrator, on=MORNING)


def _collected(officer):
    """One borrower is to be visited today; another promised to pay yesterday and did not."""
    late = repayments.overdue(Loan.objects.filter(officer=officer, bank__short_name=RURAL), MORNING)
    first, second = late[:2]
    told = {"how": "call", "with_whom": "本人", "by": officer}
    note_collection(loan=first, day=EVE, said="称春节前货款回笼即还。", next_action="上门核实经营情况", next_day=MORNING, on=EVE, **told)
    paid = {"promised_amount": Decimal(2000), "promised_day": EVE}
    note_collection(loan=second, day=HOLIDAY, said="答应先还两千元，其余分三个月还清。", on=HOLIDAY, **paid, **told)
