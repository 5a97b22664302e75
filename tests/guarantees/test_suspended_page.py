"""The fund page says which bank is suspended, and leads those who sign to the lifting."""

import pytest

from guarantees import actions
from staff.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def test_the_fund_page_says_which_bank_is_suspended_and_leads_to_the_lifting():
    account, director = make.fund(), make.staff(Role.DIRECTOR)
    actions.suspend(account=account, reason="逾期贷款集中", by=director, on=make.TODAY)
    make.office_date()
    page = make.browser(director).get("/fund/").content.decode()
    assert "逾期贷款集中" in page and f"/fund/{account.pk}/lift/" in page
    assert f"/fund/{account.pk}/lift/" not in make.browser(make.staff(Role.AUDITOR)).get("/fund/").content.decode()
