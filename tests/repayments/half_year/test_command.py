from datetime import date

import pytest
from django.core.management import CommandError, call_command

from repayments.models import HalfYearLedger
from tests import make
from tests.repayments.half_year import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office_date(db):
    make.office_date(date(2012, 1, 4))


def test_it_writes_the_canonical_figures_and_keeps_nothing(tmp_path):
    made.loan(iou_number="NJ201000001")
    call_command("half_year_ledger", "2011-H2", csv=tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].startswith("2011-H2,NJ201000001,0,21000.00,")
    assert not HalfYearLedger.objects.exists()


@pytest.mark.parametrize(("period", "complaint"), [("2011H2", "2011-H2"), ("2012-H1", "2012-01-04")], ids=["no period", "not over"])
def test_it_refuses_what_is_no_period_or_not_over(tmp_path, period, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("half_year_ledger", period, csv=tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_it_wants_a_file_and_says_where_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="--csv"):
        call_command("half_year_ledger", "2011-H2")
    with pytest.raises(CommandError, match="No such file"):
        call_command("half_year_ledger", "2011-H2", csv=tmp_path / "missing" / "out.csv")
