from django.urls import path

from loans.views import application, case, communities, lists, rules, steps, waiting

app_name = "loans"
urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("loans/", lists.lent, name="lent"),
    path("communities/", communities.communities, name="communities"),
    path("rules/", rules.in_force, name="rules"),
    path("rules/changes/", rules.changed, name="rules_changed"),
    path("rules/documents/", rules.documents, name="documents"),
    path("rules/documents/<int:pk>/", rules.document, name="document"),
    path("rules/rates/", rules.rates, name="rates"),
    path("rules/waiting/", waiting.waiting_rows, name="waiting_rows"),
    path("rules/waiting/<slug:model>/<int:pk>/", waiting.waiting_row, name="waiting_row"),
    path("rules/waiting/<slug:model>/<int:pk>/confirm/", waiting.confirm_row, name="confirm_row"),
    path("rules/waiting/<slug:model>/<int:pk>/send-back/", waiting.send_row_back, name="send_row_back"),
    path("cases/new/", application.apply, name="apply"),
    path("cases/new/who/", application.look_up, name="look_up"),
    path("cases/new/allowed/", application.allowed, name="allowed"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/form.pdf", case.form_pdf, name="form_pdf"),
    path("cases/<str:number>/receipt.pdf", case.receipt_pdf, name="receipt_pdf"),
    path("cases/<str:number>/returns/<int:pk>.pdf", case.return_pdf, name="return_pdf"),
    path("cases/<str:number>/recommend/", steps.recommend, name="recommend"),
    path("cases/<str:number>/first-review/", steps.first_review, name="first_review"),
    path("cases/<str:number>/return/", steps.return_for_papers, name="return_for_papers"),
    path("cases/<str:number>/complete/", steps.complete_papers, name="complete_papers"),
    path("cases/<str:number>/visit/", steps.record_visit, name="record_visit"),
    path("cases/<str:number>/opinion/", steps.give_opinion, name="give_opinion"),
    path("cases/<str:number>/second-review/", steps.second_review, name="second_review"),
    path("cases/<str:number>/send-back/", steps.send_back, name="send_back"),
    path("cases/<str:number>/refuse/", steps.refuse, name="refuse"),
    path("cases/<str:number>/withdraw/", steps.withdraw, name="withdraw"),
    path("cases/<str:number>/papers/", steps.attach, name="attach"),
]
