"""Rows that two persons answer for: one enters, another confirms. A row that was entered never changes; a change is a row that takes its place."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.db import set_together


class Standing(models.TextChoices):
    """Where a row is on its way: only what is in effect counts."""

    WAITING = "waiting", _("Waits for the second person")
    IN_EFFECT = "in_effect", _("In effect")
    SENT_BACK = "sent_back", _("Sent back")
    REPLACED = "replaced", _("Replaced")


class ConfirmableQuerySet(models.QuerySet):
    def in_effect(self):
        """The rows that count: shipped with the product, or confirmed by a second person and not replaced since."""
        return self.filter(standing=Standing.IN_EFFECT)

    def waiting(self):
        """The rows that somebody entered and nobody confirmed yet: what they say does not count."""
        return self.filter(standing=Standing.WAITING)


def _person(words):
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=words, null=True, editable=False, on_delete=models.PROTECT, related_name="+")


def _day(words):
    return models.DateField(words, null=True, editable=False)


class Confirmable(models.Model):
    """Who entered a row and who confirmed it, on which office days. Nobody entered what the product ships with."""

    standing = models.CharField(_("standing"), max_length=9, choices=Standing, default=Standing.WAITING, editable=False)
    replaces = models.ForeignKey("self", verbose_name=_("replaces"), null=True, editable=False, on_delete=models.PROTECT, related_name="replacements")
    entered_by = _person(_("entered by"))
    entered_on = _day(_("entered on"))
    confirmed_by = _person(_("confirmed by"))
    confirmed_on = _day(_("confirmed on"))
    sent_back_by = _person(_("sent back by"))
    sent_back_on = _day(_("sent back on"))
    sent_back_reason = models.CharField(_("reason for sending it back"), max_length=200, blank=True, editable=False)

    objects = ConfirmableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_entered_whole", condition=set_together("entered_by", "entered_on")),
            models.CheckConstraint(name="%(class)s_confirmed_whole", condition=set_together("confirmed_by", "confirmed_on")),
            models.CheckConstraint(name="%(class)s_sent_back_whole", condition=set_together("sent_back_by", "sent_back_on")),
            models.CheckConstraint(name="%(class)s_by_two_persons", condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by"))),
            models.CheckConstraint(
                name="%(class)s_counts_if_confirmed",
                condition=~Q(standing__in=["in_effect", "replaced"]) | Q(entered_by__isnull=True) | Q(confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(name="%(class)s_one_change_waits", fields=["replaces"], condition=Q(standing="waiting")),
        ]

    @classmethod
    def cells(cls):
        """The fields that say something, without those that tell who entered and confirmed the row."""
        own = {field.name for field in Confirmable._meta.get_fields()}
        return [field for field in cls._meta.concrete_fields if field.name not in own and not field.primary_key]


def once_in_effect(name, *fields):
    """Of the rows in effect, one for these fields; what waits or was replaced does not stand in the way."""
    return models.UniqueConstraint(name=name, fields=fields, condition=Q(standing="in_effect"))
