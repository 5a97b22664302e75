"""What the joint-meeting report asks of the office's books, once for each stretch of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from guarantees.queries import positions
from loans.models import Loan
from loans.states import State
from reports import figures
from reports.periods import Period
from reports.tables import share

PROPOSED = (State.INVESTIGATED, State.CONFIRMED)
MEETS_WITHIN = timedelta(days=92)  # of the period's last day; a report built later lists no cases
VISIT_EVERY = timedelta(days=92)  # at least quarterly (domain.md §2)


@dataclass(frozen=True)
class Facts:
    """The office's figures of one period, each asked for when it is first needed."""

    period: Period

    @property
    def days(self) -> dict[str, date]:
        return {"first": self.period.first, "last": self.period.last}

    @cached_property
    def before(self) -> "Facts":
        """The same days a year earlier."""
        return Facts(self.period.year_before)

    @cached_property
    def positions(self):
        return positions(on=self.period.last)

    @cached_property
    def banks(self):
        return [position.bank for position in self.positions]

    @cached_property
    def balance(self) -> Decimal:
        return sum((position.balance for position in self.positions), figures.NOTHING)

    @cached_property
    def used(self) -> Decimal:
        return sum((position.used for position in self.positions), figures.NOTHING)

    @cached_property
    def reserved(self) -> Decimal:
        return sum((position.reserved for position in self.positions), figures.NOTHING)

    @cached_property
    def room(self) -> Decimal:
        return sum((position.room for position in self.positions), figures.NOTHING)

    @cached_property
    def opening(self) -> dict[int, Decimal]:
        return figures.outstanding(on=self.period.first - timedelta(days=1))

    @cached_property
    def lent(self) -> dict[int, figures.Lent]:
        return figures.lent("bank", **self.days)

    @cached_property
    def lent_in_all(self) -> figures.Lent:
        return figures.lent_in_all(**self.days)

    @cached_property
    def lent_this_year(self) -> figures.Lent:
        return figures.lent_in_all(first=self.period.so_far.first, last=self.period.last)

    @cached_property
    def lent_since_the_beginning(self) -> figures.Lent:
        return figures.lent_in_all(last=self.period.last)

    @cached_property
    def received(self) -> dict[int, figures.Received]:
        return figures.received("bank", **self.days)

    @cached_property
    def repaid(self) -> Decimal:
        return sum((received.principal for received in self.received.values()), figures.NOTHING)

    @cached_property
    def recovery(self) -> dict[int, figures.Recovery]:
        return figures.recovery(**self.days)

    @cached_property
    def recovery_in_all(self) -> figures.Recovery:
        return figures.Recovery(*map(sum, zip(*self.recovery.values(), strict=True))) if self.recovery else figures.Recovery()

    @cached_property
    def late(self) -> list[figures.Late]:
        return figures.late_loans(on=self.period.last)

    @cached_property
    def arrears(self) -> Decimal:
        return sum((one.arrears for one in self.late), figures.NOTHING)

    @cached_property
    def long_late(self) -> list[figures.Late]:
        return [one for one in self.late if one.bucket == "over-180"]

    @cached_property
    def visits(self) -> int:
        return figures.visits(**self.days)

    @property
    def on_time_share(self):
        return share(self.recovery_in_all.on_time, self.recovery_in_all.due)

    @property
    def recovered_share(self):
        return share(self.recovery_in_all.by_now, self.recovery_in_all.due)

    @property
    def arrears_share(self):
        return share(self.arrears, self.used)


def proposed(period: Period, on: date):
    """The cases that wait for the meeting on this day, in the order in which they came; none for a period long past."""
    if on > period.last + MEETS_WITHIN:
        return []
    cases = Loan.objects.filter(state__in=PROPOSED, applied_on__lte=on).select_related("applicant", "bank")
    return list(cases.prefetch_related("investigations__opinions").order_by("applied_on", "pk"))
