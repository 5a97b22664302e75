"""The half-year repayment ledger 半年后还款计划台账 (domain.md §5): figures, foot, papers, issue."""
