from django.urls import path

from staff import views

app_name = "staff"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("search/", views.find, name="search"),
    path("people/", views.people, name="people"),
    path("help/", views.guide, name="help"),
    path("account/", views.account, name="account"),
    path("language/", views.language, name="language"),
    path("large-text/", views.large_text, name="large_text"),
]
