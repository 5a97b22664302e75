"""Which agreement with a bank holds on a day."""

from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from guarantees.models import BankAgreement
from staff.errors import Refused


class NoAgreement(Refused):
    """What is shared with a bank is shared by an agreement in force."""

    title = _("No agreement with this bank")


def agreement_of(bank, on):
    """The agreement with this bank that holds on this day; refuses (NoAgreement) where none does."""
    begun = BankAgreement.objects.in_effect().filter(bank=bank, effective_from__lte=on).order_by("-effective_from", "-pk").first()
    if begun is None or (begun.effective_until and begun.effective_until < on):
        raise NoAgreement(_gettext("No agreement with %(bank)s is in force on %(day)s.") % {"bank": bank, "day": on})
    return begun


def borrowers_pay_first(bank, on):
    """Do borrowers of this bank pay all interest of contracts signed on this day, and get finance's part back? As a rule finance pays the bank."""
    try:
        return agreement_of(bank, on).borrower_pays_first
    except NoAgreement:
        return False


def agreements_on(on):
    """Every bank's agreement of this day, in the banks' order."""
    begun = BankAgreement.objects.in_effect().filter(effective_from__lte=on).order_by("bank_id", "-effective_from", "-pk").distinct("bank_id")
    return BankAgreement.objects.filter(pk__in=[a.pk for a in begun]).exclude(Q(effective_until__lt=on)).select_related("bank")
