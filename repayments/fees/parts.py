"""What rewards and fees hang into shared pages: their line of the navigation."""

from django.utils.translation import gettext_lazy as _

from repayments.fees.views import LOOKERS
from staff import parts


def register():
    """Called once, when the app starts."""
    parts.register_nav(_("Rewards and fees"), "repayments:fees", roles=LOOKERS, order=56, prefix="/fees/")
