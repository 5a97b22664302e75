from django.urls import include, path

from repayments import prints, views

app_name = "repayments"
urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("overpayments/", views.overpaid, name="overpayments"),
    path("receipts/", views.receipts, name="receipts"),
    path("receipts/<str:number>/", views.receive_row, name="receive_row"),
    path("cases/<str:number>/receive/", views.receive, name="receive"),
    path("cases/<str:number>/business-visit/", views.record_visit, name="record_visit"),
    path("cases/<str:number>/entries/<int:entry>/reverse/", views.reverse_receipt, name="reverse_receipt"),
    path("cases/<str:number>/refund/", views.refund, name="refund"),
    path("cases/<str:number>/", include("repayments.changes.urls")),
    path("", include("repayments.collecting.urls")),
    path("half-year/", include("repayments.half_year.urls")),
    path("subsidy/", include("repayments.claims.urls")),
    path("fees/", include("repayments.fees.urls")),
    path("cases/<str:number>/repayment-plan.pdf", prints.repayment_plan, name="repayment_plan_pdf"),
    path("cases/<str:number>/settlement.pdf", prints.settlement, name="settlement_pdf"),
]
