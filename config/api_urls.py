from django.urls import path

from config import api
from guarantees import api as guarantees
from repayments import api as repayments

app_name = "api"
urlpatterns = [
    path("", api.description, name="description"),
    path("schema/", api.schema, name="schema"),
    path("pending-confirmations/", guarantees.pending_confirmations, name="pending_confirmations"),
    path("cases/<str:number>/confirm-disbursement/", guarantees.confirm_disbursement, name="confirm_disbursement"),
    path("loans/<path:iou_number>/report-repayment/", repayments.report_repayment, name="report_repayment"),
]
