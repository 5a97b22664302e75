"""The rates of twenty years as one chart: steps that hold until the next."""

from django.utils.translation import gettext as _gettext

TONES = ["#0f6e74", "#b7791f", "#5b6770"]
WORDS = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": "#14323a", "titleColor": "#14323a"}


def spec(rates, last):
    """A Vega-Lite specification: benchmark for one to three years, the old and the new LPR, each through `last` or its successor."""
    series = {
        _gettext("Benchmark, 1 to 3 years"): [(row.effective_from, row.years_1_to_3) for row in rates.benchmarks],
        _gettext("Old LPR, 1 year"): _quoted(rates, "old_lpr"),
        _gettext("LPR, 1 year"): _quoted(rates, "lpr"),
    }
    ends = dict.fromkeys(series, last) | _end_of_the_old(rates)
    values = [value for name, points in series.items() for value in _steps(name, points, ends[name])]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "width": "container",
        "height": 260,
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%Y"}},
            "y": {"field": "percent", "type": "quantitative", "title": _gettext("percent a year"), "scale": {"zero": False}},
            "color": {
                "field": "rate",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(series), "range": TONES},
                "legend": {"orient": "top", "columns": 2, "labelLimit": 240},
            },
        },
        "config": {"axis": WORDS, "legend": {"labelFontSize": 12}, "view": {"stroke": None}},
    }


def _quoted(rates, series):
    return sorted((row.effective_from, row.percent) for row in rates.references if row.series == series)


def _end_of_the_old(rates):
    """The old LPR ends where the new one begins."""
    begun = _quoted(rates, "lpr")
    return {_gettext("Old LPR, 1 year"): begun[0][0]} if begun else {}


def _steps(name, points, last):
    points = [point for point in points if point[0] <= last]
    closed = [*points, (last, points[-1][1])] if points else []
    return [{"rate": name, "day": day.isoformat(), "percent": float(percent)} for day, percent in closed]
