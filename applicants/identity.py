"""Identity numbers of persons and registration numbers of enterprises: what is right about them, and what they say.

GB 11643-1999 (persons; older 15-digit cards), GB 32100-2015 (unified social credit code), old licence numbers of 13 or 15
digits; facts.md §11.1 and §11.2. No database, no clock.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from staff.errors import Refused

OLDEST = 120  # years

_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


class Sex(StrEnum):
    """Read from an identity number: its 17th figure is odd for men."""

    MALE = "M"
    FEMALE = "F"


class Registration(StrEnum):
    """Which number an enterprise is known by."""

    CREDIT_CODE = "credit_code"
    OLD_LICENCE = "old_licence"


class IdentityNumber(NamedTuple):
    """A right identity number of 18 characters, with the day of birth and the sex that stand in it."""

    number: str
    born: date
    sex: Sex


class WrongNumber(Refused):
    """This cannot be the number it is meant to be."""

    title = _("The number is not right")


class WrongLength(WrongNumber):
    """Too short or too long."""


class WrongCharacters(WrongNumber):
    """Something stands in it that such a number never holds."""


class WrongBirthDate(WrongNumber):
    """The day of birth in it is no day, or no day on which a living person was born."""


class WrongCheckCharacter(WrongNumber):
    """The last character does not follow from the others, so one of them is mistyped."""


def parse(text: str, *, on: date | None = None) -> IdentityNumber:
    """Read a resident identity number as people write it; with `on`, the birth date must also be possible on that day (GB 11643-1999)."""
    number = cleaned(text)
    if len(number) not in (15, 18):
        raise WrongLength(_("An identity number has 18 characters (older cards 15); this has %(count)s.") % {"count": len(number)})
    if not re.fullmatch(r"[1-9][0-9]{14}|[1-9][0-9]{16}[0-9X]", number):
        raise WrongCharacters(_("An identity number holds figures only, the last place a figure or X, the first not 0."))
    if len(number) == 15:
        number = lengthened(number)
    born = _birth_date(number, on)
    if number[17] != check_character(number):
        raise WrongCheckCharacter(_("The last character of the identity number does not agree with the others: one of them is mistyped."))
    return IdentityNumber(number, born, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def cleaned(text: str) -> str:
    """The number without what typing leaves behind: full-width figures, spaces seen and unseen, a small x."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def lengthened(number: str) -> str:
    """A number of 15 figures as 18: the century goes in, the check character follows (facts.md §11.1)."""
    body = f"{number[:6]}19{number[6:]}"
    return body + check_character(body)


def check_character(number: str) -> str:
    """The 18th character that follows from the first 17 (ISO 7064, MOD 11-2)."""
    return _PERSON_CHECKS[sum(int(figure) * weight for figure, weight in zip(number, _PERSON_WEIGHTS, strict=False)) % 11]


def age(born: date, on: date) -> int:
    """Whole years lived by a day; the birthday itself counts, 29 February's in other years on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def masked(number: str) -> str:
    """A number as most people may see it: the first six and last four characters."""
    if len(number) < 13:
        return "*" * (len(number) - 4) + number[-4:]
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def parse_registration(text: str) -> tuple[Registration, str]:
    """Read an enterprise's number: the unified credit code of 18 characters, or an old licence number of 13 or 15 figures."""
    number = cleaned(text)
    if len(number) in (13, 15):
        if not number.isascii() or not number.isdigit():
            raise WrongCharacters(_("An old licence number holds figures only."))
        return Registration.OLD_LICENCE, number
    if len(number) != 18:
        raise WrongLength(_("An enterprise's number has 18 characters (old licences 13 or 15); this has %(count)s.") % {"count": len(number)})
    _refuse_wrong_credit_code(number)
    return Registration.CREDIT_CODE, number


def credit_check_character(code: str) -> str:
    """The 18th character that follows from the first 17 (GB 32100-2015)."""
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_SIGNS[-total % 31]


def _birth_date(number: str, on: date | None) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as wrong:
        raise WrongBirthDate(_("The identity number names a day of birth that does not exist: %(figures)s.") % {"figures": number[6:14]}) from wrong
    if not 1850 <= born.year < 2100 or (on and not 0 <= age(born, on) <= OLDEST):
        raise WrongBirthDate(_("The identity number names a day of birth that cannot be: %(day)s.") % {"day": born})
    return born


def _refuse_wrong_credit_code(code: str) -> None:
    if any(sign not in _CREDIT_SIGNS for sign in code) or not code[2:8].isdigit():
        raise WrongCharacters(_("A credit code holds figures and capital letters without I, O, S, V and Z; its area code, places 3 to 8, figures only."))
    if code[17] != credit_check_character(code):
        raise WrongCheckCharacter(_("The last character of the credit code does not agree with the others: one of them is mistyped."))
