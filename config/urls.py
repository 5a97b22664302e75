from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("", include("staff.urls")),
    path("", include("applicants.urls")),
    path("", include("loans.urls")),
    path("healthz", healthz, name="healthz"),
    path("training/", include("training.urls")),
    path("api/", include("config.api_urls")),
    path("reports/", include("reports.urls")),
    path("", include("repayments.urls")),
    path("", include("guarantees.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("staff.signin_urls")),
]
