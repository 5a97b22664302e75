"""A demand is no longer merely answered: it ends paid, rejected or taken back. What was answered in words alone ended so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from staff.db import set_together


def answered_is_rejected(apps, schema_editor):
    apps.get_model("guarantees", "Demand").objects.filter(closed_on__isnull=False).update(outcome="rejected")


class Migration(migrations.Migration):
    dependencies = [("guarantees", "0002_promise_days")]
    operations = [
        migrations.RemoveConstraint("demand", "demand_answer_date_and_name"),
        migrations.RemoveConstraint("demand", "demand_one_open_per_loan"),
        migrations.RenameField("demand", "answered_on", "closed_on"),
        migrations.RenameField("demand", "answered_by", "closed_by"),
        migrations.RenameField("demand", "answer", "closing_reason"),
        migrations.AlterField("demand", "closed_on", models.DateField(null=True, verbose_name="closed on")),
        migrations.AlterField(
            "demand",
            "closed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="closed by"
            ),
        ),
        migrations.AlterField("demand", "closing_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
        migrations.AddField(
            "demand",
            "outcome",
            models.CharField(
                blank=True,
                choices=[("paid", "Paid"), ("rejected", "Rejected"), ("withdrawn", "Taken back")],
                default="",
                max_length=10,
                verbose_name="outcome",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(answered_is_rejected, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "demand",
            models.CheckConstraint(
                name="demand_end_whole",
                condition=set_together("closed_on", "closed_by") & (Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome=""))),
            ),
        ),
        migrations.AddConstraint(
            "demand", models.UniqueConstraint(name="demand_one_open_per_loan", fields=["loan"], condition=Q(closed_on__isnull=True))
        ),
    ]
