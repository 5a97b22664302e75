"""One cell of an Excel sheet as what it means, as people really type it. No database, no clock.

Each reader takes the cell as calamine hands it over and raises BadCell with a sentence for the clerk. Amounts are yuan.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from applicants.identity import IdentityNumber, WrongNumber, parse
from loans.money import fen

YUAN, WAN = Decimal(1), Decimal(10000)
UNITS = {"元": YUAN, "万元": WAN, "万": WAN}
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20000, 80000)  # 1954 to 2119: what a serial day in an office's ledger can be
DIGITS_OF_A_FLOAT = 2**53  # Excel keeps no whole number beyond this exactly
A_MILLIONTH = Decimal("0.000001")
LARGEST = Decimal("9999999999.99")
EXCEL_ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"}

_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(万元|万|元)?")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_PHONE = re.compile(r"[+\d][-\d]{5,19}")


class BadCell(ValueError):
    """This cell cannot be what its column asks for; the sentence says why."""


def typed(cell: Any) -> str:
    """The cell's text without what typing leaves behind: full-width figures, spaces at the ends, a whole number's .0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if text in EXCEL_ERRORS:
        raise BadCell(_("The cell holds an Excel error: %(error)s.") % {"error": text})
    return text


def is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Any, longest: int = 60) -> str:
    """Any words, with no more than one space between them."""
    found = " ".join(typed(cell).split())
    if len(found) > longest:
        raise BadCell(_("Longer than %(longest)s characters.") % {"longest": longest})
    return found


def name(cell: Any) -> str:
    """A name; spaces inside a Chinese one go."""
    found = text(cell)
    return found if found.isascii() else found.replace(" ", "")


def code(cell: Any) -> str:
    """A number of a paper: no spaces."""
    return text(cell, 40).replace(" ", "")


def amount(cell: Any, unit: Decimal = YUAN) -> Decimal:
    """An amount in yuan to the fen; a unit inside the cell beats the heading's."""
    found = _AMOUNT.fullmatch(re.sub(r"[\s,¥]", "", typed(cell)))
    if not found:
        raise BadCell(_("“%(text)s” is no amount.") % {"text": cell})
    yuan = Decimal(found[1]) * (UNITS[found[2]] if found[2] else unit)
    if abs(yuan) > LARGEST:
        raise BadCell(_("%(amount)s yuan is more than any amount here.") % {"amount": yuan})
    if abs(yuan - fen(yuan)) > A_MILLIONTH:  # less is Excel's own dust, as in 0.30000000000000004
        raise BadCell(_("%(amount)s yuan has more than two decimals.") % {"amount": yuan})
    return fen(yuan)


def positive(cell: Any, unit: Decimal = YUAN) -> Decimal:
    """An amount above 0."""
    if (yuan := amount(cell, unit)) <= 0:
        raise BadCell(_("The amount must be above 0; it is %(amount)s.") % {"amount": yuan})
    return yuan


def not_negative(cell: Any, unit: Decimal = YUAN) -> Decimal:
    """An amount of 0 or more; blank is 0."""
    if is_blank(cell):
        return fen(Decimal(0))
    if (yuan := amount(cell, unit)) < 0:
        raise BadCell(_("The amount must not be below 0; it is %(amount)s.") % {"amount": yuan})
    return yuan


def day(cell: Any) -> date:
    """A day, as a date, as Excel's serial number, or typed: 2009年7月10日, 2010.6.4, 2010-06-04, 20100604."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    found = re.sub(r"\s", "", typed(cell))
    if found.isdecimal() and int(found) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(int(found))
    parts = _DAY.fullmatch(found) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", found)
    if not parts:
        raise BadCell(_("“%(text)s” is no day.") % {"text": cell})
    try:
        return date(*map(int, parts.groups()))
    except ValueError as wrong:
        raise BadCell(_("The day %(text)s does not exist.") % {"text": found}) from wrong


def number(cell: Any) -> Decimal:
    try:
        return Decimal(typed(cell).rstrip("%").strip())
    except InvalidOperation as wrong:
        raise BadCell(_("“%(text)s” is no number.") % {"text": cell}) from wrong


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A whole number within bounds."""

    def read(cell: Any) -> int:
        found = number(cell)
        if not (found.is_finite() and found == int(found) and least <= found <= most):
            raise BadCell(_("Must be a whole number from %(least)s to %(most)s; it is %(text)s.") % {"least": least, "most": most, "text": typed(cell)})
        return int(found)

    return read


def rate(cell: Any) -> Decimal:
    """A yearly rate in percent, above 0 and at most 24."""
    found = number(cell)
    if not (found.is_finite() and 0 < found <= 24):
        raise BadCell(_("A yearly rate is above 0 and at most 24 percent; it is %(text)s.") % {"text": typed(cell)})
    return found


def mark(cell: Any) -> Decimal:
    """A mark or an attendance, from 0 to 100."""
    found = number(cell)
    if not (found.is_finite() and 0 <= found <= 100):
        raise BadCell(_("Must be 0 to 100; it is %(text)s.") % {"text": typed(cell)})
    return found


def one_of(words: Mapping[str, Any]) -> Callable[[Any], Any]:
    """One of the office's words, as what it stands for."""

    def read(cell: Any) -> Any:
        found = re.sub(r"\s", "", typed(cell))
        if found not in words:
            raise BadCell(_("“%(text)s” is not known here; known are: %(words)s.") % {"text": found, "words": "、".join(words)})
        return words[found]

    return read


def phone(cell: Any) -> str:
    """A telephone number: figures, perhaps with dashes."""
    found = re.sub(r"\s", "", typed(cell))
    if not _PHONE.fullmatch(found):
        raise BadCell(_("“%(text)s” is no telephone number.") % {"text": found})
    return found


def registration(cell: Any) -> str:
    """An identity or registration number as typed, or the reason why Excel has spoilt it."""
    if isinstance(cell, float) and cell > DIGITS_OF_A_FLOAT:
        raise BadCell(_("Excel kept this number as a figure and lost its last places; enter it as text."))
    return typed(cell)


def person(cell: Any) -> IdentityNumber:
    """A right identity number of a person."""
    try:
        return parse(registration(cell))
    except WrongNumber as wrong:
        raise BadCell(str(wrong)) from wrong
