from django.urls import path

from repayments.fees import views

urlpatterns = [
    path("", views.overview, name="fees"),
    path("<int:year>/fees.csv", views.as_csv, name="fees_csv"),
    path("<int:year>/loans/<str:number>/", views.of_loan, name="fees_of_loan"),
    path("<int:year>/<slug:kind>/", views.loans, name="fees_of_kind"),
]
