from loans.models.investigation import Department, Investigation, Opinion, Stance
from loans.models.loan import BorrowerKind, CounterGuarantee, Loan, LoanQuerySet, PaperReturn
from loans.models.number import CorrectedNumber
from loans.models.policy import AgeLimit, BenchmarkRate, ExcludedTrade, LegalLimit, PolicyDocument, PolicyRow, ReferenceRate, StepLimit
from loans.models.venture import Venture

__all__ = (
    "AgeLimit",
    "BenchmarkRate",
    "BorrowerKind",
    "CorrectedNumber",
    "CounterGuarantee",
    "Department",
    "ExcludedTrade",
    "Investigation",
    "LegalLimit",
    "Loan",
    "LoanQuerySet",
    "Opinion",
    "PaperReturn",
    "PolicyDocument",
    "PolicyRow",
    "ReferenceRate",
    "Stance",
    "StepLimit",
    "Venture",
)
