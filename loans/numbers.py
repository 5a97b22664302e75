"""Numbers that cases bore before they were corrected: papers and bank files of that time still carry them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _gettext

from loans.models import CorrectedNumber, Loan
from staff.errors import NotAllowedFromHere

Which = CorrectedNumber.Which
FIELDS = {Which.CONTRACT: "contract_number", Which.IOU: "iou_number"}


def by_iou(loans: QuerySet[Loan], iou: str) -> QuerySet[Loan]:
    """Those of these loans that bear an IOU number; where none does, those that bore it before it was corrected."""
    now = loans.filter(iou_number=iou)
    return now if now.exists() else loans.filter(pk__in=once(Which.IOU, iou)).distinct()


def once(which: str, number: str) -> QuerySet[CorrectedNumber]:
    """The cases, as a subquery of their keys, that bore exactly this number."""
    return CorrectedNumber.objects.confirmed().filter(which=which, was=number).values("loan")


def bore(text: str) -> Q:
    """A filter of loans: a number that the case bore once begins with this text."""
    found = CorrectedNumber.objects.confirmed().filter(was__istartswith=text)
    return Q(pk__in=found.values("loan"))


def ious_now() -> dict[str, str]:
    """{IOU number corrected since: the one that its loan bears now}; a number that another loan bears now, or that several bore, is left out."""
    rows = list(CorrectedNumber.objects.confirmed().filter(which=Which.IOU, loan__iou_number__isnull=False).values_list("was", "loan__iou_number"))
    taken = set(Loan.objects.filter(iou_number__in=[was for was, _now in rows]).values_list("iou_number", flat=True))
    found: dict[str, set[str]] = {}
    for was, now in rows:
        found.setdefault(was, set()).add(now)
    return {was: now.pop() for was, now in found.items() if len(now) == 1 and was not in taken}


def first_ious() -> dict[str, str]:
    """{IOU number: the one under which its loan came into the book}, of those corrected since."""
    rows = CorrectedNumber.objects.confirmed().filter(which=Which.IOU, loan__iou_number__isnull=False).order_by("-pk")
    return dict(rows.values_list("loan__iou_number", "was"))


def old_numbers(loan: Loan) -> list[str]:
    """Every number that a case bore before, the latest first."""
    return list(loan.corrected_numbers.confirmed().order_by("-pk").values_list("was", flat=True))


def check_waits(loan: Loan, by) -> None:
    """Refuses a case of which no correction of a number waits for the office."""
    if not loan.corrected_numbers.waiting().exists():
        raise NotAllowedFromHere(_gettext("Case %(number)s does not wait for this.") % {"number": loan.number})
