"""Opens the demo's office: its banks, its people, its date, the real ledger of its first eight years, and the cases of its first days of 2012."""

import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from applicants.models import Community
from loans.communities import assign
from repayments.half_year.tasks import build_half_year
from reports.demo import after_the_loan, agreements, living, plan, rulebook, statements
from reports.importing.actions import take_in, taken_in
from reports.tasks import build_joint_meeting
from staff import runs
from staff.models import Bank, OfficeDate, Role, Run, User

LEDGER = Path(__file__).resolve().parents[2] / "data" / "office_ledger_2004_2011.xlsx"
FIRST_MORNING = datetime.date(2012, 1, 4)
BANKS = (
    {"name": "农村信用合作联社", "short_name": "农信社", "iou_prefix": "NJ", "contract_prefix": "NXD", "address": "辽河路 118 号", "order": 1},
    {"name": "邮政储蓄银行", "short_name": "邮储", "iou_prefix": "YJ", "contract_prefix": "YXD", "address": "辽南街 26 号", "order": 2},
    {"name": "城市商业银行", "short_name": "城商行", "iou_prefix": "CJ", "contract_prefix": "CXD", "address": "郑家屯街 57 号", "order": 3},
)
PHONE = "0434-02200{:02}"  # no telephone's number begins with 0 there: nobody is rung up by mistake
PEOPLE = (
    ("officer", "王建国", Role.LOAN_OFFICER, None),
    ("officer2", "李秀英", Role.LOAN_OFFICER, None),
    ("reviewer", "赵淑华", Role.REVIEWER, None),
    ("director", "刘振东", Role.DIRECTOR, None),
    ("trainer", "陈晓梅", Role.TRAINER, None),
    ("finance", "孙立群", Role.FINANCE, None),
    ("bank_rural", "周海涛", Role.BANK, "农信社"),
    ("bank_postal", "吴丽娜", Role.BANK, "邮储"),
    ("bank_city", "郑国栋", Role.BANK, "城商行"),
    ("auditor", "冯志远", Role.AUDITOR, None),
    ("administrator", "何静", Role.ADMINISTRATOR, None),
)

PAPERS = (
    ("half_year.build", build_half_year, "%s 半年还款台账"),
    ("joint_meeting.build", build_joint_meeting, "%s 联席会议报告"),
)


def half_year_of(day):
    """The name of the half-year that a day lies in: 2011-H2."""
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


class Command(BaseCommand):
    help = "Opens the demo's office: its banks, its people, its date, its old ledger and its living cases. Run again, it changes nothing."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo people exist in a demo only.")
        self._banks_and_people()
        self._old_ledger()
        living.begin()
        after_the_loan.begin()
        plan.begin()
        statements.begin()
        rulebook.begin()
        self._first_papers()

    @transaction.atomic
    def _banks_and_people(self):
        for fields in BANKS:
            Bank.objects.get_or_create(name=fields["name"], defaults={"phone": PHONE.format(fields["order"]), **fields})
        for desk, (username, name, role, bank) in enumerate(PEOPLE, 11):
            if not User.objects.filter(username=username).exists():
                person = User(username=username, name=name, role=role, phone=PHONE.format(desk))
                person.bank = Bank.objects.get(short_name=bank) if bank else None
                person.is_staff = role == Role.ADMINISTRATOR
                person.set_unusable_password()  # they sign in with one click
                person.save()
        agreements.begin()
        OfficeDate.objects.get_or_create(defaults={"fixed_on": FIRST_MORNING})

    @transaction.atomic
    def _old_ledger(self):
        """The history as the office kept it, and each community with one of the two loan officers in turn."""
        content = LEDGER.read_bytes()
        if taken_in(content):
            return
        administrator = User.objects.get(username="administrator")
        take_in(content=content, file_name=LEDGER.name, by=administrator, on=FIRST_MORNING, progress=self._progress)
        communities = list(Community.objects.order_by("name"))
        for first, officer in enumerate(("officer", "officer2")):
            assign(communities=communities[first::2], officer=User.objects.get(username=officer), by=administrator, on=FIRST_MORNING)

    @transaction.atomic
    def _first_papers(self):
        """Ask the worker for the papers of the half-year that is over, once: its ledger and the joint meeting's report."""
        director, period = User.objects.get(username="director"), half_year_of(FIRST_MORNING - datetime.timedelta(days=4))
        for kind, task, title in PAPERS:
            if not Run.objects.filter(kind=kind).exists():
                runs.ask(task, kind=kind, title=title % period, by=director, on=FIRST_MORNING, period=period)

    def _progress(self, done, total, message):
        self.stdout.write(f"{done}/{total} {message}")
        self.stdout.flush()
