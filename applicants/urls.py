from django.urls import path

from applicants import views

app_name = "applicants"
urlpatterns = [
    path("applicants/<int:pk>/", views.person, name="person"),
    path("applicants/<int:pk>/identity/", views.identity, name="identity"),
    path("applicants/<int:pk>/correct/", views.correct, name="correct"),
    path("applicants/<int:pk>/groups/", views.add_group, name="add_group"),
    path("applicants/<int:pk>/household/", views.household, name="household"),
    path("applicants/<int:pk>/papers/", views.attach, name="attach"),
    path("papers/<int:pk>/", views.paper, name="paper"),
]
