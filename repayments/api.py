"""API operations on a live loan: a bank reports a repayment."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from loans import numbers
from loans.models import Loan
from loans.states import State
from repayments import actions, ledger, queries
from repayments.models import Entry
from staff.api import Yuan, operation, problems
from staff.errors import Refused
from staff.models import Role
from staff.office_date import office_today
from staff.scope import visible


class RepaymentReport(serializers.Serializer):
    """A repayment as the bank reports it."""

    reference = serializers.CharField(max_length=60, help_text=_("The bank's own serial number: reported again with the same content, it is booked once."))
    value_date = serializers.DateField(help_text=_("The day on which the bank received the money."))
    principal = Yuan()
    interest = Yuan(help_text=_("What the borrower paid of the interest, without finance's part."))
    penalty = Yuan(default=actions.NOTHING, help_text=_("Penalty interest on overdue principal, within what it has borne by the value date."))
    overpaid = Yuan(default=actions.NOTHING, help_text=_("What was paid above everything owed; it waits for its refund."))


class Receipt(serializers.Serializer):
    """A repayment as it stands in the book."""

    entry = serializers.IntegerField(source="pk")
    reference = serializers.CharField()
    case_number = serializers.CharField()
    iou_number = serializers.CharField()
    value_date = serializers.DateField()
    booked_on = serializers.DateField()
    principal = Yuan()
    interest = Yuan()
    penalty = Yuan()
    overpaid = Yuan()
    outstanding = Yuan(help_text=_("Principal that the borrower still owes, now."))
    state = serializers.ChoiceField(State.choices)


@extend_schema(
    operation_id="report_repayment",
    tags=["bank"],
    summary=_("Report a repayment"),
    description=_("Books a repayment at once. The same report again answers 200 with the same entry; the same reference with other content is refused."),
    request=RepaymentReport,
    responses={201: Receipt, 200: Receipt, **problems(400, 403, 404, 409)},
)
@operation("POST", Role.BANK)
def report_repayment(request, iou_number):
    loan = get_object_or_404(numbers.by_iou(visible(Loan.objects.lent(), request.user), iou_number))
    report = RepaymentReport(data=request.data)
    report.is_valid(raise_exception=True)
    said = report.validated_data
    _refuse_what_was_reversed(loan, said)
    try:
        entry, status = actions.receive(loan=loan, **said, by=request.user, on=office_today()), 201
    except Refused as refusal:
        entry, status = _booked_before(loan, said, refusal), 200
    return Response(Receipt(_receipt(loan, entry)).data, status=status)


def _refuse_what_was_reversed(loan, said):
    """A system that repeats itself must not undo a person's reversal; a corrected report may follow under the old reference."""
    undone = Entry.objects.filter(kind=Entry.Kind.RECEIPT, bank=loan.bank_id, lines__loan=loan, reversed_by__isnull=False).distinct()
    if any(_says(entry, said) for entry in undone.filter(Q(reference=said["reference"]) | Q(reference__startswith=f"{said['reference']}/"))):
        raise ledger.AlreadyReversed(_gettext("Report %(reference)s was booked and reversed; report what is right.") % said)


def _booked_before(loan, said, refusal):
    """The entry of a report that was booked before, word for word; otherwise it is refused."""
    entry = Entry.objects.filter(bank=loan.bank_id, reference=actions.free_reference(loan.bank, said["reference"])).first()
    if entry is None:
        raise refusal
    if entry.kind != Entry.Kind.RECEIPT or not _says(entry, said) or not entry.lines.filter(loan=loan).exists():
        raise actions.ReportedOtherwise(_gettext("Reference %(reference)s was reported before, with other content.") % said) from refusal
    return entry


def _says(entry, said):
    """Does this receipt say the same as the report, whatever their references?"""
    return {"reference": said["reference"], "value_date": entry.value_date, **queries.amounts(entry)} == said


def _receipt(loan, entry):
    loan.refresh_from_db()
    figures = {"outstanding": ledger.outstanding(loan), **queries.amounts(entry)}
    told = {name: getattr(entry, name) for name in ("pk", "reference", "value_date", "booked_on")}
    return {"case_number": loan.number, "iou_number": loan.iou_number, "state": loan.state, **told, **figures}
