from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("staff.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("staff.signin_urls")),
]
