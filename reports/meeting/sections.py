"""The tables of the joint-meeting report, one function each. Sentences, charts, page, PDF and Excel are all made of their cells."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applicants.models import Group
from loans.models import Department
from reports import figures, results
from reports.arrears import BUCKETS
from reports.meeting.facts import VISIT_EVERY, Facts
from reports.tables import Column, Kind, Table, change, hundredths, of, share, summed

BANK = Column(_("Bank"))
TOTAL = _("Total")
# The units that a MEASURE is said in.
LOANS, WAN = pgettext_lazy("unit", "loans"), pgettext_lazy("unit", "10,000 yuan")
PERSONS, TIMES = pgettext_lazy("unit", "persons"), pgettext_lazy("unit", "times")
VISITS, VENTURES = pgettext_lazy("unit", "visits"), pgettext_lazy("unit", "ventures")
UNITS = {Kind.WAN: WAN, Kind.TIMES: TIMES, Kind.PERCENT: ""}


def plan(facts: Facts) -> Table:
    """The year's plan, and what was done of it by the last day."""
    planned = figures.plans(on=facts.period.last).get(facts.period.last.year)
    done, before = facts.lent_this_year, facts.before.lent_this_year
    rows = [
        _planned("loans", _("How many loans"), LOANS, Kind.COUNT, planned, done, before),
        _planned("amount", _("Amount lent"), WAN, Kind.WAN, planned, done, before),
        _planned("jobs", _("Jobs"), PERSONS, Kind.COUNT, planned, done, before),
    ]
    columns = {
        "name": Column(_("Target"), Kind.LABEL),
        "unit": Column(_("Unit"), Kind.UNIT),
        "planned": Column(_("Plan of the year"), Kind.MEASURE),
        "done": Column(_("Done since New Year"), Kind.MEASURE),
        "share": Column(_("Plan fulfilled"), Kind.PERCENT),
        "before": Column(_("Same days last year"), Kind.MEASURE),
        "change": Column(_("Change on last year"), Kind.PERCENT),
    }
    return Table("plan", _("The year's plan against actual"), columns, rows)


def _planned(key, name, unit, kind, planned, done, before):
    target, now, then = getattr(planned, key, None), getattr(done, key), getattr(before, key)
    row = {"key": key, "name": name, "unit": unit, "kind": kind, "planned": target, "done": now}
    return row | {"share": share(now, target), "before": then, "change": change(now, then)}


def headline(facts: Facts) -> Table:
    """The main figures beside those of the same days a year earlier."""
    columns = {
        "name": Column(_("Figure"), Kind.LABEL),
        "unit": Column(_("Unit"), Kind.UNIT),
        "now": Column(_("This period"), Kind.MEASURE),
        "before": Column(_("Same days last year"), Kind.MEASURE),
        "change": Column(_("Change (%)"), Kind.POINTS),
    }
    now, before = _headline(facts), _headline(facts.before)
    rows = [_figure(*one, then) for one, (*_same, then) in zip(now, before, strict=True)]
    note = _("The change of a rate is given in percentage points, that of other figures in per cent.")
    return Table("headline", _("Main figures"), columns, rows, note=note)


def _figure(key, name, unit, kind, now, before):
    moved = None
    if now is not None and before is not None:
        moved = now - before if kind == Kind.PERCENT else change(now, before)
    return {"key": key, "name": name, "unit": unit or UNITS[kind], "kind": kind, "now": now, "before": before, "change": moved}


