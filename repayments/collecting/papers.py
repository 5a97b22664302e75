"""The papers of collecting: 还款提示通知书 for many borrowers in one file, 催收通知书. Chinese, as papers are."""

from django.utils import translation

from loans.money import words
from loans.papers import scheme
from repayments.models import ReminderIssue
from staff.models import Run
from staff.papers import STYLE, pdf, pdf_in_pieces

KIND = "reminders.issue"  # of the job that issues a long list


def reminders_of(issue: ReminderIssue):
    """The reminders of an issue with what letters and lists show, the nearest due day first."""
    return issue.reminders.select_related("loan__applicant", "loan__bank", "loan__officer", "loan__applied_by", "issued_by")


def letters(issue: ReminderIssue, told=lambda done, total: None) -> bytes:
    """One page a borrower."""
    with translation.override("zh-hans"):
        return pdf_in_pieces([("papers/reminder.html", _letter(row)) for row in reminders_of(issue)], style=STYLE, told=told)


def kept_letters(issue: ReminderIssue) -> str | None:
    """The file of the letters that were laid out when a long list was issued."""
    run = Run.objects.filter(kind=KIND, result__issue=issue.pk, result__has_key="file").first()
    return run.result["file"] if run else None


def _letter(row):
    officer = row.loan.officer or row.loan.applied_by
    return {"row": row, "loan": row.loan, "scheme": scheme(row.loan.applied_on), "amount_words": words(row.amount), "officer": officer}


def dunning_notice(notice) -> bytes:
    """The notice as it was issued."""
    loan = notice.loan
    with translation.override("zh-hans"):
        context = {"notice": notice, "loan": loan, "scheme": scheme(loan.applied_on), "amount_words": words(notice.amount), "officer": loan.officer}
        return pdf("papers/dunning_notice.html", context)
