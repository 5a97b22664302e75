from django.urls import include, path

app_name = "repayments"
urlpatterns = [
    path("half-year/", include("repayments.half_year.urls")),
]
