"""What is known of an applicant on a day, and the rules that it is held against: plain records. Amounts in yuan, terms in months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

OWN_RULE: Any = _("the centre's own rule")
LEAST = Decimal(100)


class Reason(NamedTuple):
    """A sentence for the counter, and the number of the document behind it."""

    sentence: str
    document: Any


class Ages(NamedTuple):
    """How old borrowers are on the day of application, by which document."""

    youngest: int
    oldest: int
    document: str


class Trade(NamedTuple):
    """A trade that no loan goes to, by which document."""

    word: str
    document: str


class Proof(NamedTuple):
    """A paper that proves a group on this day, by which document."""

    group: str
    paper: str
    document: str


class Named(NamedTuple):
    """Since when which document knows a group."""

    since: date
    document: Any


class Repeat(NamedTuple):
    """How often one may borrow (None: no document sets a number), and after which earlier loans."""

    most_loans: int | None
    days_late_allowed: int | None
    after_fund_paid: bool
    document: str


class GuarantorMost(NamedTuple):
    """For how many loans one person may stand at a time, by which document."""

    most: int
    document: str


class Counter(NamedTuple):
    """Whether a counter-guarantee is needed: by everybody ("") or one group, and where none is needed up to which amount (None: any)."""

    group: str
    needed: bool
    up_to: Decimal | None
    document: str


class Earlier(NamedTuple):
    """A loan that the applicant had before: how many days after maturity it was settled, and whether the fund had to pay for it."""

    number: str
    days_late: int = 0
    fund_paid: bool = False


@dataclass(frozen=True)
class Backing:
    """Who or what stands behind the borrower. `person` and `home` tell people and households apart without saying who they are."""

    kind: str
    name: str = ""
    person: str = ""
    home: int | None = None
    stands_for: tuple[str, ...] = ()  # the numbers of other loans that the person stands for already
    employer: str = ""
    thing: str = ""
    certificate: str = ""
    owner: str = ""
    value: Decimal | None = None
    group: str = ""


@dataclass(frozen=True)
class Asking:
    """What somebody asks for, and what is known of them on that day."""

    kind: str
    amount: Decimal
    term: int
    group: str
    groups: frozenset[str]  # those that count: proved on this day
    trade: str
    project: str
    stale: Mapping[str, str] = field(default_factory=dict)  # a group whose paper is not good today → that paper
    born: date | None = None  # persons
    partners: int | None = None
    siyb_excellent: bool = False
    siyb_selected: bool = False
    siyb_graduate: bool = False
    staff: int | None = None  # enterprises: in post at application, and hired anew within the year
    new_hires: int | None = None
    own_open: tuple[str, ...] = ()  # numbers of open cases of the applicant, and of others in the household
    household_open: tuple[str, ...] = ()
    own_owed: tuple[str, ...] = ()  # numbers of loans that the fund paid for and that are owed to it
    household_owed: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    person: str = ""  # who the applicant is, as backings name people, and the household
    home: int | None = None
    community: str = ""
    credit_community: bool = False
    backings: tuple[Backing, ...] | None = None  # None: not asked yet


@dataclass(frozen=True)
class Rules:
    """The rules in force on one day that are not terms."""

    groups: Mapping[str, Named]
    ages: Ages | None = None
    trades: tuple[Trade, ...] = ()
    proofs: tuple[Proof, ...] = ()
    repeat: Repeat | None = None
    guarantor: GuarantorMost | None = None
    counters: tuple[Counter, ...] = ()


def in_a_list(words: Iterable[Any]) -> str:
    """Numbers or names in one line of the reader's language."""
    return pgettext("in a list", ", ").join(str(word) for word in words)
