from loans.models.confirmation import Confirmable, Standing
from loans.models.counter import BOUND, RELEASED, CounterGuarantee, CreditCommunity
from loans.models.fee import GUARANTEE_FEE_AT_MOST, FeeRule
from loans.models.investigation import Department, Investigation, Opinion, Stance
from loans.models.lending_rules import CounterRule, GroupProof, GuarantorLimit, RepeatRule
from loans.models.loan import BorrowerKind, Loan, LoanQuerySet, PaperReturn
from loans.models.number import CorrectedNumber
from loans.models.policy import AgeLimit, BenchmarkRate, ExcludedTrade, LegalLimit, PolicyDocument, PolicyRow, ReferenceRate, StepLimit
from loans.models.venture import Venture

__all__ = (
    "BOUND",
    "GUARANTEE_FEE_AT_MOST",
    "RELEASED",
    "AgeLimit",
    "BenchmarkRate",
    "BorrowerKind",
    "Confirmable",
    "CorrectedNumber",
    "CounterGuarantee",
    "CounterRule",
    "CreditCommunity",
    "Department",
    "ExcludedTrade",
    "FeeRule",
    "GroupProof",
    "GuarantorLimit",
    "Investigation",
    "LegalLimit",
    "Loan",
    "LoanQuerySet",
    "Opinion",
    "PaperReturn",
    "PolicyDocument",
    "PolicyRow",
    "ReferenceRate",
    "RepeatRule",
    "Stance",
    "Standing",
    "StepLimit",
    "Venture",
)
