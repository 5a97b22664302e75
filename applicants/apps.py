from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicantsConfig(AppConfig):
    name = "applicants"
    verbose_name = _("Applicants")

    def ready(self):
        from applicants import history_words
        from applicants.finder import found
        from staff import history, search

        history.register(history_words.SENTENCES)
        search.register(found)
