from repayments.models.book import Account, Entry, Line
from repayments.models.claim import SubsidyClaim, SubsidyLine, SubsidyPayment, SubsidyPaymentLine
from repayments.models.half_year import HalfYearDue, HalfYearLedger, HalfYearLine, IssuedFile
from repayments.models.schedule import Instalment, Schedule
from repayments.models.visit import Visit

__all__ = (
    "Account",
    "Entry",
    "HalfYearDue",
    "HalfYearLedger",
    "HalfYearLine",
    "Instalment",
    "IssuedFile",
    "Line",
    "Schedule",
    "SubsidyClaim",
    "SubsidyLine",
    "SubsidyPayment",
    "SubsidyPaymentLine",
    "Visit",
)
