from guarantees.models.account import FundAccount
from guarantees.models.demand import Demand
from guarantees.models.plan import AnnualPlan
from guarantees.models.promise import Promise, PromiseDays

__all__ = ("AnnualPlan", "Demand", "FundAccount", "Promise", "PromiseDays")
