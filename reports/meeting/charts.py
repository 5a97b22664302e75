"""The charts of the report. One specification is drawn interactively in the page and as SVG in the PDF.

Tones differ in lightness, so that they can be told apart on a copy without colour; figures stand beside the shapes.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from django.utils.translation import gettext as _

from repayments.queries import COMPENSATED
from reports.meeting.figures import Figures
from reports.tables import Kind, Table, show

DARK, MIDDLE, LIGHT, INK, LINE = "#0f6e74", "#8fc1c2", "#e6f0f0", "#14323a", "#c3cfd1"
FONT = "Noto Sans CJK SC"
FONTS = f"{FONT}, PingFang SC, Microsoft YaHei, sans-serif"
FONT_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"), Path("/usr/share/fonts/truetype/noto"))
PAPER_WIDTH = 500


@dataclass(frozen=True)
class Chart:
    """One chart: the table whose cells it draws, what it says, and its Vega-Lite specification."""

    table: str
    title: str
    spec: dict[str, Any]

    @property
    def for_page(self) -> dict[str, Any]:
        """As wide as the page leaves it, and higher."""
        return self.spec | {"width": "container", "height": 2 * self.spec["height"]}

    @property
    def svg(self) -> str:
        """Drawn for paper."""
        _know_fonts()
        return vl_convert.vegalite_to_svg(self.spec | {"width": PAPER_WIDTH})


def charts(figures: Figures) -> list[Chart]:
    """All charts of the report that have something to show, with words in the reader's language."""
    made = {"results": results, "fund": fund, "by_month": by_month, "late_by_bucket": arrears}
    return [chart(figures.tables[key]) for key, chart in made.items() if any(row.get("arrears", 1) for row in figures.tables[key].rows)]


def results(table: Table) -> Chart:
    """What was lent each year, and what was outstanding at its end."""
    names = {_("Lent in the year"): "amount", _("Outstanding at its end"): "balance"}
    values = [{"year": row["year"], "what": what, "wan": _wan(row[name])} for row in table.rows for what, name in names.items()]
    return _chart(table, _("Lending by year and loans outstanding (10,000 yuan)"), _grouped(values, "year", "what", list(names), _("Year")))


def by_month(table: Table) -> Chart:
    """Lending and repayment month by month."""
    names = {_("Lent"): "lent", _("Principal repaid"): "repaid"}
    values = [{"month": row["month"], "what": what, "wan": _wan(row[name])} for row in table.rows for what, name in names.items()]
    return _chart(table, _("Lending and repayment by month (10,000 yuan)"), _grouped(values, "month", "what", list(names), _("Month")))


def fund(table: Table) -> Chart:
    """How much of what the fund may stand for is used at each bank, promised, and still free."""
    names = {_("Outstanding"): "used", _("Promised, not disbursed"): "reserved", _("Room"): "room"}
    values = [{"bank": row["bank"], "what": what, "wan": max(_wan(row[name]), 0)} for row in table.rows for what, name in names.items()]
    return _chart(table, _("The fund's room by bank (10,000 yuan)"), _stacked(values, "bank", "what", list(names)))


def arrears(table: Table) -> Chart:
    """Principal in arrears by how long it is overdue, bank by bank."""
    banks = {str(column.title): name for name, column in table.columns.items() if name.startswith("bank")}
    rows = [row for row in table.rows if row["key"] != COMPENSATED or row["arrears"]]
    values = [{"bucket": show(row["bucket"], Kind.LABEL), "what": bank, "wan": _wan(row[name])} for row in rows for bank, name in banks.items()]
    return _chart(table, _("Principal in arrears by days overdue (10,000 yuan)"), _stacked(values, "bucket", "what", list(banks)))


def room_ahead(table: Table) -> Chart:
    """Room of the fund at each bank, month by month; below the line the bank would stand for more than its multiple."""
    names = list(dict.fromkeys(row["bank"] for row in table.rows))[:-1] or [table.rows[0]["bank"]]
    values = [{"day": f"{row['last']:%Y-%m-%d}", "bank": row["bank"], "wan": _wan(row["room"])} for row in table.rows if row["bank"] in names]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("day:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("wan:Q", title=_("10,000 yuan"), axis=alt.Axis(format=",.0f", tickCount=5, titleAngle=0, titleAlign="right", titleX=-4, titleY=-9)),
        color=_tones("bank", names, [DARK, MIDDLE, INK]),
        tooltip=_tooltip("day", "bank"),
    )
    dashes = alt.StrokeDash("bank:N", title=None, sort=names, scale=alt.Scale(domain=names), legend=alt.Legend(orient="top"))
    zero = alt.Chart(alt.Data(values=[{"y": 0}])).mark_rule(color="#b42318").encode(y="y:Q")
    drawn = alt.layer(zero, base.mark_line(strokeWidth=2).encode(strokeDash=dashes), base.mark_point(filled=True, size=36)).properties(height=150)
    return _chart(table, _("Room at the end of each month (10,000 yuan)"), drawn)


