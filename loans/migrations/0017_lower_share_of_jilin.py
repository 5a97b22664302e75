"""The Jilin paper of 2008 reads "100 and more" where all others read "over 100": the row's note says so, and now a cell does."""

from django.db import migrations


def mark(apps, schema_editor):
    rows = apps.get_model("loans", "PolicyRow").objects.filter(document__number="吉林省就业文件2008", note__contains="from exactly 100")
    rows.update(lower_share_from=100)


class Migration(migrations.Migration):
    dependencies = [("loans", "0016_lower_share_from")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