def _headline(facts: Facts):
    lent, ever = facts.lent_in_all, facts.lent_since_the_beginning
    multiple = hundredths((facts.used + facts.reserved) / facts.balance) if facts.balance else None
    return [
        ("loans", _("Loans disbursed in the period"), LOANS, Kind.COUNT, lent.loans),
        ("amount", _("Lent in the period"), "", Kind.WAN, lent.amount),
        ("jobs", _("Jobs from the period's loans"), PERSONS, Kind.COUNT, lent.jobs),
        ("repaid", _("Principal repaid in the period"), "", Kind.WAN, facts.repaid),
        ("due", _("Principal fallen due in the period"), "", Kind.WAN, facts.recovery_in_all.due),
        ("on_time", _("Due recovery rate: repaid by the due day"), "", Kind.PERCENT, facts.on_time_share),
        ("recovered", _("Repaid by the end of the period"), "", Kind.PERCENT, facts.recovered_share),
        ("balance", _("Guarantee fund at the end"), "", Kind.WAN, facts.balance),
        ("used", _("Guaranteed loans outstanding at the end"), "", Kind.WAN, facts.used),
        ("reserved", _("Promised and not yet disbursed"), "", Kind.WAN, facts.reserved),
        ("room", _("Room for new guarantees"), "", Kind.WAN, facts.room),
        ("multiple", _("Multiple of the fund"), "", Kind.TIMES, multiple),
        ("late", _("Loans in arrears at the end"), LOANS, Kind.COUNT, len(facts.late)),
        ("arrears", _("Principal in arrears"), "", Kind.WAN, facts.arrears),
        ("arrears_share", _("Arrears in the loans outstanding"), "", Kind.PERCENT, facts.arrears_share),
        ("long_late", _("Of these over 180 days"), LOANS, Kind.COUNT, len(facts.long_late)),
        ("long_arrears", _("Principal over 180 days in arrears"), "", Kind.WAN, _sum(facts.long_late)),
        ("long_share", _("Share of it in all arrears"), "", Kind.PERCENT, share(_sum(facts.long_late), facts.arrears)),
        ("visits", _("Visits after the loan in the period"), VISITS, Kind.COUNT, facts.visits),
        ("ever_persons", _("Persons helped since the beginning"), PERSONS, Kind.COUNT, ever.persons),
        ("ever_loans", _("Loans granted since the beginning"), LOANS, Kind.COUNT, ever.loans),
        ("ever_amount", _("Lent since the beginning"), "", Kind.WAN, ever.amount),
        ("ever_ventures", _("Ventures opened since the beginning"), VENTURES, Kind.COUNT, ever.ventures),
        ("ever_jobs", _("Jobs since the beginning"), PERSONS, Kind.COUNT, ever.jobs),
    ]


def fund(facts: Facts) -> Table:
    """The fund at each bank on the last day, and its room."""
    columns = {
        "bank": BANK,
        "balance": Column(_("Fund balance (yuan)"), Kind.YUAN),
        "capacity": Column(_("May stand for (yuan)"), Kind.YUAN),
        "used": Column(_("Outstanding (yuan)"), Kind.YUAN),
        "reserved": Column(_("Promised (yuan)"), Kind.YUAN),
        "room": Column(_("Room (yuan)"), Kind.YUAN),
    }
    rows = [_by_bank(p.bank, **{name: getattr(p, name) for name in columns if name != "bank"}) for p in facts.positions]
    return Table("fund", _("The guarantee fund and its room"), columns, rows, _foot(rows))


def multiples(facts: Facts) -> Table:
    """How many times its balance the fund stood for: at the end, and at most."""
    period, year = figures.highest_multiples(**facts.days), figures.highest_multiples(first=facts.period.so_far.first, last=facts.period.last)
    columns = {
        "bank": BANK,
        "limit": Column(_("Limit (times)"), Kind.TIMES),
        "multiple": Column(_("At the end (times)"), Kind.TIMES),
        "highest": Column(_("Highest of the period (times)"), Kind.TIMES),
        "highest_on": Column(_("First day of it"), Kind.DAY),
        "year_highest": Column(_("Highest of the year (times)"), Kind.TIMES),
        "year_highest_on": Column(_("First day of it"), Kind.DAY),
    }
    rows = []
    for position in facts.positions:
        cells = {"limit": position.multiple, "multiple": hundredths(position.leverage)}
        for name, found in (("highest", period.get(position.bank.pk)), ("year_highest", year.get(position.bank.pk))):
            cells |= {name: hundredths(found.multiple) if found else None, f"{name}_on": found.day if found else None}
        rows.append(_by_bank(position.bank, **cells))
    return Table(
        "multiples", _("Multiples of the fund"), columns, rows, note=_("Outstanding and promised, divided by the fund's balance, at the end of each day.")
    )


def flow(facts: Facts) -> Table:
    """Lending and repayment of the period at each bank."""
    columns = {
        "bank": BANK,
        "opening": Column(_("Opening balance (yuan)"), Kind.YUAN),
        "loans": Column(_("How many loans"), Kind.COUNT),
        "lent": Column(_("Lent (yuan)"), Kind.YUAN),
        "repaid": Column(_("Principal repaid (yuan)"), Kind.YUAN),
        "compensated": Column(_("Compensated (yuan)"), Kind.YUAN),
        "closing": Column(_("Closing balance (yuan)"), Kind.YUAN),
    }
    compensated = figures.compensated(**facts.days)
    rows = []
    for position in facts.positions:
        bank = position.bank.pk
        lent, received = facts.lent.get(bank, figures.Lent()), facts.received.get(bank, figures.Received())
        cells = {"opening": facts.opening.get(bank, figures.NOTHING), "loans": lent.loans, "lent": lent.amount, "repaid": received.principal}
        cells |= {"compensated": compensated.get(bank, figures.NOTHING), "closing": position.used}
        rows.append(_by_bank(position.bank, **cells))
    return Table("flow", _("Lending and repayment of the period"), columns, rows, _foot(rows))


