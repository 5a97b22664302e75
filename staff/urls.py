from django.conf import settings
from django.urls import path

from staff import signin, views

app_name = "staff"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("search/", views.find, name="search"),
    path("people/", views.people, name="people"),
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/<int:pk>/withdraw/", views.withdraw_delegation, name="withdraw_delegation"),
    path("history/", views.happened, name="history"),
    path("help/", views.guide, name="help"),
    path("account/", views.account, name="account"),
    path("office-date/", views.office_date, name="office_date"),
    path("jobs/<int:pk>/", views.run, name="run"),
    path("language/", views.language, name="language"),
    path("large-text/", views.large_text, name="large_text"),
]
if settings.DEMO:
    urlpatterns.append(path("demo-sign-in/", signin.demo_sign_in, name="demo_sign_in"))
