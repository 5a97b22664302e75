"""The reports that the office can take from the shelf, in the order in which it thinks of them.

Each is a module with TITLE, ABOUT, COLUMNS, rows(period=…), where its figures add up foot(rows), and where they are summed up otherwise summaries(rows).
"""

from typing import Any

from reports import arrears, csvfile, fees, forecast, fund_moves, fund_position, lending, pdf, plan, plan_parts, results, step_times, subsidy, xlsx

REPORTS: dict[str, Any] = {
    "lending": lending,
    "plan": plan,
    "plan_parts": plan_parts,
    "fund": fund_position,
    "fund_moves": fund_moves,
    "forecast": forecast,
    "arrears": arrears,
    "subsidy": subsidy,
    "fees": fees,
    "step_times": step_times,
    "results": results,
}
FORMATS: dict[str, Any] = {"pdf": pdf, "xlsx": xlsx, "csv": csvfile}
SPOKEN = (("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV"))
