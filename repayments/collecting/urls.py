from django.urls import path

from repayments.collecting import views

urlpatterns = [
    path("reminders/", views.reminder_list, name="reminders"),
    path("reminders/<int:pk>/", views.reminder_issue, name="reminder_issue"),
    path("reminders/<int:pk>/letters.pdf", views.reminder_letters, name="reminder_letters"),
    path("reminders/<int:pk>/sms.csv", views.reminder_sms, name="reminder_sms"),
    path("arrears/", views.arrears, name="arrears"),
    path("cases/<str:number>/collection/", views.note_collection, name="note_collection"),
    path("cases/<str:number>/dunning/", views.dun, name="dun"),
    path("dunning/<int:pk>/notice.pdf", views.dunning_notice, name="dunning_notice"),
]
