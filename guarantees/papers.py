"""The paper of a promise: 担保承诺书, laid out as official letters are (GB/T 9704-2012; facts.md §11.4). Chinese, as papers are."""

from django.utils import translation

from guarantees.models import Promise
from loans.money import words
from loans.papers import case_code, scheme
from staff.papers import pdf

ROOMY = 45  # longer names than this leave no room for size 3 on one page
VOID = {
    Promise.End.WITHDRAWN: "已撤回",
    Promise.End.REFUSED: "银行未予贷款",
    Promise.End.LAPSED: "已失效",
}


def promise_letter(promise, *, base_url):
    """The 担保承诺书 as it was signed; one that ended without money says so across the page."""
    loan = promise.loan
    with translation.override("zh-hans"):
        context = {
            "promise": promise,
            "loan": loan,
            "scheme": scheme(loan.applied_on),
            "person": loan.applicant,
            "amount_words": words(promise.amount),
            "multiple": f"{promise.multiple.normalize():f}",
            "capacity": promise.fund_balance * promise.multiple,
            "left": promise.fund_balance * promise.multiple - promise.stood_for,
            "tight": len(loan.applicant.name) + len(loan.project) + len(loan.bank.name) > ROOMY,
            "void": VOID.get(promise.end, ""),
            "qr": case_code(loan, base_url),
        }
        return pdf("papers/promise_letter.html", context)
