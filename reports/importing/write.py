"""What was found right in a workbook, written in bulk. The caller holds the transaction."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from applicants.actions import identity_fields
from applicants.identity import IdentityNumber, Registration
from applicants.models import Applicant, Community, Group, GroupMembership
from applicants.names import spelled
from guarantees.models import AnnualPlan, FundAccount
from loans import states
from loans.models import Loan, Venture
from loans.states import State
from repayments import ledger
from repayments.ledger import Booking, Posting
from repayments.models import Account, Entry, Instalment, Schedule, Visit
from repayments.schedule import maturity
from repayments.schedule import rows as schedule_rows
from reports.importing import funding, lending, repaying, teaching
from reports.importing.examine import Examined
from reports.importing.sheets import Row
from reports.models import ImportedLoan, LedgerImport
from staff.audit import label, note_many
from staff.models import User
from training.models import Trainee, TrainingClass

Progress = Callable[[int, int, str], None]
BATCH = 2000  # rows a statement
NUMBER_COLUMNS = {Registration.CREDIT_CODE: "credit_code", Registration.OLD_LICENCE: "licence_number"}


class Writing:
    """One import under way: who and when, and what it has made so far."""

    def __init__(self, found: Examined, source: LedgerImport):
        self.found = found
        self.source = source
        self.by: User = source.imported_by
        self.on: date = source.imported_on
        self.people: dict[str, int] = {key: pk for key, (pk, _name) in found.known.people.items()}
        self.loans: dict[str, Loan] = {}  # the new ones, by IOU number

    def everything(self, progress: Progress) -> None:
        """All sheets, in the order in which they lean on each other."""
        steps = (
            (_("The fund and the plans"), self.fund_and_plans),
            (_("People"), self.applicants),
            (_("Loans"), self.lending),
            (_("Schedules"), self.schedules),
            (_("The book"), self.receipts),
            (_("Visits"), self.visits),
            (_("Training"), self.training),
        )
        for done, (title, step) in enumerate(steps):
            progress(done, len(steps), title)
            step()
        progress(len(steps), len(steps), _("Done"))

    def fund_and_plans(self) -> None:
        paid_in = self.found.new(funding.FUND)
        for bank in {row["bank"] for row in paid_in}:
            FundAccount.objects.get_or_create(bank=bank, defaults={"opened": min(row["day"] for row in paid_in if row["bank"] == bank)})
        ledger.post_many([_pay_in(row) for row in paid_in], on=self.on, by=self.by)
        AnnualPlan.objects.bulk_create(
            AnnualPlan(
                year=row["year"],
                loans=row["loans"],
                amount=row["amount"],
                jobs=row["jobs"],
                imported=True,
                in_force_from=date(row["year"], 1, 1),
                drawn_up_on=self.on,
                drawn_up_by=self.by,
            )
            for row in self.found.new(funding.PLAN)
        )

    def applicants(self) -> None:
        """Borrowers first, since their rows say more; then trainees who never borrowed; then the groups of all borrowers."""
        lent = self.found.new(lending.LAYOUT)
        Community.objects.bulk_create((Community(name=name) for name in dict.fromkeys(row["community"] for row in lent)), ignore_conflicts=True)
        communities = {community.name: community for community in Community.objects.all()}
        trained = [*self.found.new(teaching.SIYB), *self.found.new(teaching.OTHER)]
        new: dict[str, Applicant] = {}
        for row in (*lent, *trained):
            if (key := lending.person_key(row["identity"])) not in self.people and key not in new:
                new[key] = _applicant(row, communities.get(row["community"]), by=self.by, on=self.on)
        Applicant.objects.bulk_create(new.values(), batch_size=BATCH)
        self.people |= {key: person.pk for key, person in new.items()}
        GroupMembership.objects.bulk_create(self._memberships(lent), batch_size=BATCH, ignore_conflicts=True)

    def _memberships(self, lent: Iterable[Row]) -> list[GroupMembership]:
        proofs = {(self._person(row), group): row for row in lent for group in row["groups"] if group != Group.WOMAN}
        return [
            GroupMembership(applicant_id=person, group=group, proof_number=row["certificate"] or "", added_on=self.on, added_by=self.by)
            for (person, group), row in proofs.items()
        ]

    def _person(self, row: Row) -> int:
        return self.people[lending.person_key(row["identity"])]

    def lending(self) -> None:
        rows = self.found.new(lending.LAYOUT)
        communities = {community.name: community for community in Community.objects.all()}
        loans = [self._loan(row, communities[row["community"]]) for row in rows]
        Loan.objects.bulk_create(loans, batch_size=BATCH)
        self.loans = {loan.iou_number: loan for loan in loans if loan.iou_number}
        Venture.objects.bulk_create((_venture(loan, row) for loan, row in zip(loans, rows, strict=True)), batch_size=BATCH)
        ledger.post_many([_disbursement(loan) for loan in loans], on=self.on, by=self.by)
        ImportedLoan.objects.bulk_create(
            (ImportedLoan(loan=loan, ledger=self.source, row=row.number, content=lending.content(row)) for loan, row in zip(loans, rows, strict=True)),
            batch_size=BATCH,
        )
        told = ((label(loan), {"file": self.source.file_name, "row": row.number}) for loan, row in zip(loans, rows, strict=True))
        note_many("loan.imported", told, by=self.by, on=self.on)

    def _loan(self, row: Row, community: Community) -> Loan:
        """The loan as the ledger tells it. Who reviewed and approved it then, it does not tell: those signatures stay empty."""
        disbursed, repaid = row["disbursed"], self.found.repaid.get(row["iou"])
        return Loan(
            number=row["iou"],
            state=State.SETTLED if repaid else State.LIVE,
            state_since=repaid or disbursed,
            imported=True,
            dates_assumed=True,  # the ledger has no application and no contract day: the disbursement day stands
            applicant_id=self._person(row),
            borrower_kind=row["kind"],
            group=row["group"],
            groups=list(row["groups"]),
            community=community,
            officer_id=community.officer_id,
            bank=row["bank"],
            project=row["project"],
            trade=row["trade"],
            amount_asked=row["amount"],
            term_asked=row["term"],
            form=row["form"],
            expected_workers=row["jobs"],
            micro_profit=row["micro_profit"],
            siyb_excellent=row["siyb_excellent"],
            applied_on=disbursed,
            applied_by=self.by,
            credit_decided_on=disbursed,
            credit_decided_by=self.by,
            contract_number=row["contract"],
            contract_date=disbursed,
            rate=row["rate"],
            disbursed_on=disbursed,
            disbursed_by=self.by,
            principal=row["amount"],
            iou_number=row["iou"],
            maturity=maturity(disbursed, row["term"]),
            closed_on=repaid,
            closed_by=self.by if repaid else None,
            terms=row["terms"].as_data(),
        )

    def schedules(self) -> None:
        loans = list(self.loans.values())
        made = [Schedule(loan=loan, in_force_from=loan.disbursed_on, form=loan.form, rate=loan.rate, made_on=self.on, made_by=self.by) for loan in loans]
        Schedule.objects.bulk_create(made, batch_size=BATCH)
        Instalment.objects.bulk_create(
            (
                Instalment(schedule=schedule, sequence=r.seq, due=r.due, principal=r.principal, interest=r.interest, balance_after=r.balance_after)
                for loan, schedule in zip(loans, made, strict=True)
                for r in schedule_rows(loan.form, loan.principal, loan.rate, loan.disbursed_on, loan.term_asked)
            ),
            batch_size=BATCH,
        )

    def receipts(self) -> None:
        """The receipts; a loan on record that they repay whole goes through the table of states."""
        rows = self.found.new(repaying.RECEIPTS)
        on_record = Loan.objects.select_for_update(of=("self",)).filter(iou_number__in={row["iou"] for row in rows} - self.loans.keys())
        loans = self.loans | {loan.iou_number: loan for loan in on_record.order_by("pk")}
        ledger.post_many([_receipt(row, loans[row["iou"]]) for row in rows], on=self.on, by=self.by)
        for iou, day in self.found.repaid.items():
            if (loan := loans[iou]).state == State.LIVE:
                loan.closed_on, loan.closed_by = day, self.by
                states.move(loan, State.SETTLED, by=self.by, on=self.on)

    def visits(self) -> None:
        rows = self.found.new(repaying.VISITS)
        keys = {iou: loan.pk for iou, loan in self.loans.items()} | {iou: loan.pk for iou, loan in self.found.known.loans.items()}
        Visit.objects.bulk_create(
            (
                Visit(
                    loan_id=keys[row["iou"]],
                    visit_day=row["day"],
                    business=row["business"],
                    workers=row["workers"],
                    note=row["note"] or "",
                    recorded_on=self.on,
                    recorded_by=self.by,
                )
                for row in rows
            ),
            batch_size=BATCH,
        )

    def training(self) -> None:
        rows = [*self.found.new(teaching.SIYB), *self.found.new(teaching.OTHER)]
        classes = {row["code"]: _class(row) for row in rows if row["code"] not in self.found.known.classes}
        TrainingClass.objects.bulk_create(classes.values())
        classes |= self.found.known.classes
        Trainee.objects.bulk_create(
            (
                Trainee(training_class=classes[row["code"]], applicant_id=self._person(row), attendance=attendance, exam=exam, plan=plan)
                for row in rows
                for attendance, exam, plan in [teaching.marks(row)]
            ),
            batch_size=BATCH,
        )


def _pay_in(row: Row) -> Booking:
    postings = (Posting(Account.FUND, row["amount"]), Posting(Account.TREASURY, -row["amount"]))
    return Booking(row["kind"], row["bank"], row["document"], row["day"], postings)


def _disbursement(loan: Loan) -> Booking:
    postings = (Posting(Account.PRINCIPAL, loan.principal, loan), Posting(Account.BANK_MONEY, -loan.principal))
    return Booking(Entry.Kind.DISBURSEMENT, loan.bank, loan.iou_number, loan.disbursed_on, postings)


def _receipt(row: Row, loan: Loan) -> Booking:
    principal, interest = row["principal"], row["interest"]
    postings = (
        Posting(Account.BANK_MONEY, principal + interest),
        Posting(Account.PRINCIPAL, -principal, loan),
        Posting(Account.INTEREST, -interest, loan),
    )
    return Booking(Entry.Kind.RECEIPT, row["bank"], row["reference"], row["day"], postings)


def _applicant(row: Row, community: Community | None, *, by: User, on: date) -> Applicant:
    applicant = Applicant(
        name=row["name"],
        phone=row["phone"] or "",
        community=community,
        certificate_number=row["certificate"] or "",
        registered_on=on,
        registered_by=by,
        **spelled(row["name"])._asdict(),
    )
    identity = row["identity"]
    if isinstance(identity, IdentityNumber):
        fields = identity_fields(identity)
    else:
        fields = {"kind": Applicant.Kind.ENTERPRISE, NUMBER_COLUMNS[identity[0]]: identity[1]}
    for field, value in fields.items():
        setattr(applicant, field, value)
    return applicant


def _venture(loan: Loan, row: Row) -> Venture:
    return Venture(loan=loan, name=row["project"], trade=row["trade"], opened=row["disbursed"], jobs=row["jobs"])


def _class(row: Row) -> TrainingClass:
    return TrainingClass(
        code=row["code"],
        module=row["module"],
        course=row["course"] or "",
        year=row["year"],
        first_day=row["first_day"],
        last_day=row["last_day"],
    )
