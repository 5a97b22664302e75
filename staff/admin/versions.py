"""The history of a reference row, as PostgreSQL kept it: what changed, when, and by whose hand."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from staff.adminsite import OfficeAdmin
from staff.models import User

UNSAID = ("id", "replaces")  # which row it is says nothing about what it says


class Version:
    """One kept version beside the one before it, in the shape that the history page of admin reads."""

    def __init__(self, event, before, names):
        self.action_time = event.pgh_created_at
        self.user = names.get(event.pgh_context.metadata.get("user") if event.pgh_context else None)
        self.event, self.before = event, before

    def get_change_message(self):
        if self.before is None:
            return _("First version kept")
        changes = (self._change(field) for field in self.event._meta.concrete_fields if not field.name.startswith("pgh_") and field.name not in UNSAID)
        return "; ".join(change for change in changes if change)

    def _change(self, field):
        was, now = (_shown(event, field) for event in (self.before, self.event))
        return "" if was == now else _("%(field)s: %(was)s → %(now)s") % {"field": field.verbose_name, "was": was or "—", "now": now or "—"}


class KeptVersions(OfficeAdmin):
    """A row whose versions are kept by trigger: its history page shows them, whoever changed it and however."""

    def history_view(self, request, object_id, extra_context=None):
        events = self.kept(self.get_object(request, object_id))
        names = {user.pk: user for user in User.objects.all()}
        versions = [Version(event, before, names) for event, before in zip(events, [None, *events], strict=False)]
        page = Paginator([v for v in reversed(versions) if v.get_change_message()], 50).get_page(request.GET.get("p"))
        return super().history_view(request, object_id, {"action_list": page, "pagination_required": False, **(extra_context or {})})

    def kept(self, row):
        """The versions of a row, oldest first."""
        return list(row.events.select_related("pgh_context").order_by("pgh_id"))


def _shown(event, field):
    if field.choices:
        return str(getattr(event, f"get_{field.name}_display")())
    value = getattr(event, field.attname if field.is_relation else field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(field.related_model.objects.filter(pk=value).first() or "") if field.is_relation and value else str(value or "")
