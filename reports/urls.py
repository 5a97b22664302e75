from django.urls import path

from reports.importing import views as importing

app_name = "reports"
urlpatterns = [
    path("import/", importing.bring, name="import"),
    path("import/<int:pk>/", importing.brought, name="imported"),
    path("import/<int:pk>/take-in/", importing.take_in, name="take_in"),
]
