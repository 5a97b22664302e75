"""The joint-meeting report as a PDF after GB/T 9704-2012. A paper: it is in Chinese whoever prints it."""

from dataclasses import dataclass, field
from itertools import count

from django.utils import translation

from reports.meeting.charts import Chart, charts
from reports.meeting.figures import Figures, from_data
from reports.meeting.sentences import paragraphs
from reports.pdf import STYLE
from reports.tables import Table
from staff.papers import pdf

CHINESE_NUMBERS = "一二三四五六七八九十"
# The order of the report: each chapter with its tables; a chart follows the tables of its chapter.
CHAPTERS = (
    ("主要指标", ("headline",)),
    ("担保基金", ("fund", "multiples")),
    ("放款与还款", ("flow", "by_month", "recovery")),
    ("逾期", ("late_by_bank", "late_by_bucket")),
    ("创业与就业", ("ventures", "visits")),
    ("历年成果", ("results",)),
    ("提请审议的申请", ("cases", "room_after")),
)


@dataclass
class Chapter:
    """One chapter: its number in Chinese, and its tables, each with its number and with the chart drawn from it where there is one."""

    number: str
    title: str
    tables: list[tuple[int, Table, int, Chart | None]] = field(default_factory=list)


def render(data, *, number="", issued_by="", on, checksum="") -> bytes:
    """The PDF of these figures; a draft where there is no number."""
    with translation.override("zh-hans"):
        figures = from_data(data)
        found = chapters(figures)
        context = {
            "title": title(figures),
            "period": figures.period,
            "number": number,
            "paragraphs": paragraphs(figures),
            "chapters": found,
            "items_number": CHINESE_NUMBERS[len(found)],
            "items": items(figures),
            "plan": figures.tables["plan"],
            "banks": [str(column.title) for name, column in figures.tables["late_by_bucket"].columns.items() if name.startswith("bank")],
            "issued_by": issued_by,
            "on": on,
            "checksum": checksum,
        }
        return pdf("papers/joint_meeting.html", context, styles=(STYLE,))


def items(figures: Figures) -> list[str]:
    """What the meeting is asked to settle; the signatures stand under it, never alone on a page."""
    asked = [f"审议{title(figures)}", "研究逾期贷款催收和贷后回访工作，明确责任单位和完成时限", "通报各经办银行放款与还款情况，安排下一期放款"]
    if "cases" in figures.tables:
        asked.append(f"审议所列申请{figures.cell('room_after', 'foot', 'loans')}件")
    return [f"（{CHINESE_NUMBERS[at]}）{text}{'。' if at == len(asked) - 1 else '；'}" for at, text in enumerate(asked)]


def title(figures: Figures) -> str:
    return f"{figures.period}小额担保贷款工作报告"


def chapters(figures: Figures) -> list[Chapter]:
    """The chapters that have a table to show, tables and charts numbered through."""
    drawn = {chart.table: chart for chart in charts(figures)}
    table_numbers, chart_numbers = count(2), count(1)  # the plan stands first, under the sentences
    found: list[Chapter] = []
    for name, keys in CHAPTERS:
        shown = [figures.tables[key] for key in keys if key in figures.tables and figures.tables[key].rows]
        if shown:
            chapter = Chapter(CHINESE_NUMBERS[len(found)], name)
            for table in shown:
                chart = drawn.get(table.key)
                chapter.tables.append((next(table_numbers), table, next(chart_numbers) if chart else 0, chart))
            found.append(chapter)
    return found