def _grouped(values, across, by, names, title):
    """Bars side by side, each with its figure above."""
    base = alt.Chart().encode(
        x=alt.X(f"{across}:N", title=title, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        xOffset=alt.XOffset(f"{by}:N", sort=names),
        y=alt.Y("wan:Q", title=_("10,000 yuan"), axis=alt.Axis(format=",.0f", tickCount=5, titleAngle=0, titleAlign="right", titleX=-4, titleY=-9)),
        tooltip=_tooltip(across, by),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6).encode(color=_tones(by, names, [DARK, LIGHT]))
    figures = base.mark_text(dy=-6, fontSize=9, color=INK).encode(text=alt.Text("wan:Q", format=",.0f"))
    return alt.layer(bars, figures, data=alt.Data(values=values)).properties(height=170)


def _stacked(values, along, by, names):
    """Lying bars cut into parts, each with its figure inside where there is space, and their sum at the end."""
    order = list(dict.fromkeys(value[along] for value in values))
    sums = {name: sum(value["wan"] for value in values if value[along] == name) for name in order}
    wide_enough = max(sums.values(), default=0) * 0.08
    y = alt.Y(f"{along}:N", title=None, sort=order, axis=alt.Axis(labelLimit=200))
    base = alt.Chart(alt.Data(values=[value | {"order": names.index(value[by])} for value in values])).encode(
        y=y,
        x=alt.X("wan:Q", title=_("10,000 yuan"), stack="zero", axis=alt.Axis(format=",.0f", tickCount=6)),
        order=alt.Order("order:Q"),
        tooltip=_tooltip(along, by),
    )
    bars = base.mark_bar(stroke=INK, strokeWidth=0.6, height={"band": 0.62}).encode(color=_tones(by, names, [DARK, MIDDLE, LIGHT]))
    figures = base.mark_text(fontSize=10).encode(
        x=alt.X("wan:Q", stack="zero", bandPosition=0.5),
        text=alt.Text("wan:Q", format=",.2f"),
        color=alt.condition("datum.order == 0", alt.value("#ffffff"), alt.value(INK)),
        opacity=alt.condition(f"datum.wan > {wide_enough}", alt.value(1), alt.value(0)),
        detail=f"{by}:N",
    )
    totals = alt.Chart(alt.Data(values=[{along: name, "sum": total} for name, total in sums.items()]))
    ends = totals.mark_text(align="left", dx=5, fontSize=10, fontWeight="bold", color=INK).encode(y=y, x="sum:Q", text=alt.Text("sum:Q", format=",.2f"))
    return alt.layer(bars, figures, ends).properties(height=34 * len(order))


def _tones(by, names, tones):
    return alt.Color(f"{by}:N", title=None, sort=names, scale=alt.Scale(domain=names, range=(tones * 2)[: len(names)]), legend=alt.Legend(orient="top"))


def _tooltip(first, second):
    return [alt.Tooltip(f"{first}:N", title=" "), alt.Tooltip(f"{second}:N", title=" "), alt.Tooltip("wan:Q", title=_("10,000 yuan"), format=",.2f")]


def _chart(table, title, chart):
    lines = {"gridColor": LINE, "gridDash": [2, 2], "domainColor": INK, "tickColor": INK}
    words = {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK}
    styled = chart.configure(font=FONTS, background="white").configure_axis(**lines, **words)
    styled = styled.configure_legend(labelFontSize=11, labelColor=INK, symbolStrokeColor=INK)
    spec = styled.configure_view(stroke=None).to_dict(format="vega-lite", validate=False)
    return Chart(table.key, title, spec)


def _wan(amount):
    return float(amount / 10000)


@cache
def _know_fonts():
    for folder in FONT_FOLDERS:
        if folder.is_dir():
            vl_convert.register_font_directory(str(folder))