def by_month(facts: Facts) -> Table:
    """Lending and repayment month by month."""
    columns = {
        "month": Column(_("Month")),
        "loans": Column(_("How many loans"), Kind.COUNT),
        "lent": Column(_("Lent (yuan)"), Kind.YUAN),
        "repaid": Column(_("Principal repaid (yuan)"), Kind.YUAN),
    }
    lent, received = figures.lent("month", **facts.days), figures.received("month", **facts.days)
    rows = [
        {"key": f"{month:%Y-%m}", "month": f"{month:%Y-%m}", "loans": lent.get(month, figures.Lent()).loans}
        | {"lent": lent.get(month, figures.Lent()).amount, "repaid": received.get(month, figures.Received()).principal}
        for month in sorted({*lent, *received})
    ]
    return Table("by_month", _("Lending and repayment by month"), columns, rows, summed(rows, key="foot", month=TOTAL) if rows else {})


def recovery(facts: Facts) -> Table:
    """What fell due in the period, and what of it came back."""
    columns = {
        "bank": BANK,
        "due": Column(_("Fallen due (yuan)"), Kind.YUAN),
        "on_time": Column(_("Repaid by the due day (yuan)"), Kind.YUAN),
        "on_time_share": Column(_("Due recovery rate"), Kind.PERCENT),
        "by_now": Column(_("Repaid by the end (yuan)"), Kind.YUAN),
        "by_now_share": Column(_("Share repaid by the end"), Kind.PERCENT),
        "interest": Column(_("Interest received (yuan)"), Kind.YUAN),
    }
    interest = {bank: received.interest for bank, received in facts.received.items()}
    due = {bank.pk: facts.recovery.get(bank.pk, figures.Recovery())._asdict() for bank in facts.banks}
    rows = [_by_bank(bank, **due[bank.pk], interest=interest.get(bank.pk, figures.NOTHING)) for bank in facts.banks]
    shares = lambda row: row | {f"{name}_share": share(row[name], row["due"]) for name in ("on_time", "by_now")}  # noqa: E731
    return Table("recovery", _("Recovery of what fell due"), columns, [shares(row) for row in rows], shares(_foot(rows)) if rows else {})


def late_by_bank(facts: Facts) -> Table:
    """Arrears at each bank on the last day."""
    columns = {
        "bank": BANK,
        "loans": Column(_("Late loans"), Kind.COUNT),
        "arrears": Column(_("Principal in arrears (yuan)"), Kind.YUAN),
        "share": Column(_("Share of the outstanding"), Kind.PERCENT),
        "long_loans": Column(_("Of these over 180 days"), Kind.COUNT),
        "long_arrears": Column(_("Principal over 180 days (yuan)"), Kind.YUAN),
    }
    rows = []
    for position in facts.positions:
        late = [one for one in facts.late if one.bank == position.bank.pk]
        long = [one for one in late if one.bucket == "over-180"]
        cells = {"loans": len(late), "arrears": _sum(late), "share": share(_sum(late), position.used), "long_loans": len(long), "long_arrears": _sum(long)}
        rows.append(_by_bank(position.bank, **cells))
    return Table("late_by_bank", _("Arrears by bank"), columns, rows, _foot(rows, share=facts.arrears_share))


def late_by_bucket(facts: Facts) -> Table:
    """Arrears by how long they are overdue, bank by bank."""
    columns = {"bucket": Column(_("Overdue for"), Kind.LABEL), "loans": Column(_("How many loans"), Kind.COUNT)}
    columns |= {f"bank{bank.pk}": Column(bank.short_name, Kind.YUAN) for bank in facts.banks}
    columns["arrears"] = Column(_("Principal in arrears (yuan)"), Kind.YUAN)
    rows = []
    for bucket, words in BUCKETS.items():
        late = [one for one in facts.late if one.bucket == bucket]
        by_bank = {f"bank{bank.pk}": _sum(one for one in late if one.bank == bank.pk) for bank in facts.banks}
        rows.append({"key": bucket, "bucket": words, "loans": len(late), **by_bank, "arrears": _sum(late)})
    return Table("late_by_bucket", _("Arrears by days overdue"), columns, rows, summed(rows, key="foot", bucket=TOTAL))


