"""The half page that a director reads aloud. Every number is taken from a cell of the report's tables; nothing is worked out here."""

from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from reports.meeting.figures import Figures
from reports.tables import Cell, Kind, hundredths

TIGHT = Decimal("0.9")  # of the limit: from there on a bank's multiple is the largest risk


def paragraphs(figures: Figures) -> list[str]:
    """The opening of the report, in the reader's language."""
    late = _joined(_recovery(figures), _arrears(figures), _risk(figures))
    return [text for text in (_plan(figures), _period(figures), _fund(figures), late, _ever(figures), _cases(figures)) if text]


def _plan(figures):
    day = figures.period.last
    said = {"year": day.year, "month": day.month, "day": day.day, "change": moved(figures.cell("plan", "amount", "change"))}
    for key in ("loans", "amount", "jobs"):
        said |= {f"{name}_{key}": number(figures.cell("plan", key, name)) for name in ("planned", "done", "share")}
    if figures.cell("plan", "loans", "planned").value is None:
        text = _(
            "No plan is on record for %(year)s. By %(month)s/%(day)s the office lent %(done_loans)s loans of together %(done_amount)s × 10,000 yuan, "
            "which brought %(done_jobs)s jobs; the amount is %(change)s on last year."
        )
    else:
        text = _(
            "The plan of %(year)s is to lend %(planned_loans)s loans of together %(planned_amount)s × 10,000 yuan and to bring %(planned_jobs)s jobs. "
            "By %(month)s/%(day)s, %(done_loans)s loans of together %(done_amount)s × 10,000 yuan were lent and %(done_jobs)s jobs brought: "
            "%(share_loans)s, %(share_amount)s and %(share_jobs)s of the plan. The amount is %(change)s on last year."
        )
    return text % said


def _period(figures):
    said = _headline(figures, "loans", "amount", "repaid") | {"period": figures.period}
    said |= {f"{name}_change": moved(figures.cell("headline", name, "change")) for name in ("amount", "repaid")}
    text = _(
        "In %(period)s, %(loans)s loans of together %(amount)s × 10,000 yuan were lent, the amount %(amount_change)s on last year; "
        "%(repaid)s × 10,000 yuan of principal were repaid, %(repaid_change)s on last year."
    )
    return text % said


def _fund(figures):
    said = _headline(figures, "used", "balance", "multiple", "reserved", "room")
    text = _(
        "At the end, loans of %(used)s × 10,000 yuan are guaranteed by a fund of %(balance)s × 10,000 yuan; "
        "the fund stands for %(multiple)s times its balance, and %(room)s × 10,000 yuan may still be promised."
    )
    promised = _("%(reserved)s × 10,000 yuan are promised and not yet disbursed.") if figures.cell("headline", "reserved", "now").value else ""
    return _joined(text % said, promised % said, _highest(figures))


def _highest(figures):
    rows = [row for row in figures.tables["multiples"].rows if row["year_highest"] is not None]
    if not rows:
        return ""
    top = max(rows, key=lambda row: row["year_highest"])
    day = top["year_highest_on"]
    said = _row(figures, "multiples", top, "year_highest", "limit") | {"month": day.month, "day": day.day}
    if top["year_highest"] > top["limit"]:
        text = _("The year's highest multiple was %(year_highest)s, at %(bank)s on %(month)s/%(day)s: above the limit of %(limit)s times.")
    else:
        text = _("The year's highest multiple was %(year_highest)s, at %(bank)s on %(month)s/%(day)s, within the limit of %(limit)s times.")
    return text % said


def _recovery(figures):
    cell = figures.cell("headline", "on_time", "now")
    if cell.value is None:
        return _("Nothing fell due in the period.")
    said = {"on_time": number(cell), "moved": moved(figures.cell("headline", "on_time", "change"), points=True)}
    return _("Of what fell due, %(on_time)s was repaid by its day, %(moved)s on last year.") % said


def _arrears(figures):
    if not figures.cell("headline", "late", "now").value:
        return _("No loan is in arrears.")
    said = _headline(figures, "late", "arrears", "arrears_share")
    return _("%(late)s loans are in arrears with %(arrears)s × 10,000 yuan, %(arrears_share)s of the loans outstanding.") % said


