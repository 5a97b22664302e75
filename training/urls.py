from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("", views.years, name="years"),
    path("<int:year>/", views.year, name="year"),
    path("classes/<str:code>/", views.training_class, name="class"),
    path("trainees/<int:pk>/follow-up/", views.follow_up, name="follow_up"),
]
