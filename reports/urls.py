from django.urls import path

from reports import forecasting, step_views, views
from reports.importing import views as importing

app_name = "reports"
urlpatterns = [
    path("import/", importing.bring, name="import"),
    path("import/<int:pk>/", importing.brought, name="imported"),
    path("import/<int:pk>/take-in/", importing.take_in, name="take_in"),
    path("ahead/", forecasting.ahead, name="ahead"),
    path("overview/", views.dashboard, name="dashboard"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/issue/", views.issue, name="issue"),
    path("files/<int:pk>/", views.report_file, name="file"),
    path("", views.reports, name="shelf"),
    path("step_times/", step_views.report, name="step_times"),
    path("step_times/as.<str:extension>", step_views.taken_file, name="step_times_file"),
    path("<str:name>/", views.report, name="report"),
    path("<str:name>/as.<str:extension>", views.taken_file, name="taken_file"),
]
