"""What can be printed of a ledger, by name: laid out by a job, kept for whoever asks again; of an issued ledger, the very files that were issued."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from repayments.half_year.calls import calls_pdf
from repayments.half_year.cards import cards_pdf
from repayments.half_year.forms import PlanFilters
from repayments.half_year.pdf import Told, ledger_pdf
from repayments.half_year.queries import part_of
from repayments.half_year.xlsx import ledger_xlsx
from repayments.models import HalfYearLedger, IssuedFile
from staff.models import Run, User
from staff.scope import sees_bank

RUN = "half_year.paper"
PDF = "application/pdf"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Paper:
    """One kind of print: its name for people and for files, and how it is made from a ledger's lines and dues."""

    title: Any
    file_name: str
    make: Callable[..., bytes]


PAPERS = {
    "ledger": Paper(_("Half-year ledger"), "{period}半年还款台账.pdf", lambda part, told: ledger_pdf(*part, told=told)),
    "calls": Paper(_("Call list"), "{period}电话催收单.pdf", lambda part, told: calls_pdf(part.ledger, part.dues, told=told)),
    "cards": Paper(_("A page per borrower"), "{period}一户一页.pdf", lambda part, told: cards_pdf(part.ledger, part.lines, told=told)),
}


def print_paper(*, run: Run, told: Told) -> None:
    """Make what the run asks for, and keep the file with it."""
    asked = run.result
    part = part_of(HalfYearLedger.objects.get(pk=asked["ledger"]), asked["bank"])
    filters = PlanFilters(asked["filters"], part.dues)
    paper = PAPERS[asked["paper"]]
    content = paper.make(part._replace(lines=list(part.lines), dues=list(filters.chosen())), told)
    kept = default_storage.save(f"half_year/{uuid.uuid4().hex}.pdf", ContentFile(content))
    run.result = asked | {"file": kept, "name": paper.file_name.format(period=part.ledger.period)}


def printed_before(asked: Mapping[str, Any]) -> Run | None:
    """The job that made or is making the very same paper. A draft's lines never change: a new draft is another ledger."""
    runs = Run.objects.filter(kind=RUN, **{f"result__{name}": value for name, value in asked.items()})
    return runs.exclude(state=Run.State.FAILED).first()


def may_read(run: Run, user: User) -> bool:
    """Bank staff read what was printed of their own bank."""
    return user.bank_id is None or (run.result.get("bank") is not None and sees_bank(user, run.result["bank"]))


def forget_replaced() -> None:
    """Delete the files of drafts that are no more."""
    for run in Run.objects.filter(kind=RUN, result__has_key="file").exclude(result__ledger__in=list(HalfYearLedger.objects.values_list("pk", flat=True))):
        default_storage.delete(run.result.pop("file"))
        run.save(update_fields=["result"])


def excel(ledger: HalfYearLedger, bank_id: int | None) -> bytes:
    """The workbook: the issued one as it was, else made now."""
    issued = None if bank_id else IssuedFile.objects.filter(ledger=ledger, content_type=EXCEL).first()
    return bytes(issued.content) if issued else ledger_xlsx(*part_of(ledger, bank_id))
