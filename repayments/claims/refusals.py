"""What a claim is refused for, each named for its rule."""

from django.utils.translation import gettext_lazy as _

from staff.errors import Refused


class QuarterNotOver(Refused):
    """A quarter is claimed from its settlement day on."""

    title = _("This quarter is not over")
    about = ("quarter",)


class AlreadyClaimed(Refused):
    """A bank claims a quarter once; what is found later enters its next claim."""

    title = _("Already claimed")
    about = ("quarter",)


class NotAtThisStep(Refused):
    """A claim is submitted, reviewed, approved and paid in this order."""

    title = _("Not possible at this step")


class NotThisBanksLoan(Refused):
    """A list per loan names only loans of the bank that claims."""

    title = _("Not a loan of this bank")
    about = ("file",)


class TotalsDiffer(Refused):
    """The list per loan has to sum to the amount claimed."""

    title = _("The list does not sum to the amount claimed")
    about = ("claimed",)


class ListNeeded(Refused):
    """A bank that claims less than is due has to say for which loans."""

    title = _("A list per loan is needed")
    about = ("file",)


class Unexplained(Refused):
    """Where the bank's figure and ours differ, the review says why."""

    title = _("A difference is not explained")


class BookMovedOn(Refused):
    """The book has changed since the claim was compared with it."""

    title = _("The book has moved on")


class NotYourOwn(Refused):
    """Whoever submits a claim does not review it."""

    title = _("Another person has to review it")


class ApprovedTooMuch(Refused):
    """Finance approves at most what is due and claimed."""

    title = _("More than is due or claimed")


class PaidTooMuch(Refused):
    """Finance pays at most what is approved and not paid yet."""

    title = _("More than is still to be paid")
    about = ("amount",)


class PaidBefore(Refused):
    """A payment order pays a claim once."""

    title = _("This payment is booked already")
    about = ("document", "reference")


class NotADay(Refused):
    """Money is paid after it was approved and not in the future."""

    title = _("This day is not possible")
    about = ("paid_on", "day")
