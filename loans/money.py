"""Amounts in yuan to the fen: rounding, equal parts, and the words that papers carry. No database, no clock."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")
_LARGEST = Decimal("1e12")


class NotAnAmount(ValueError):
    """The words of a ticket hold amounts from 0 to below one million million yuan, to the fen."""


class TooManyParts(ValueError):
    """The amount is too small for that many equal parts of at least one fen."""


def fen(amount: Decimal) -> Decimal:
    """The amount in yuan to the nearest fen, half a fen upwards (domain.md §4)."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def split(amount: Decimal, parts: int) -> list[Decimal]:
    """Cut an amount in yuan into equal parts to the fen; the last one takes the rest (domain.md §4)."""
    if parts < 1:
        raise TooManyParts(f"{amount} cannot be cut into {parts} parts.")
    each = fen(amount / parts)
    last = amount - each * (parts - 1)
    if amount >= 0 > last:
        raise TooManyParts(f"{amount} is too little for {parts} equal parts.")
    return [each] * (parts - 1) + [last]


def allotted(exact: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """Exact parts of a rounded whole to the fen, so that they sum to it: odd fen go where most was cut off."""
    cut = [part.quantize(FEN, ROUND_FLOOR) for part in exact]
    odd = int((whole - sum(cut, Decimal(0))) / FEN)
    first = sorted(range(len(cut)), key=lambda at: (cut[at] - exact[at], at))[:odd]
    return [part + (FEN if at in first else 0) for at, part in enumerate(cut)]


def words(amount: Decimal) -> str:
    """An amount in yuan as a ticket writes it, 人民币大写 (rules of the People's Bank on filling in tickets; facts.md §11.3)."""
    if not 0 <= amount < _LARGEST or amount != fen(amount):
        raise NotAnAmount(f"{amount} cannot be written in words.")
    yuan, cents = divmod(int(amount * 100), 100)
    if cents == 0:
        return f"人民币{_whole(yuan) or '零'}元整"
    return f"人民币{_whole(yuan)}{'元' if yuan else ''}{_cents(cents, after_yuan=yuan > 0)}"


def ticket_date(day: date) -> str:
    """A day in words as tickets carry it, so that nobody can add a stroke: 零壹月壹拾伍日 (facts.md §11.3)."""
    year = "".join(_DIGITS[int(figure)] for figure in str(day.year))
    month = ("零" if day.month in (1, 2, 10) else "") + _below_hundred(day.month)
    return f"{year}年{month}月{'零' if day.day < 10 or day.day % 10 == 0 else ''}{_below_hundred(day.day)}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (f"{_DIGITS[tens]}拾" if tens else "") + (_DIGITS[ones] if ones else "")


def _whole(yuan: int) -> str:
    """Whole yuan group by group (亿, 万, rest); one 零 stands for any gap between figures."""
    text, gap = "", False
    for unit, group in zip(_GROUPS, (yuan // 10**8, yuan // 10**4 % 10**4, yuan % 10**4), strict=True):
        if not group:
            gap = True
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _group(group) + unit
        gap = False
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for figure, place in zip(f"{group:04}", _PLACES, strict=True):
        if figure == "0":
            gap = True
            continue
        text += ("零" if text and gap else "") + _DIGITS[int(figure)] + place
        gap = False
    return text


def _cents(cents: int, *, after_yuan: bool) -> str:
    jiao, ones = divmod(cents, 10)
    text = f"{_DIGITS[jiao]}角" if jiao else "零" if after_yuan else ""
    return text + (f"{_DIGITS[ones]}分" if ones else "")
