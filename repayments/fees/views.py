"""The pages of rewards and fees. Bank staff see their own bank's."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from loans import queries as cases
from loans.fee_words import SaidFee
from loans.fees import Kind
from repayments.fees import queries
from repayments.fees.sheet import as_csv as csv_of
from staff.models import Bank, Role
from staff.office_date import office_today
from staff.scope import visible
from staff.web import for_roles, reads_only

LOOKERS = (Role.DIRECTOR, Role.FINANCE, Role.AUDITOR, Role.BANK)
ROWS = 100


@require_GET
@for_roles(*LOOKERS)
@reads_only
def overview(request):
    """A year's rewards and fees, bank by bank, with the rules behind them; where none is asked for, the last year that is over."""
    today = office_today()
    asked = request.GET.get("year", "")
    days = _days(int(asked) if asked.isdecimal() else max(today.year - 1, queries.FIRST_YEAR))
    found = queries.year_of(days, _banks(request))
    context = {
        "kinds": [_said(one) for one in found],
        "days": days,
        "year": days.first.year,
        "years": queries.years(today),
        "so_far": days.number < days.of_year,
    }
    return render(request, "repayments/fees.html", context)


@require_GET
@for_roles(*LOOKERS)
@reads_only
def loans(request, year, kind):
    """The loans behind one figure: base × rate with its document."""
    if kind not in Kind.values:
        raise Http404
    banks = _banks(request)
    one = next(one for one in queries.year_of(_days(year), banks) if one.kind == kind)
    context = {
        "one": _said(one),
        "year": year,
        "bank": banks[0] if len(banks) == 1 else None,
        "names": {bank.pk: bank.name for bank in banks},
        "page": Paginator(one.total.lines, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "repayments/fees_of_kind.html", context)


@require_GET
@for_roles(*LOOKERS)
@reads_only
def of_loan(request, year, number):
    """What one loan brings in a year, piece by piece."""
    loan = get_object_or_404(cases.cases(request.user), number=number)
    lines = queries.of_loan(loan, _days(year))
    return render(request, "repayments/fees_of_loan.html", {"loan": loan, "lines": lines, "year": year})


@require_GET
@for_roles(*LOOKERS)
@reads_only
def as_csv(request, year):
    """The loans behind a year's figures, of one kind or all, as a file."""
    kind = request.GET.get("kind", "")
    found = [one for one in queries.year_of(_days(year), _banks(request)) if kind in ("", one.kind)]
    answer = HttpResponse(csv_of((bank.name, figure) for one in found for bank, figure in one.banks), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="fees-{year}{kind and "-"}{kind}.csv"'
    return answer


def _days(year):
    """The days of the year asked for, as far as they have come."""
    today = office_today()
    if year not in queries.years(today):
        raise Http404
    return queries.days_of(year, today)


def _banks(request):
    """The banks that this person may see, or the one of them that was asked for."""
    asked = request.GET.get("bank", "")
    banks = visible(Bank.objects.all(), request.user, bank="pk")
    banks = list(banks.filter(pk=asked) if asked.isdecimal() else banks)
    if not banks:
        raise Http404
    return banks


def _said(one):
    """One kind with its rows in words."""
    return {"found": one, "rules": [SaidFee(rate) for rate in (*one.rates, *one.missing)], "first": one.first and SaidFee(one.first)}
