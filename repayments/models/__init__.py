from repayments.models.book import Account, Entry, Line
from repayments.models.claim import SubsidyClaim, SubsidyLine, SubsidyPayment, SubsidyPaymentLine
from repayments.models.collection import CollectionNote, DunningNotice, Reminder, ReminderIssue
from repayments.models.half_year import HalfYearDue, HalfYearLedger, HalfYearLine, IssuedFile
from repayments.models.schedule import Extension, Instalment, RateStep, Schedule
from repayments.models.visit import Visit

__all__ = (
    "Account",
    "CollectionNote",
    "DunningNotice",
    "Entry",
    "Extension",
    "HalfYearDue",
    "HalfYearLedger",
    "HalfYearLine",
    "Instalment",
    "IssuedFile",
    "Line",
    "RateStep",
    "Reminder",
    "ReminderIssue",
    "Schedule",
    "SubsidyClaim",
    "SubsidyLine",
    "SubsidyPayment",
    "SubsidyPaymentLine",
    "Visit",
)
