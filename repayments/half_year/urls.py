from django.urls import path

from repayments.half_year import issue_views, paper_views, views

urlpatterns = [
    path("", views.latest, name="half_year_latest"),
    path("periods/", views.periods, name="half_years"),
    path("build/", views.build, name="half_year_build"),
    path("<int:pk>/", views.lines, name="half_year"),
    path("<int:pk>/production/", views.production, name="half_year_production"),
    path("<int:pk>/plan/", views.plan, name="half_year_plan"),
    path("<int:pk>/totals/", views.totals, name="half_year_totals"),
    path("<int:pk>/check/", issue_views.check, name="half_year_check"),
    path("<int:pk>/issue/", issue_views.issue_ledger, name="half_year_issue"),
    path("<int:pk>/ledger.xlsx", paper_views.excel, name="half_year_excel"),
    path("<int:pk>/print/<str:paper>/", paper_views.print_paper, name="half_year_print"),
    path("<int:pk>/cards/<int:line>.pdf", paper_views.card, name="half_year_card"),
    path("papers/<int:pk>/", paper_views.paper, name="half_year_paper"),
    path("files/<int:pk>/", paper_views.issued_file, name="half_year_file"),
]
