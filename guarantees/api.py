"""API operations on a promised case: what a bank is to confirm, and that it has paid a loan out."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from guarantees import actions, queries
from loans.forms_of_repayment import Form
from loans.models import Loan
from loans.states import RESERVED, State
from repayments.actions import ReportedOtherwise
from repayments.ledger import AlreadyReversed
from repayments.models import Account, Entry
from repayments.schedule import rows
from staff.api import DESCRIPTION_READERS, Yuan, operation, problems
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.scope import visible


def help_for_banks(request, subject=None):
    """The way to the description of the API, on the help page of those who may read it."""
    return {} if request.user.role in DESCRIPTION_READERS else None


class PendingConfirmation(serializers.Serializer):
    """A case that waits for its bank: for the contract while promised, for the disbursement once contracted."""

    case_number = serializers.CharField(source="number")
    state = serializers.ChoiceField([(state.value, state.label) for state in RESERVED])
    waiting_since = serializers.DateField(source="state_since")
    borrower = serializers.CharField(source="applicant.name")
    identity_number = serializers.CharField(source="applicant.masked_number", help_text=_("Masked."))
    promise_number = serializers.CharField(source="promise.number")
    valid_until = serializers.DateField(source="promise.valid_until")
    amount = Yuan(source="amount_granted")
    term_months = serializers.IntegerField(source="term_granted")
    form = serializers.ChoiceField(Form.choices)
    contract_number = serializers.CharField(allow_null=True)
    contract_date = serializers.DateField(allow_null=True)
    rate = serializers.DecimalField(max_digits=7, decimal_places=4, allow_null=True, help_text=_("Percent a year."))


class AgreedRow(serializers.Serializer):
    """One due day that bank and borrower agreed upon."""

    due = serializers.DateField()
    principal = Yuan()
    interest = Yuan(allow_null=True, default=None, help_text=_("Left out, it follows from the days."))


class DisbursementConfirmation(serializers.Serializer):
    """A disbursement as the bank confirms it."""

    iou_number = serializers.CharField(max_length=40)
    disbursed_on = serializers.DateField()
    amount = Yuan()
    difference_reason = serializers.CharField(max_length=200, allow_blank=True, default="", help_text=_("Why less was lent than promised."))
    agreed_rows = AgreedRow(many=True, required=False, help_text=_("Only for an agreed schedule."))


class DueRow(serializers.Serializer):
    """One row of the schedule that the disbursement fixed."""

    seq = serializers.IntegerField(source="sequence")
    due = serializers.DateField()
    principal = Yuan()
    interest = Yuan()
    balance_after = Yuan()


class Disbursement(serializers.Serializer):
    """A disbursement as it stands in the book, with its schedule."""

    case_number = serializers.CharField()
    iou_number = serializers.CharField()
    disbursed_on = serializers.DateField()
    amount = Yuan()
    maturity = serializers.DateField()
    state = serializers.ChoiceField(State.choices)
    schedule = DueRow(many=True)


@extend_schema(
    operation_id="pending_confirmations",
    tags=["bank"],
    summary=_("Pending confirmations"),
    description=_("The cases of your bank that wait for its contract or for its disbursement, the longest waiting first."),
    responses={200: PendingConfirmation(many=True), **problems(403)},
)
@operation("GET", Role.BANK)
def pending_confirmations(request):
    return Response(PendingConfirmation(queries.awaiting_bank(request.user), many=True).data)


@extend_schema(
    operation_id="confirm_disbursement",
    tags=["bank"],
    summary=_("Confirm the disbursement"),
    description=_("Confirms that a loan was paid out; its schedule is fixed. The same confirmation again answers 200; another one is refused."),
    request=DisbursementConfirmation,
    responses={201: Disbursement, 200: Disbursement, **problems(400, 403, 404, 409)},
)
@operation("POST", Role.BANK)
def confirm_disbursement(request, number):
    loan = get_object_or_404(visible(Loan.objects.all(), request.user), number=number)
    confirmation = DisbursementConfirmation(data=request.data)
    confirmation.is_valid(raise_exception=True)
    said = confirmation.validated_data
    _refuse_what_was_undone(loan, said)
    try:
        loan, status = _confirm(loan, said, by=request.user), 201
    except Refused as refusal:
        loan, status = _confirmed_before(loan, said, refusal), 200
    return Response(Disbursement(_disbursement(loan)).data, status=status)


def _confirm(loan, said, *, by):
    return actions.confirm_disbursement(
        loan=loan,
        day=said["disbursed_on"],
        amount=said["amount"],
        iou_number=said["iou_number"],
        difference_reason=said["difference_reason"],
        given=_given(said),
        by=by,
        on=office_today(),
    )


def _refuse_what_was_undone(loan, said):
    """A system that repeats itself must not undo a person's undoing; a corrected confirmation may follow under the old number."""
    undone = Entry.objects.filter(kind=Entry.Kind.DISBURSEMENT, lines__loan=loan, reversed_by__isnull=False, value_date=said["disbursed_on"])
    same = undone.filter(lines__account=Account.PRINCIPAL, lines__amount=said["amount"])
    if loan.state in RESERVED and same.filter(Q(reference=said["iou_number"]) | Q(reference__startswith=f"{said['iou_number']}/")).exists():
        raise AlreadyReversed(_gettext("Disbursement %(iou_number)s was confirmed and undone; confirm what is right.") % said)


def _given(said):
    return [(row["due"], row["principal"], row["interest"]) for row in said.get("agreed_rows", [])] or None


def _confirmed_before(loan, said, refusal):
    """The case where exactly this was confirmed before; otherwise it is refused."""
    loan.refresh_from_db()
    if not loan.disbursed_on:
        raise refusal
    booked = {"iou_number": loan.iou_number, "disbursed_on": loan.disbursed_on, "amount": loan.principal, "difference_reason": loan.difference_reason}
    if booked != {name: said[name] for name in booked} or not _agrees(loan, _given(said)):
        words = {"number": loan.number, "amount": f"{loan.principal:,.2f}", "day": loan.disbursed_on, "iou": loan.iou_number}
        sentence = _gettext("%(amount)s yuan for %(number)s were confirmed before, paid out on %(day)s under IOU number %(iou)s.") % words
        raise ReportedOtherwise(sentence) from refusal
    return loan


def _agrees(loan, given):
    """Do these rows, or none, make the schedule that was booked?"""
    plan = rows(Form(loan.form), loan.principal, loan.rate, loan.disbursed_on, loan.term_granted, grace=loan.grace_months, given=given)
    return plan == list(_fixed(loan).values_list("sequence", "due", "principal", "interest", "balance_after"))


def _disbursement(loan):
    told = {name: getattr(loan, name) for name in ("iou_number", "disbursed_on", "maturity", "state")}
    return {"case_number": loan.number, "amount": loan.principal, "schedule": _fixed(loan), **told}


def _fixed(loan):
    """The rows that were fixed at disbursement, whatever was agreed later."""
    return loan.schedules.standing().earliest("version").instalments.all()
