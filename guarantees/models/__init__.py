from guarantees.models.account import FundAccount
from guarantees.models.agreement import BankAgreement, Shares
from guarantees.models.checked import PaperKind, Part, RequiredPaper
from guarantees.models.demand import Compensation, Demand, DemandPaper, DemandSignature
from guarantees.models.plan import AnnualPlan, PlanGroup, PlanQuarter
from guarantees.models.promise import Promise, PromiseDays
from guarantees.models.recovery import Recovery, WriteOff, WriteOffPaper, WriteOffSignature
from guarantees.models.statement import BankStatement, StatementDifference, StatementLine
from guarantees.models.suspension import LiftingSignature, Suspension

__all__ = (
    "AnnualPlan",
    "BankAgreement",
    "BankStatement",
    "Compensation",
    "Demand",
    "DemandPaper",
    "DemandSignature",
    "FundAccount",
    "LiftingSignature",
    "PaperKind",
    "Part",
    "PlanGroup",
    "PlanQuarter",
    "Promise",
    "PromiseDays",
    "Recovery",
    "RequiredPaper",
    "Shares",
    "StatementDifference",
    "StatementLine",
    "Suspension",
    "WriteOff",
    "WriteOffPaper",
    "WriteOffSignature",
)
