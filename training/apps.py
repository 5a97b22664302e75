from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training and ventures")

    def ready(self):
        from staff import desk as desks
        from staff import history, parts
        from training import desk
        from training.parts import record
        from training.views import READERS

        parts.register_nav(_("Training and ventures"), "training:years", roles=READERS, order=70, prefix="/training/")
        parts.register("case.side", order=60, template="training/_record.html", context=record)
        desks.register(desk.rows)
        history.register({"training.follow_up": _("Follow-up service of %(day)s: %(service)s")})