def ventures(facts: Facts) -> Table:
    """Ventures and jobs of the period and since the beginning, by group of borrower."""
    columns = {
        "group": Column(_("Group"), Kind.LABEL),
        "ventures": Column(_("Ventures of the period"), Kind.COUNT),
        "amount": Column(_("Lent (yuan)"), Kind.YUAN),
        "jobs": Column(_("Jobs"), Kind.COUNT),
        "ever_ventures": Column(_("Ventures since the beginning"), Kind.COUNT),
        "ever_amount": Column(_("Lent (yuan)"), Kind.YUAN),
        "ever_jobs": Column(_("Jobs"), Kind.COUNT),
    }
    now, ever = figures.lent("group", **facts.days), figures.lent("group", last=facts.period.last)
    rows = []
    for group in sorted(ever, key=lambda group: -ever[group].loans):
        cells = {name: getattr(now.get(group, figures.Lent()), name) for name in ("ventures", "amount", "jobs")}
        cells |= {f"ever_{name}": getattr(ever[group], name) for name in ("ventures", "amount", "jobs")}
        rows.append({"key": group, "group": Group(group).label, **cells})
    return Table("ventures", _("Ventures and jobs by group"), columns, rows, summed(rows, key="foot", group=TOTAL) if rows else {})


def visits(facts: Facts) -> Table:
    """Visits of the period, and how the businesses were found at the last one."""
    columns = {
        "bank": BANK,
        "live": Column(_("Loans outstanding"), Kind.COUNT),
        "visits": Column(_("Visits of the period"), Kind.COUNT),
        "normal": Column(_("Doing normally"), Kind.COUNT),
        "difficult": Column(_("In difficulties"), Kind.COUNT),
        "stopped": Column(_("Stopped"), Kind.COUNT),
        "never": Column(_("Not yet visited"), Kind.COUNT),
        "missed": Column(_("Visit missed"), Kind.COUNT),
    }
    found = figures.visits_by_bank(**facts.days, lent_by=facts.period.last - VISIT_EVERY)
    rows = [_by_bank(bank, **found.get(bank.pk, figures.Visited())._asdict()) for bank in facts.banks]
    note = _("Visit missed: lent three months or more before the last day, live, and not visited in the period.")
    return Table("visits", _("Visits after the loan"), columns, rows, _foot(rows), note)


def since_the_beginning(facts: Facts) -> Table:
    """Every year's results."""
    return of(results, period=facts.period)


def cases(proposed) -> Table:
    """The cases put to the meeting, with what the three departments thought."""
    opinions = {f"opinion_{department}": Column(department.label, Kind.YUAN) for department in Department}
    columns = {
        "number": Column(_("Case")),
        "borrower": Column(_("Borrower")),
        "project": Column(_("Project")),
        "bank": BANK,
        "asked": Column(_("Asked (yuan)"), Kind.YUAN),
        **opinions,
    }
    rows = [
        {"key": case.number, "number": case.number, "borrower": case.applicant.name, "project": case.project, "bank": case.bank.short_name}
        | {"asked": case.amount_asked, **dict.fromkeys(opinions), **_opinions(case)}
        for case in proposed
    ]
    blank = dict.fromkeys(("borrower", "project", "bank", *opinions))
    return Table("cases", _("Cases put to the meeting"), columns, rows, summed(rows, key="foot", number=TOTAL, **blank) if rows else {})


def room_after(proposed, positions) -> Table:
    """The fund's room on the day of the report, before and after the proposed cases."""
    columns = {
        "bank": BANK,
        "room": Column(_("Room before (10,000 yuan)"), Kind.WAN),
        "loans": Column(_("Cases"), Kind.COUNT),
        "asked": Column(_("Asked (10,000 yuan)"), Kind.WAN),
        "after": Column(_("Room after (10,000 yuan)"), Kind.WAN),
        "multiple": Column(_("Multiple after (times)"), Kind.TIMES),
    }
    rows = []
    for position in positions:
        asked = [case.amount_asked for case in proposed if case.bank_id == position.bank.pk]
        total = sum(asked, figures.NOTHING)
        multiple = hundredths((position.used + position.reserved + total) / position.balance) if position.balance else None
        cells = {"room": position.room, "loans": len(asked), "asked": total, "after": position.room - total, "multiple": multiple}
        rows.append(_by_bank(position.bank, **cells))
    return Table("room_after", _("The fund's room before and after these cases"), columns, rows, _foot(rows, multiple=None))


def _by_bank(bank, **cells):
    return {"key": str(bank.pk), "bank": bank.name, **cells}


def _foot(rows, **cells):
    return summed(rows, key="foot", bank=TOTAL, **cells) if rows else {}


def _sum(late):
    return sum((one.arrears for one in late), figures.NOTHING)


def _opinions(case):
    """The three amounts of the latest visit."""
    visits = sorted(case.investigations.all(), key=lambda visit: visit.sequence)
    return {f"opinion_{opinion.department}": opinion.amount for opinion in visits[-1].opinions.all()} if visits else {}
