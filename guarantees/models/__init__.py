from guarantees.models.account import FundAccount
from guarantees.models.checked import PaperKind, Part, RequiredPaper
from guarantees.models.demand import Compensation, Demand, DemandPaper, DemandSignature
from guarantees.models.plan import AnnualPlan
from guarantees.models.promise import Promise, PromiseDays
from guarantees.models.recovery import Recovery, WriteOff, WriteOffPaper, WriteOffSignature
from guarantees.models.suspension import LiftingSignature, Suspension

__all__ = (
    "AnnualPlan",
    "Compensation",
    "Demand",
    "DemandPaper",
    "DemandSignature",
    "FundAccount",
    "LiftingSignature",
    "PaperKind",
    "Part",
    "Promise",
    "PromiseDays",
    "Recovery",
    "RequiredPaper",
    "Suspension",
    "WriteOff",
    "WriteOffPaper",
    "WriteOffSignature",
)
