"""What an action says when it cannot be done: expected, shown to the person at the counter."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that the rules do not allow. Subclasses are named for the rule and carry a sentence for the user."""

    title = _("This cannot be done")
    about: tuple[str, ...] = ()  # fields of a form, named as the action's arguments are; the first one that is there carries the sentence

    def __init__(self, *said, about=""):
        super().__init__(*said)
        if about:
            self.about = (about,)


class NotYours(Refused):
    """The person's role, bank or earlier part in the case does not allow this act."""

    title = _("Not yours to do")


class NotAllowedFromHere(Refused):
    """The case is not in a state from which this act leads anywhere."""

    title = _("Not possible at this step")
