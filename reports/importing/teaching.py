"""Sheets SIYB培训 and 其他培训: who sat in which class, with which marks. Who never borrowed is registered by this."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from reports.importing import cells
from reports.importing.known import Known
from reports.importing.lending import SEXES, check_name, person_key
from reports.importing.sheets import Column, Layout, Row
from training.models import TrainingClass

_CODE = re.compile(r"(\d{4})-(GYB|SYB|IYB|EYB)-\d{1,3}")

SIYB = Layout(
    "SIYB培训",
    (
        Column("year", "年度", cells.whole(1998, 2100)),
        Column("code", "班次", cells.code),
        Column("first_day", "开班日期", cells.day),
        Column("last_day", "结业日期", cells.day),
        Column("name", "姓名", cells.name),
        Column("identity", "身份证号", cells.person),
        Column("sex", "性别", cells.one_of(SEXES), must_be_there=False, may_be_blank=True),
        Column("attendance", "出勤率(%)", cells.mark),
        Column("exam", "考试成绩", cells.mark),
        Column("plan", "创业计划书评分", cells.mark),
    ),
)
OTHER = Layout(
    "其他培训",
    (
        Column("year", "年度", cells.whole(1998, 2100)),
        Column("course", "课程", lambda cell: cells.text(cell, 24)),
        Column("name", "姓名", cells.name),
        Column("identity", "身份证号", cells.person),
    ),
)


def check(rows: Sequence[Row], on: date, known: Known, names: dict[str, str]) -> None:
    """Find what is wrong with these trainees; a person sits in a class once. `names` by blind index, as met in other sheets."""
    met: set[tuple[str, str]] = set()
    days: dict[str, tuple[date, date]] = {}
    for row in rows:
        if row.layout is SIYB:
            _check_class(row, on, days)
        else:
            row.values |= {"module": TrainingClass.Module.OTHER, "code": f"{row['year']}-{row['course']}"}
        if not row["identity"]:
            continue
        person = person_key(row["identity"])
        check_name(row, "name", person, names)
        if row["sex"] and row["sex"] != row["identity"].sex:
            row.refuse("sex", _("The identity number says otherwise."))
        if row.errors:
            continue
        _check_place(row, (row["code"], person), met, known)


def _check_place(row: Row, place: tuple[str, str], met: set[tuple[str, str]], known: Known) -> None:
    if place in met:
        row.refuse("identity", _("This person stands in an earlier row of this class already."))
    elif before := known.marks.get(place):
        row.known = before == marks(row)
        if not row.known:
            row.refuse("identity", _("This person is on record in this class with other marks."))
    met.add(place)


def marks(row: Row) -> tuple[Any, Any, Any]:
    """Attendance, exam and business plan; of other courses none."""
    return row["attendance"], row["exam"], row["plan"]


def _check_class(row: Row, on: date, days: dict[str, tuple[date, date]]) -> None:
    if row["code"] and not (parts := _CODE.fullmatch(row["code"])):
        row.refuse("code", _("“%(code)s” is no class such as 2004-SYB-01.") % {"code": row["code"]})
    elif row["code"] and parts:
        row.values["module"] = parts[2]
        if row["year"] and int(parts[1]) != row["year"]:
            row.refuse("code", _("The class is not of the year %(year)s.") % {"year": row["year"]})
    if row["first_day"] and row["last_day"]:
        if not row["first_day"] <= row["last_day"] <= on:
            row.refuse("last_day", _("Must lie between the first day of the class and today; it is %(day)s.") % {"day": row["last_day"]})
        if row["code"] and days.setdefault(row["code"], (row["first_day"], row["last_day"])) != (row["first_day"], row["last_day"]):
            row.refuse("first_day", _("An earlier row gives this class other days."))
