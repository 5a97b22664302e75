from django.urls import path

from repayments.half_year import views

urlpatterns = [
    path("", views.latest, name="half_year_latest"),
    path("periods/", views.periods, name="half_years"),
    path("build/", views.build, name="half_year_build"),
    path("<int:pk>/", views.lines, name="half_year"),
    path("<int:pk>/production/", views.production, name="half_year_production"),
    path("<int:pk>/plan/", views.plan, name="half_year_plan"),
    path("<int:pk>/totals/", views.totals, name="half_year_totals"),
]
