"""The first timetable; from here on it is edited in admin."""

from django.db import migrations


def write(apps, schema_editor):
    crontabs, tasks = apps.get_model("django_celery_beat", "CrontabSchedule"), apps.get_model("django_celery_beat", "PeriodicTask")
    # Every hour, not only at midnight: a machine that was off at night catches up; a day done is done.
    hourly, _made = crontabs.objects.get_or_create(minute="5", hour="*", day_of_week="*", day_of_month="*", month_of_year="*", timezone="Asia/Shanghai")
    tasks.objects.get_or_create(name="新的一天", defaults={"task": "staff.tasks.day_begins", "crontab": hourly})


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial"), ("django_celery_beat", "__latest__")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
