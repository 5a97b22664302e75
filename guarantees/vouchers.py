"""The voucher of a movement of the fund (担保基金收支凭证), as it is filed. Chinese, as papers are."""

from django.db.models import Sum
from django.utils import translation

from loans.money import words
from repayments.models import Account, Line
from staff.papers import pdf


def voucher(entry):
    """One movement with the balance of each account before and after it, in the order of the book."""
    with translation.override("zh-hans"):
        lines = [_line(line) for line in entry.lines.filter(account=Account.FUND).select_related("bank__fund_account")]
        context = {
            "entry": entry,
            "lines": lines,
            "amount": abs(lines[0]["change"]),
            "words": words(abs(lines[0]["change"])),
            "undone": getattr(entry, "reversed_by", None),
        }
        return pdf("papers/fund_voucher.html", context)


def _line(line):
    upto = Line.objects.filter(account=Account.FUND, bank=line.bank, pk__lte=line.pk)
    after = upto.aggregate(sum=Sum("amount"))["sum"]
    return {"bank": line.bank, "before": after - line.amount, "change": line.amount, "after": after}