def _risk(figures):
    """The largest risk: a bank over or near its limit, else what is long overdue, else the bank with the largest share in arrears."""
    tightest = max(figures.tables["multiples"].rows, key=lambda row: row["multiple"] / row["limit"], default=None)
    if tightest and tightest["multiple"] >= tightest["limit"] * TIGHT:
        text = _(
            "The largest risk is the fund's room at %(bank)s: it stands for %(multiple)s times its balance, the limit being %(limit)s times. "
            "Finance is asked to pay in, and promises there to be made sparingly."
        )
        return text % _row(figures, "multiples", tightest, "multiple", "limit")
    return _risk_of_arrears(figures) if figures.cell("headline", "late", "now").value else ""


def _risk_of_arrears(figures):
    worst = max(figures.tables["late_by_bank"].rows, key=lambda row: row["share"] or 0)
    said = _headline(figures, "long_late", "long_arrears", "long_share") | _row(figures, "late_by_bank", worst, "share")
    if figures.cell("headline", "long_late", "now").value:
        text = _(
            "The largest risk is what is long overdue: %(long_late)s loans with %(long_arrears)s × 10,000 yuan are over 180 days late, "
            "%(long_share)s of all arrears. %(bank)s has the largest share in arrears, %(share)s; the banks are asked to collect household by household."
        )
    else:
        text = _("The largest risk lies at %(bank)s, where %(share)s of the loans outstanding are in arrears; it is asked to collect household by household.")
    return text % said


def _ever(figures):
    said = _headline(figures, "ever_persons", "ever_loans", "ever_amount", "ever_ventures", "ever_jobs")
    years = figures.tables["results"].rows
    said["since"] = years[0]["year"] if years else figures.period.last.year
    text = _(
        "Since %(since)s, %(ever_persons)s persons were helped with %(ever_loans)s loans of together %(ever_amount)s × 10,000 yuan; "
        "they opened %(ever_ventures)s ventures and brought %(ever_jobs)s jobs."
    )
    return text % said


def _cases(figures):
    if "cases" not in figures.tables:
        return ""
    said = {name: number(figures.cell("room_after", "foot", name)) for name in ("loans", "asked", "after")}
    text = _(
        "As of %(month)s/%(day)s, %(loans)s cases asking for %(asked)s × 10,000 yuan are put to this meeting; "
        "if all are approved, %(after)s × 10,000 yuan may still be promised."
    )
    return text % (said | {"month": figures.on.month, "day": figures.on.day})


def _headline(figures, *names):
    """These main figures of the period, as said."""
    return {name: number(figures.cell("headline", name, "now")) for name in names}


def _row(figures, table, row, *names):
    """A bank and these figures of its row, as said."""
    return {"bank": row["bank"], **{name: number(figures.cell(table, row["key"], name)) for name in names}}


def _joined(*sentences):
    """Sentences of one paragraph: Chinese ones stand close, others have a space between them."""
    return ("" if get_language() == "zh-hans" else " ").join(filter(None, sentences))


def number(cell: Cell) -> str:
    """A cell's number as one says it: 2,029.00 is 2029, 0.1053 is 10.53%."""
    value = Decimal(cell.value or 0)
    if cell.kind == Kind.WAN:
        value /= 10000
    if cell.kind in (Kind.PERCENT, Kind.POINTS):
        value *= 100
    said = f"{hundredths(value):.2f}".removesuffix("0").removesuffix(".0")
    return f"{said}%" if cell.kind == Kind.PERCENT else said


def moved(cell: Cell, *, points=False) -> str:
    """How a figure moved: up 22.97%, down 4.2 points, or not at all."""
    if cell.value is None:
        return pgettext("moved", "not comparable")
    if not cell.value:
        return pgettext("moved", "unchanged")
    said = {"by": number(Cell(abs(cell.value), Kind.POINTS))}
    if points:
        return (pgettext("moved", "%(by)s points up") if cell.value > 0 else pgettext("moved", "%(by)s points down")) % said
    return (pgettext("moved", "up %(by)s%%") if cell.value > 0 else pgettext("moved", "down %(by)s%%")) % said
