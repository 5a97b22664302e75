"""Who bears a subsidy, by the document's own split."""

from decimal import Decimal as D

import pytest

from repayments.claims.shares import Shares, add_up, shared


@pytest.mark.parametrize(
    ("split", "shares"),
    [
        ("central=1.00", Shares(central=D("100.01"))),
        ("central=0.25;local=0.25;borrower=0.50", Shares(central=D("50.01"), local=D("50.00"))),
        ("central=0.75;provincial=0.10;local=0.15", Shares(D("75.01"), D("10.00"), D("15.00"))),
        ("", Shares(open=D("100.01"))),
        ("borrower=1.00", Shares(open=D("100.01"))),
    ],
)
def test_levels_bear_their_part_of_what_finance_pays(split, shares):
    assert shared(D("100.01"), split) == shares
    assert shared(D("100.01"), split).total == D("100.01")
    assert shared(D("-100.01"), split).total == D("-100.01")


def test_shares_add_up_level_by_level():
    assert add_up([Shares(central=D(1)), Shares(central=D(2), local=D(3))]) == Shares(central=D(3), local=D(3))
    assert add_up([]) == Shares()
