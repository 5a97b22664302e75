"""What the claims hang into shared pages: their words of history."""

from django.utils.translation import gettext_lazy as _

from staff import history


def register():
    """Called once, when the app starts."""
    history.register(
        {
            "subsidy.submitted": _("%(bank)s claimed %(amount)s yuan of subsidy for %(quarter)s"),
            "subsidy.recompiled": _("The claim was compared with the book anew"),
            "subsidy.returned": _("The claim went back to the bank: %(words)s"),
            "subsidy.reviewed": _("The claim was reviewed: %(words)s"),
            "subsidy.approved": _("Finance approved %(amount)s yuan of the claim: %(words)s"),
            "subsidy.paid": _("Finance paid %(amount)s yuan of subsidy on %(day)s (%(document)s)"),
            "subsidy.payment_undone": _("The payment of %(amount)s yuan (%(document)s) was undone: %(words)s"),
        }
    )
