"""The demo's agreements with its banks: invented, as such agreements are. The papers of the first years are missing, so those rows are unconfirmed."""

from datetime import date
from decimal import Decimal

from guarantees.models import BankAgreement
from loans.models import PolicyRow
from loans.models.confirmation import Standing
from staff.models import Bank

DISBURSED, BALANCE = BankAgreement.Basis.DISBURSED, BankAgreement.Basis.BALANCE
KNOWN, UNCONFIRMED = PolicyRow.Status.CONFIRMED, PolicyRow.Status.UNCONFIRMED
FIRST_YEARS = "原件待查，暂按首份协议口径"
AGREEMENTS = (  # bank, number, signed, from, shares of fund, bank and agency, basis, days to answer, handling fee, status, note
    ("农信社", "双小贷协〔2004〕1号", "2004-02-25", "2004-03-01", "1", "0", "0", DISBURSED, 90, "0.50", UNCONFIRMED, FIRST_YEARS),
    ("农信社", "双小贷协〔2009〕1号", "2008-12-18", "2009-01-01", "0.8", "0.2", "0", DISBURSED, 90, "0.50", KNOWN, ""),
    ("邮储", "双小贷协〔2008〕2号", "2008-03-10", "2004-03-01", "0.8", "0.2", "0", BALANCE, 60, "0.50", KNOWN, "签订前发放的贷款一并适用"),
    ("城商行", "双小贷协〔2004〕3号", "2004-02-25", "2004-03-01", "1", "0", "0", DISBURSED, 90, "0", UNCONFIRMED, FIRST_YEARS),
    ("城商行", "双小贷协〔2010〕1号", "2009-12-22", "2010-01-01", "0.7", "0.2", "0.1", DISBURSED, 90, "0", KNOWN, ""),
)


def begin():
    """Put the agreements down, once."""
    if BankAgreement.objects.exists():
        return
    banks = {bank.short_name: bank for bank in Bank.objects.all()}
    BankAgreement.objects.bulk_create(_agreement(banks, *cells) for cells in AGREEMENTS)


def _agreement(banks, bank, number, signed, begins, fund, own, agency, basis, days, fee, status, note):
    return BankAgreement(
        standing=Standing.IN_EFFECT,
        bank=banks[bank],
        document_number=number,
        signed=date.fromisoformat(signed),
        effective_from=date.fromisoformat(begins),
        fund_share=Decimal(fund),
        bank_share=Decimal(own),
        agency_share=Decimal(agency),
        rate_basis=basis,
        answer_days=days,
        handling_fee_percent=Decimal(fee),
        status=status,
        note=note,
    )
