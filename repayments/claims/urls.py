from django.urls import path

from repayments.claims import print_views, views

urlpatterns = [
    path("", views.overview, name="subsidy"),
    path("new/", views.submit, name="subsidy_submit"),
    path("plan/", print_views.plan, name="subsidy_plan"),
    path("<int:pk>/", views.claim, name="subsidy_claim"),
    path("<int:pk>/claim.pdf", views.claim_form, name="subsidy_form_pdf"),
    path("<int:pk>/claim.xlsx", print_views.claim_excel, name="subsidy_form_excel"),
    path("<int:pk>/review/", views.review, name="subsidy_review"),
    path("<int:pk>/approve/", views.approve, name="subsidy_approve"),
    path("<int:pk>/pay/", views.pay, name="subsidy_pay"),
    path("<int:pk>/return/", views.return_to_bank, name="subsidy_return"),
    path("<int:pk>/compare/", views.recompile, name="subsidy_recompile"),
    path("lines/<int:pk>/", views.open_line, name="subsidy_open"),
    path("payments/<int:pk>/undo/", views.undo_payment, name="subsidy_undo_payment"),
    path("cases/<str:number>/", views.trace, name="subsidy_trace"),
    path("cases/<str:number>/trace.pdf", print_views.trace_pdf, name="subsidy_trace_pdf"),
]
