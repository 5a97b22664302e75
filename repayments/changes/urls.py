from django.urls import path

from repayments.changes import views

urlpatterns = [
    path("ask-extension/", views.ask_extension, name="ask_extension"),
    path("consent-extension/", views.consent_extension, name="consent_extension"),
    path("grant-extension/", views.grant_extension, name="grant_extension"),
    path("refuse-extension/", views.refuse_extension, name="refuse_extension"),
    path("extension.pdf", views.extension_paper, name="extension_pdf"),
    path("repay-early/", views.repay_early, name="repay_early"),
    path("rate-step/", views.enter_rate_step, name="enter_rate_step"),
]
