from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class OfficeAdminConfig(admin.AdminConfig):
    """Django admin with our own doorkeeper."""

    default = False
    default_site = "staff.adminsite.OfficeAdminSite"


class StaffConfig(AppConfig):
    name = "staff"
    default = True
    verbose_name = _("Office")

    def ready(self):
        from staff import checks, desk, history, jobs, oversight, parts
        from staff.models import Role

        everyone = tuple(Role)
        parts.register_nav(_("My desk"), "staff:desk", roles=everyone, order=10, count=desk.how_many)
        parts.register_nav(_("Who works here"), "staff:people", roles=everyone, order=90)
        signs = [Role.DIRECTOR, Role.FINANCE, Role.ADMINISTRATOR, Role.AUDITOR]
        parts.register_nav(_("Delegation of signature"), "staff:delegations", roles=signs, order=90)
        parts.register_nav(_("Audit history"), "staff:history", roles=[Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR], order=91)
        parts.register_nav(_("Office date"), "staff:office_date", roles=[Role.ADMINISTRATOR], order=92)
        parts.register_nav(_("Administration"), "admin:index", roles=[Role.ADMINISTRATOR], order=94)
        parts.register("desk.side", order=5, template="staff/_check.html", context=checks.on_the_desk)
        desk.register(oversight.rows)
        jobs.register("check the book", checks.nightly, order=99, each_day=False)
        history.register(
            {
                "office_date.moved": _("The office date was moved from %(was)s to %(now)s"),
                jobs.BEGUN: jobs.begun,
                "signature.delegated": _("%(delegate)s may sign for %(holder)s from %(first)s until %(last)s, authority %(document)s"),
                "signature.withdrawn": _("Authority %(document)s withdrawn: %(delegate)s no longer signs for %(holder)s"),
                "audit.looked_over": _("%(lines)s lines of history were looked over"),
                "user.second_factor_taken_away": _("The second factor of %(name)s was taken away"),
            }
        )
